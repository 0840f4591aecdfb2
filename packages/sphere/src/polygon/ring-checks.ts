/**
 * What makes a list of vertices no ring, decided on the coordinates as they are given: so that what is read from a file is never
 * refused by a grid, whatever the latitude of its sphere.
 */
import type { Ring } from "@zagg/core";
import { vectorOf } from "../vector/unit-vectors.js";
import { add, chord } from "../vector/vector.js";

/** Ends of an edge that are nearer to opposite than this chord, 6 m on the Earth, leave its direction open. */
const OPPOSITE_CHORD = 1e-6;
/** More than that chord, so that most edges need no vectors; degrees. */
const OPPOSITE_DEG = 6e-5;
/** Places nearer than this chord, 6 nm on the Earth, are one, as far as rounding can tell. */
const SAME_CHORD = 1e-15;
/** Latitudes that differ by more are surely of two places; degrees. */
const APART_DEG = 1e-12;

/** The first vertex whose edge to the next one joins opposite points; -1 when there is none. */
export function oppositeEdge(ring: Ring): number {
  const count = ring.lonDeg.length;
  for (let i = 0; i < count; i++) if (areOpposite(ring, i, i + 1 < count ? i + 1 : 0)) return i;
  return -1;
}

/** Whether two vertices are opposite points of the globe. */
export function areOpposite({ lonDeg, latDeg }: Ring, i: number, j: number): boolean {
  if (!(Math.abs(latDeg[i]! + latDeg[j]!) < OPPOSITE_DEG)) return false;
  const sum = add(vectorOf(lonDeg[i]!, latDeg[i]!), vectorOf(lonDeg[j]!, latDeg[j]!));
  return Math.hypot(...sum) < OPPOSITE_CHORD;
}

/** Whether vertices are at three places at least: fewer enclose nothing. */
export function hasThreePlaces(ring: Ring): boolean {
  const count = ring.lonDeg.length;
  let second = 1;
  while (second < count && areOnePlace(ring, 0, second)) second++;
  for (let i = second + 1; i < count; i++) {
    if (!areOnePlace(ring, 0, i) && !areOnePlace(ring, second, i)) return true;
  }
  return false;
}

function areOnePlace({ lonDeg, latDeg }: Ring, i: number, j: number): boolean {
  if (Math.abs(latDeg[i]! - latDeg[j]!) > APART_DEG) return false;
  return chord(vectorOf(lonDeg[i]!, latDeg[i]!), vectorOf(lonDeg[j]!, latDeg[j]!)) < SAME_CHORD;
}
