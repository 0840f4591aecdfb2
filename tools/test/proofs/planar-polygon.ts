/**
 * Inner points of a polygon that fits in a hemisphere: a gnomonic projection turns its edges into straight lines, and a
 * line across the plane enters and leaves it in turns.
 */
import type { Polygon } from "@zagg/core";
import { dot, frameAround, mix, ringVectors, type Sphere, type Vector } from "./sphere.js";

/** Beyond this cosine from the middle the plane is too far out to compute in. */
const LEAST_COSINE = 0.02;

/** Parts of inner points that are drawn near an edge, where coverage is decided. */
const NEAR_EDGE = 0.4;

export interface PlanarPolygon {
  /** Whether an odd number of the rings goes around a point. */
  holds(p: Vector): boolean;
  /** A random inner point: of a random line across the polygon, many of them near an edge. */
  draw(next: () => number): Vector;
}

/** @throws Error for a polygon that comes near to the rim of the hemisphere around its middle */
export function planarPolygon(polygon: Polygon, sphere: Sphere): PlanarPolygon {
  const rings = polygon.map((ring) => ringVectors(ring, sphere));
  const centre = middleOf(rings[0]!);
  const [east, north] = frameAround(centre);
  const edges = rings.flatMap((ring) => {
    const flat = ring.map((v): readonly [number, number] => {
      const depth = dot(v, centre);
      if (depth < LEAST_COSINE) throw new Error("a polygon for the plane has to fit in a hemisphere");
      return [dot(v, east) / depth, dot(v, north) / depth];
    });
    return flat.map((a, i) => [...a, ...flat[(i + 1) % flat.length]!] as const);
  });
  const low = Math.min(...edges.map(([, y]) => y));
  const high = Math.max(...edges.map(([, y]) => y));
  const slabs = Math.max(1, Math.min(8192, 2 * edges.length));
  const slabOf = (y: number): number =>
    Math.max(0, Math.min(slabs - 1, Math.floor((slabs * (y - low)) / (high - low))));
  const members: number[][] = Array.from({ length: slabs }, () => []);
  edges.forEach(([, y0, , y1], edge) => {
    for (let slab = slabOf(Math.min(y0, y1)); slab <= slabOf(Math.max(y0, y1)); slab++)
      members[slab]?.push(edge);
  });

  /** Where the line at a height meets the edges, in order. */
  function crossings(y: number): number[] {
    const found: number[] = [];
    for (const edge of members[slabOf(y)]!) {
      const [x0, y0, x1, y1] = edges[edge]!;
      if (y0 > y !== y1 > y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
    return found.sort((a, b) => a - b);
  }

  return {
    holds: (p) => {
      const depth = dot(p, centre);
      if (depth <= 0) return false;
      const y = dot(p, north) / depth;
      if (y < low || y > high) return false;
      const x = dot(p, east) / depth;
      return crossings(y).filter((at) => at > x).length % 2 === 1;
    },
    draw: (next) => {
      for (;;) {
        const y = low + next() * (high - low);
        const at = crossings(y);
        if (at.length < 2) continue;
        const pair = 2 * Math.floor((next() * at.length) / 2);
        const [from, to] = [at[pair]!, at[pair + 1]!];
        let part = next();
        if (next() < NEAR_EDGE) part = 10 ** (-9 * part);
        if (next() < 0.5) part = 1 - part;
        return mix([1, centre], [from + part * (to - from), east], [y, north]);
      }
    },
  };
}

/** The middle of the box around a ring in space: nearer to the middle of the area than that of the vertices. */
function middleOf(ring: readonly Vector[]): Vector {
  const box = [0, 1, 2].map((i) => {
    const values = ring.map((v) => v[i]!);
    return (Math.min(...values) + Math.max(...values)) / 2;
  });
  return mix([1, box as unknown as Vector]);
}
