/** Whether edges of two polygons have a point in common; those that only touch do. */
import { add, cross, dot, type Vector } from "../vector/vector.js";
import type { PreparedPolygon } from "./prepared-polygon.js";

/** Sine of the angle within which an end of one edge lies on the other's great circle. */
const ON_CIRCLE = 1e-14;

/** Sine of the angle within which two great circles are one as far as rounding can tell. */
const SAME_CIRCLE = 1e-12;

/** Whether edge i of a polygon meets edge j of another; both near edges of theirs. */
export function edgesMeet(a: PreparedPolygon, i: number, b: PreparedPolygon, j: number): boolean {
  if (isOneSide(b.normals, j, a, i) || isOneSide(a.normals, i, b, j)) return false;
  const na = vectorAt(a.normals, i);
  const nb = vectorAt(b.normals, j);
  const ma = vectorAt(a.middles, i);
  const mb = vectorAt(b.middles, j);
  const place = cross(na, nb);
  if (Math.hypot(...place) < SAME_CIRCLE) {
    const half = (chord: number): number => Math.asin(Math.min(1, chord / 2));
    const reach = 2 * (half(a.halfChords[i]!) + half(b.halfChords[j]!));
    return 2 * half(Math.hypot(...add(ma, mb, -1))) <= reach + SAME_CIRCLE;
  }
  // Each edge holds one of the two places where the circles cross: do they hold the same one?
  return dot(place, ma) > 0 === dot(place, mb) > 0;
}

/** Whether both ends of an edge lie off the great circle of a normal on the same side. */
function isOneSide(
  normals: Float64Array,
  normal: number,
  { vertices, next }: PreparedPolygon,
  edge: number,
): boolean {
  const first = product(normals, normal, vertices, edge);
  const last = product(normals, normal, vertices, next[edge]!);
  return (first > ON_CIRCLE && last > ON_CIRCLE) || (first < -ON_CIRCLE && last < -ON_CIRCLE);
}

function product(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return a[3 * i]! * b[3 * j]! + a[3 * i + 1]! * b[3 * j + 1]! + a[3 * i + 2]! * b[3 * j + 2]!;
}

function vectorAt(vectors: Float64Array, i: number): Vector {
  return [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
}
