/** Which side of a ring is its inside, as one point of the sphere whose side is known. */
import { hemisphereOf, type HemisphereCap } from "../vector/hemisphere.js";
import { add, chord, cross, dot, unit, type Vector } from "../vector/vector.js";

/** A ring that fits in a hemisphere: everything outside its cap is outside the ring. */
export interface SmallRing extends HemisphereCap {
  readonly kind: "small";
}

/**
 * A ring that does not: the polygon lies to the left of its edges, which tells whether a point away from them is inside of the ring. Inside
 * of an outer ring is what is left of it; inside of a hole what is right of it.
 */
export interface LargeRing {
  readonly kind: "large";
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly inside: boolean;
}

export type RingSide = SmallRing | LargeRing;

/** Points of which the one farthest from all edges is taken; on no meridian or parallel that people draw along. */
const CANDIDATES: readonly Vector[] = Array.from({ length: 24 }, (_, k): Vector => {
  const z = (2 * k + 1) / 24 - 1;
  const radius = Math.sqrt(1 - z * z);
  const turn = 0.7123 + 2.399963229728653 * k;
  return [radius * Math.cos(turn), radius * Math.sin(turn), z];
});

/** An area below this for each edge, steradians, is rounding: the ring runs to and fro and has no area beside it. */
const AREA_ERROR = 4e-15;

/** A pole, as far as rounding can tell. */
const POLE = 1 - 1e-15;

/**
 * The side of the ring of vertices start … stop−1, three numbers each.
 * @param isHole whether it is a hole of its polygon
 */
export function ringSide(vertices: Float64Array, start: number, stop: number, isHole = false): RingSide {
  const cap = hemisphereOf(vertices, start, stop);
  if (cap !== undefined) return { kind: "small", ...cap };
  const known = farFromEdges(vertices, start, stop);
  const [x, y, z] = known;
  const area = areaSeenFrom([-x, -y, -z], vertices, start, stop);
  const isEmpty = Math.abs(area) <= AREA_ERROR * (stop - start);
  return {
    kind: "large",
    x,
    y,
    z,
    inside: isEmpty ? !isHole && joinsPoles(vertices, start, stop) : area < 0 !== isHole,
  };
}

/**
 * The area that a ring goes around, steradians, each part as often as the ring goes around it, positive to the left: the sum of the
 * triangles of a point and each edge (Van Oosterom and Strackee 1983, IEEE Transactions on Biomedical Engineering 30:125).
 *
 * No triangle reaches the point opposite. So the ring goes around that point no times; when it does not cross itself, it
 * goes once around what is left of it and the sum is positive, or once the other way around what is right and the sum is
 * negative. In the second case the opposite point is left of it. What the ring passes to and fro counts for nothing.
 */
function areaSeenFrom(point: Vector, vertices: Float64Array, start: number, stop: number): number {
  let area = 0;
  let from = vectorAt(vertices, stop - 1);
  for (let i = start; i < stop; i++) {
    const to = vectorAt(vertices, i);
    const volume = dot(point, cross(from, to));
    area += 2 * Math.atan2(volume, 1 + (dot(point, from) + dot(point, to)) + dot(from, to));
    from = to;
  }
  return area;
}

/** The candidate whose distance from the nearest edge is largest, going by a lower bound of it. */
function farFromEdges(vertices: Float64Array, start: number, stop: number): Vector {
  const least = CANDIDATES.map(() => Infinity);
  let from = vectorAt(vertices, stop - 1);
  for (let i = start; i < stop; i++) {
    const to = vectorAt(vertices, i);
    const middle = unit(add(from, to));
    const half = chord(from, middle);
    const normal = unit(cross(from, to));
    CANDIDATES.forEach((candidate, k) => {
      const away = Math.max(
        Math.abs(dot(normal, candidate)),
        Math.sqrt(2 - 2 * Math.min(1, dot(candidate, middle))) - half,
      );
      if (!(away >= least[k]!)) least[k] = away;
    });
    from = to;
  }
  return CANDIDATES[least.indexOf(Math.max(...least))]!;
}

/**
 * What a ring without any area encloses, that fits in no hemisphere. One that passes both poles is the outline of the whole globe on a
 * flat map, whichever way it runs; any other encloses nothing, and so does a hole.
 */
function joinsPoles(vertices: Float64Array, start: number, stop: number): boolean {
  let [north, south] = [false, false];
  for (let i = start; i < stop; i++) {
    const z = vertices[3 * i + 2]!;
    if (z >= POLE) north = true;
    if (z <= -POLE) south = true;
  }
  return north && south;
}

function vectorAt(vertices: Float64Array, i: number): Vector {
  return [vertices[3 * i]!, vertices[3 * i + 1]!, vertices[3 * i + 2]!];
}
