/**
 * Linear quantiles and medians of each cell. The rule is NumPy's, rounding included: Hyndman & Fan 1996, Am. Stat. 50:361,
 * definition 7; float32 values interpolate in float32. A NaN among the values gives NaN. Beside an infinity the quantile
 * is NaN or infinite as in NumPy (it interpolates even where the fraction is 0), except for q of 0 and 1, which are the
 * extremes; the median of an odd count is the middle value itself.
 */
import { dealSpace, placePair } from "./order-statistics.js";
import type { PermutingKernel } from "./segment-kernel.js";

/** The q-quantile of each cell, 0 ≤ q ≤ 1. */
export function quantileOfCells(q: number): PermutingKernel {
  return (values, offsets, cells, out) => {
    const single = values instanceof Float32Array;
    const space = dealSpace();
    for (let cell = 0; cell < cells; cell++) {
      const start = offsets[cell]!;
      const last = offsets[cell + 1]! - 1;
      if (last < start) continue;
      const position = (last - start) * q;
      const floor = Math.floor(position);
      const k = start + floor;
      if (!placePair(values, start, last, k, space)) {
        out[cell] = NaN;
        continue;
      }
      const a = values[k]!;
      const b = k === last ? a : values[k + 1]!;
      if (q === 0 || q === 1) out[cell] = a;
      else out[cell] = single ? lerpSingle(a, b, position - floor) : lerp(a, b, position - floor);
    }
  };
}

/** The middle value of each cell, or the mean of the two middle ones. */
export const medianOfCells: PermutingKernel = (values, offsets, cells, out) => {
  const single = values instanceof Float32Array;
  const space = dealSpace();
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const last = offsets[cell + 1]! - 1;
    if (last < start) continue;
    const k = start + ((last - start) >> 1);
    if (!placePair(values, start, last, k, space)) {
      out[cell] = NaN;
      continue;
    }
    const a = values[k]!;
    if (((last - start) & 1) === 0) out[cell] = a;
    else {
      const mean = (a + values[k + 1]!) / 2;
      out[cell] = single ? Math.fround(mean) : mean;
    }
  }
};

function lerp(a: number, b: number, t: number): number {
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

function lerpSingle(a: number, b: number, t: number): number {
  const difference = Math.fround(b - a);
  return t < 0.5
    ? Math.fround(a + Math.fround(difference * Math.fround(t)))
    : Math.fround(b - Math.fround(difference * Math.fround(1 - t)));
}
