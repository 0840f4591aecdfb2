/** Which side of a ring is its inside, as one point of the sphere whose side is known. */
import { hemisphereOf, type HemisphereCap } from "@zagg/sphere";
import type { PolygonArrays } from "./polygon-arrays.js";
import { writeEdge } from "./polygon-edges.js";

/** A ring that fits in a hemisphere: everything outside its cap is outside the ring. */
export interface SmallRing extends HemisphereCap {
  readonly kind: "small";
}

/** A ring that does not: a point just left of one of its edges is inside. */
export interface LargeRing {
  readonly kind: "large";
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export type RingSide = SmallRing | LargeRing;

/** How far left of an edge the known point of a large ring lies at most, radians. */
const LARGEST_STEP_RAD = 1e-3;

/** The side of a ring whose edges are start … stop−1 of these arrays; those of a large one are written. */
export function ringSide(arrays: PolygonArrays, start: number, stop: number): RingSide {
  const { vertices, normals, middles } = arrays;
  const cap = hemisphereOf(vertices, start, stop);
  if (cap !== undefined) return { kind: "small", ...cap };
  for (let edge = start; edge < stop; edge++) writeEdge(arrays, edge);
  return leftOfLongestEdge(vertices, normals, middles, start, stop);
}

function leftOfLongestEdge(
  vertices: Float64Array,
  normals: Float64Array,
  middles: Float64Array,
  start: number,
  stop: number,
): LargeRing {
  let edge = start;
  let longest = -1;
  for (let i = start; i < stop; i++) {
    const length = 1 - dot(vertices, i, middles, i);
    if (length > longest) {
      longest = length;
      edge = i;
    }
  }
  const step = Math.min(LARGEST_STEP_RAD, clearance(vertices, normals, middles, start, stop, edge) / 2);
  const x = middles[3 * edge]! + step * normals[3 * edge]!;
  const y = middles[3 * edge + 1]! + step * normals[3 * edge + 1]!;
  const z = middles[3 * edge + 2]! + step * normals[3 * edge + 2]!;
  const norm = Math.hypot(x, y, z);
  return { kind: "large", x: x / norm, y: y / norm, z: z / norm };
}

/** A lower bound of the distance from the middle of an edge to every other edge of the ring, radians. */
function clearance(
  vertices: Float64Array,
  normals: Float64Array,
  middles: Float64Array,
  start: number,
  stop: number,
  edge: number,
): number {
  let least = Infinity;
  for (let i = start; i < stop; i++) {
    if (i === edge) continue;
    const plane = Math.abs(dot(normals, i, middles, edge));
    const halfLength = Math.acos(Math.min(1, dot(vertices, i, middles, i)));
    const apart = Math.acos(Math.max(-1, Math.min(1, dot(middles, i, middles, edge)))) - halfLength;
    least = Math.min(least, Math.max(plane, apart));
  }
  return least;
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return a[3 * i]! * b[3 * j]! + a[3 * i + 1]! * b[3 * j + 1]! + a[3 * i + 2]! * b[3 * j + 2]!;
}
