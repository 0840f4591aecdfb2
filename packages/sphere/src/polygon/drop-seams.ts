/**
 * Rings without what they walk to and fro: seams along which flat maps cut them. Such a walk encloses nothing and bounds nothing, once it
 * is known which side of the ring is its inside.
 */
import { add, cross, dot, type Vector } from "../vector/vector.js";
import type { PolygonArrays } from "./polygon-arrays.js";

/** The way back is nowhere farther from the way out, radians; 0.6 µm on the Earth. */
const APART = 1e-13;

/**
 * Leaves out the vertices at which a ring turns back on its own great circle, until there are none. The two sides of a seam may have
 * vertices of their own.
 * @returns the new end of the vertices from `start` on: fewer than three when there was nothing but a seam
 */
export function dropSeams(arrays: PolygonArrays, start: number, stop: number): number {
  const { vertices, lonDeg, latDeg } = arrays;
  const kept: number[] = [];
  const turnsBack = (before: number, at: number, after: number): boolean =>
    isTurn(vectorAt(vertices, before), vectorAt(vertices, at), vectorAt(vertices, after));
  for (let i = start; i < stop; i++) {
    while (kept.length > 1 && turnsBack(kept.at(-2)!, kept.at(-1)!, i)) kept.pop();
    kept.push(i);
  }
  // Across the end of the list, which is its beginning.
  let from = 0;
  while (kept.length - from > 2) {
    if (turnsBack(kept.at(-2)!, kept.at(-1)!, kept[from]!)) kept.pop();
    else if (turnsBack(kept.at(-1)!, kept[from]!, kept[from + 1]!)) from++;
    else break;
  }
  const left = kept.length - from;
  if (left < 3) return start;
  for (let k = 0; k < left; k++) {
    const i = kept[from + k]!;
    lonDeg[start + k] = lonDeg[i]!;
    latDeg[start + k] = latDeg[i]!;
    vertices.copyWithin(3 * (start + k), 3 * i, 3 * i + 3);
  }
  return start + left;
}

/** Whether the way from a place to another and on to a third comes back over itself. Places that follow one another may be one. */
function isTurn(before: Vector, at: Vector, after: Vector): boolean {
  // Differences are exact where places lie close together.
  const [back, on] = [add(before, at, -1), add(after, at, -1)];
  const [near, far] = Math.hypot(...back) < Math.hypot(...on) ? [back, on] : [on, back];
  const across = cross(at, far);
  const length = Math.hypot(...across);
  if (length < APART) return true;
  // Of the ways that leave the place, not of the straight lines through the sphere.
  const along = dot(far, near) - dot(far, at) * dot(near, at);
  return Math.abs(dot(across, near)) <= APART * length && along >= -APART * length;
}

function vectorAt(vectors: Float64Array, i: number): Vector {
  return [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
}
