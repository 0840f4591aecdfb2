/** Sums, means, products and variances of each cell, in binary64 and a fixed order. NaN and infinities propagate. */
import type { Column } from "@zagg/core";
import { pairwise, plainBlock, productsBlock, squaresBlock } from "./pairwise.js";
import type { SegmentKernel } from "./segment-kernel.js";

export const sumOfCells: SegmentKernel = (values, offsets, cells, out) => {
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const count = offsets[cell + 1]! - start;
    if (count > 0) out[cell] = pairwise(plainBlock, values, values, 0, start, count);
  }
};

export const meanOfCells: SegmentKernel = (values, offsets, cells, out) => {
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const count = offsets[cell + 1]! - start;
    if (count > 0) out[cell] = pairwise(plainBlock, values, values, 0, start, count) / count;
  }
};

/** Products, multiplied in row order. */
export const productOfCells: SegmentKernel = (values, offsets, cells, out) => {
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const stop = offsets[cell + 1]!;
    if (stop === start) continue;
    let product = 1;
    for (let row = start; row < stop; row++) product *= values[row]!;
    out[cell] = product;
  }
};

/**
 * Variance by two passes: the mean, then the sum of squared deviations over n − ddof.
 * NaN where a cell has no more than `ddof` rows.
 */
export function varianceOfCells(ddof: number): SegmentKernel {
  return (values, offsets, cells, out) => {
    for (let cell = 0; cell < cells; cell++) {
      const start = offsets[cell]!;
      const count = offsets[cell + 1]! - start;
      if (count === 0) continue;
      const mean = pairwise(plainBlock, values, values, 0, start, count) / count;
      const squares = pairwise(squaresBlock, values, values, mean, start, count);
      out[cell] = count > ddof ? squares / (count - ddof) : NaN;
    }
  };
}

/** Square root of {@link varianceOfCells}. */
export function deviationOfCells(ddof: number): SegmentKernel {
  const variance = varianceOfCells(ddof);
  return (values, offsets, cells, out) => {
    variance(values, offsets, cells, out);
    for (let cell = 0; cell < cells; cell++) {
      if (offsets[cell + 1] !== offsets[cell]) out[cell] = Math.sqrt(out[cell]!);
    }
  };
}

/**
 * Sums of value · weight.
 * @param weights length rows
 */
export function weightedSumOfCells(
  values: Column,
  weights: Column,
  offsets: Int32Array,
  cells: number,
  out: Float64Array,
): void {
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const count = offsets[cell + 1]! - start;
    if (count > 0) out[cell] = pairwise(productsBlock, values, weights, 0, start, count);
  }
}

/**
 * Weighted means: sum of value · weight over sum of weight; NaN where the weights sum to zero.
 * @param weights length rows
 */
export function weightedMeanOfCells(
  values: Column,
  weights: Column,
  offsets: Int32Array,
  cells: number,
  out: Float64Array,
): void {
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const count = offsets[cell + 1]! - start;
    if (count === 0) continue;
    const total = pairwise(plainBlock, weights, weights, 0, start, count);
    const product = pairwise(productsBlock, values, weights, 0, start, count);
    out[cell] = total === 0 ? NaN : product / total;
  }
}
