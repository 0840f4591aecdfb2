/** How far a point is from the edges of a polygon, as far as some reach: edges in boxes of space. */
import { angleBetween, cross, dot, mix, type Vector } from "./sphere.js";

export interface EdgeDistance {
  /** The distance to the nearest edge in radians; a number greater than the reach when none is within it. */
  from(p: Vector): number;
}

/** @param reach up to where distances are told, radians */
export function edgeDistance(rings: readonly (readonly Vector[])[], reach: number): EdgeDistance {
  const edges = rings.flatMap((ring) => ring.map((a, i) => [a, ring[(i + 1) % ring.length]!] as const));
  const piece = Math.max(reach, 0.002);
  const box = reach + piece;
  const key = (x: number, y: number, z: number): number => (x * 16384 + y) * 16384 + z;
  const boxOf = (v: Vector): [number, number, number] => [
    Math.floor((v[0] + 1) / box) + 2,
    Math.floor((v[1] + 1) / box) + 2,
    Math.floor((v[2] + 1) / box) + 2,
  ];
  const boxes = new Map<number, number[]>();
  edges.forEach(([a, b], edge) => {
    const steps = Math.ceil(angleBetween(a, b) / piece) || 1;
    for (let k = 0; k < steps; k++) {
      const t = (k + 0.5) / steps;
      const at = key(...boxOf(pointAlong(a, b, t)));
      const held = boxes.get(at);
      if (held === undefined) boxes.set(at, [edge]);
      else if (held.at(-1) !== edge) held.push(edge);
    }
  });
  return {
    from: (p) => {
      const [x, y, z] = boxOf(p);
      let least = Infinity;
      for (let k = 0; k < 27; k++) {
        const near = boxes.get(
          key(x + (k % 3) - 1, y + (Math.floor(k / 3) % 3) - 1, z + Math.floor(k / 9) - 1),
        );
        for (const edge of near ?? []) least = Math.min(least, distanceToEdge(...edges[edge]!, p));
      }
      return least;
    },
  };
}

/** A point of an edge shorter than half a turn; equal parts of its angle. */
function pointAlong(a: Vector, b: Vector, t: number): Vector {
  const angle = angleBetween(a, b);
  return angle < 1e-9 ? a : mix([Math.sin((1 - t) * angle), a], [Math.sin(t * angle), b]);
}

function distanceToEdge(a: Vector, b: Vector, p: Vector): number {
  const n = cross(a, b);
  const norm = Math.hypot(...n);
  const ends = Math.min(angleBetween(a, p), angleBetween(b, p));
  if (norm < 1e-15) return ends;
  const between = dot(cross(n, a), p) >= 0 && dot(cross(n, b), p) <= 0;
  return between ? Math.asin(Math.min(1, Math.abs(dot(n, p)) / norm)) : ends;
}
