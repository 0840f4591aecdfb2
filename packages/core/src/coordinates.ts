/** Coordinates as degrees in double precision, with NaN where there is none. */
import type { Column } from "./dtype.js";
import { decodingOf, type DecodingPolicy } from "./encoding/decoding.js";
import type { DatasetInfo } from "./reader.js";

/** Degrees of stored coordinates, see {@link coordinatesDeg}. */
export type Degrees = (stored: Column, scratch?: Float64Array) => Float64Array;

/** How the coordinates of a dataset are decoded: a missing one becomes NaN, whatever becomes of missing values elsewhere. @throws as {@link decodingOf} */
export function degreesOf(path: string, info: DatasetInfo, policy: DecodingPolicy): Degrees {
  const isStored = policy.decode === "raw" || info.encoding === undefined;
  if (isStored) return (stored, scratch) => coordinatesDeg(stored, info.fillValue, scratch);
  const { masked } = decodingOf(path, info, policy);
  return (stored, scratch) => coordinatesDeg(masked(stored), null, scratch);
}

/**
 * Widens coordinates; one that is the fill value in the type of `values` becomes NaN, which is no place.
 * @param values **read only**; returned as they are when nothing needs to change
 * @param scratch at least as long as `values`; overwritten, and what is returned may lie in it; a new one when left out
 */
export function coordinatesDeg(
  values: Column,
  fillValue: number | null,
  scratch?: Float64Array,
): Float64Array {
  const fill = values instanceof Float32Array ? Math.fround(fillValue ?? NaN) : (fillValue ?? NaN);
  // No NaN is found, nor needs to be.
  const firstFill = Number.isNaN(fill) ? -1 : values.indexOf(fill);
  if (firstFill < 0 && values instanceof Float64Array) return values;
  const degrees = scratch?.subarray(0, values.length) ?? new Float64Array(values.length);
  degrees.set(values);
  for (let i = firstFill; i >= 0 && i < degrees.length; i++) if (degrees[i] === fill) degrees[i] = NaN;
  return degrees;
}

/** How many points have a coordinate that is not finite (NaN for a fill value), or a latitude outside [−90, 90]. */
export function countInvalid(lonDeg: Float64Array, latDeg: Float64Array): number {
  let invalid = 0;
  for (let i = 0; i < lonDeg.length; i++) {
    const lon = lonDeg[i]!;
    const lat = latDeg[i]!;
    if (!(lat >= -90 && lat <= 90 && lon - lon === 0)) invalid++;
  }
  return invalid;
}
