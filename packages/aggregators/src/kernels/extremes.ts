/** Smallest and largest value of each cell. A NaN among the values makes the result NaN, as in NumPy. */
import type { SegmentKernel } from "./segment-kernel.js";

export const minimumOfCells: SegmentKernel = (values, offsets, cells, out) => {
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const stop = offsets[cell + 1]!;
    if (stop === start) continue;
    let low = values[start]!;
    for (let row = start + 1; row < stop; row++) {
      const value = values[row]!;
      // True for a smaller value and, because it is negated, for NaN on either side.
      if (!(value >= low)) {
        low = value < low ? value : NaN;
        if (low !== low) break;
      }
    }
    out[cell] = low;
  }
};

export const maximumOfCells: SegmentKernel = (values, offsets, cells, out) => {
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const stop = offsets[cell + 1]!;
    if (stop === start) continue;
    let high = values[start]!;
    for (let row = start + 1; row < stop; row++) {
      const value = values[row]!;
      if (!(value <= high)) {
        high = value > high ? value : NaN;
        if (high !== high) break;
      }
    }
    out[cell] = high;
  }
};

/** Largest less smallest, rounded once from binary64. */
export const rangeOfCells: SegmentKernel = (values, offsets, cells, out) => {
  const low = new Float64Array(cells);
  minimumOfCells(values, offsets, cells, low);
  maximumOfCells(values, offsets, cells, out);
  for (let cell = 0; cell < cells; cell++) {
    if (offsets[cell + 1] !== offsets[cell]) out[cell] = out[cell]! - low[cell]!;
  }
};
