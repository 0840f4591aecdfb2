/** Whether edges of two polygons have a point in common; those that only touch do. */
import { add, cross, dot, type Vector } from "../vector/vector.js";
import type { PreparedPolygon } from "./prepared-polygon.js";

/** Sine of the angle within which an end of one edge lies on the other's great circle. */
const ON_CIRCLE = 1e-14;

/** Sine of the angle within which two great circles are one as far as rounding can tell. */
const SAME_CIRCLE = 1e-12;

/** Whether edge i of a polygon meets edge j of another; both near edges of theirs. */
export function edgesMeet(a: PreparedPolygon, i: number, b: PreparedPolygon, j: number): boolean {
  const na = vectorAt(a.normals, i);
  const nb = vectorAt(b.normals, j);
  if (isOneSide(nb, a, i) || isOneSide(na, b, j)) return false;
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

/** Whether both ends of an edge lie off a great circle on the same side. */
function isOneSide(normal: Vector, { vertices, next }: PreparedPolygon, edge: number): boolean {
  const first = dot(normal, vectorAt(vertices, edge));
  const last = dot(normal, vectorAt(vertices, next[edge]!));
  return (first > ON_CIRCLE && last > ON_CIRCLE) || (first < -ON_CIRCLE && last < -ON_CIRCLE);
}

function vectorAt(vectors: Float64Array, i: number): Vector {
  return [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
}
