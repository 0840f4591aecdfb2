/** Coordinates as degrees in double precision, with NaN where there is none. */
import type { Column } from "@zagg/core";
import { inTypeOf } from "./selection.js";

/**
 * Widens coordinates; one that is the fill value in the type of `values` becomes NaN, which is no place.
 * @param values **read only**; returned as they are when nothing needs to change
 * @param scratch at least as long as `values`; overwritten, and what is returned may lie in it
 */
export function coordinatesDeg(
  values: Column,
  fillValue: number | null,
  scratch: Float64Array,
): Float64Array {
  const fill = fillValue === null ? NaN : inTypeOf(values, fillValue);
  // No NaN is found, nor needs to be.
  const firstFill = values.indexOf(fill);
  if (firstFill < 0 && values instanceof Float64Array) return values;
  const degrees = scratch.subarray(0, values.length);
  degrees.set(values);
  for (let i = firstFill; i >= 0 && i < degrees.length; i++) if (degrees[i] === fill) degrees[i] = NaN;
  return degrees;
}
