/**
 * Linear quantiles and medians of each cell, by selection. The rule is NumPy's, rounding included: Hyndman & Fan 1996,
 * Am. Stat. 50:361, definition 7; float32 values interpolate in float32. A NaN among the values gives NaN. Beside an
 * infinity the quantile is NaN or infinite as in NumPy (it interpolates even where the fraction is 0), except for q of
 * 0 and 1, which are the extremes; the median of an odd count is the middle value itself.
 */
import type { PermutingKernel } from "./segment-kernel.js";
import { select } from "./select.js";

/** The q-quantile of each cell, 0 ≤ q ≤ 1. */
export function quantileOfCells(q: number): PermutingKernel {
  return (values, offsets, cells, out) => {
    const single = values instanceof Float32Array;
    for (let cell = 0; cell < cells; cell++) {
      const start = offsets[cell] as number;
      const last = (offsets[cell + 1] as number) - 1;
      if (last < start) continue;
      if (holdsNaN(values, start, last)) {
        out[cell] = NaN;
        continue;
      }
      const position = (last - start) * q;
      const floor = Math.min(Math.floor(position), last - start);
      const k = start + floor;
      select(values, start, last, k);
      const a = values[k] as number;
      if (q === 0 || q === 1) {
        out[cell] = a;
        continue;
      }
      const b = k === last ? a : smallestAfter(values, k, last);
      out[cell] = single ? lerpSingle(a, b, position - floor) : lerp(a, b, position - floor);
    }
  };
}

/** The middle value of each cell, or the mean of the two middle ones. */
export const medianOfCells: PermutingKernel = (values, offsets, cells, out) => {
  const single = values instanceof Float32Array;
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell] as number;
    const last = (offsets[cell + 1] as number) - 1;
    if (last < start) continue;
    if (holdsNaN(values, start, last)) {
      out[cell] = NaN;
      continue;
    }
    const k = (start + last) >>> 1;
    select(values, start, last, k);
    const a = values[k] as number;
    if (((last - start) & 1) === 0) out[cell] = a;
    else {
      const b = smallestAfter(values, k, last);
      out[cell] = single ? Math.fround((a + b) / 2) : (a + b) / 2;
    }
  }
};

function holdsNaN(values: Float32Array | Float64Array, start: number, last: number): boolean {
  for (let row = start; row <= last; row++) {
    const value = values[row] as number;
    if (value !== value) return true;
  }
  return false;
}

function smallestAfter(values: Float32Array | Float64Array, k: number, last: number): number {
  let low = values[k + 1] as number;
  for (let row = k + 2; row <= last; row++) {
    const value = values[row] as number;
    if (value < low) low = value;
  }
  return low;
}

function lerp(a: number, b: number, t: number): number {
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

function lerpSingle(a: number, b: number, t: number): number {
  const difference = Math.fround(b - a);
  return t < 0.5
    ? Math.fround(a + Math.fround(difference * Math.fround(t)))
    : Math.fround(b - Math.fround(difference * Math.fround(1 - t)));
}
