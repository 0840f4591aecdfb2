/** Partial results of reductions that combine, block of rows by block of rows. */
import { cellPartial, type CellSegments, type PartialDense } from "@zagg/core";
import type { SegmentKernel } from "./kernels/segment-kernel.js";

/** Writes one number for each cell that has rows. */
export type Reduction = (segments: CellSegments, out: Float64Array) => void;
type Combine = (a: number, b: number) => number;

/**
 * A reduction whose result over two blocks is a function of its results over each.
 * @param name of the number in an encoded state
 * @param combine of the earlier and the later rows
 */
export function combining(name: string, reduce: Reduction, combine: Combine): PartialDense {
  return cellPartial({
    numbers: { [name]: 1 },
    reduce: (segments, into) => reduce(segments, into[name]!),
    join(numbers, to, later, from) {
      const values = numbers[name]!;
      values[to] = combine(values[to]!, later[name]![from]!);
    },
    finish(numbers, cell, out) {
      out[cell] = numbers[name]![cell]!;
    },
  });
}

/** A kernel on its column. */
export const reducing =
  (source: string, kernel: SegmentKernel): Reduction =>
  ({ column, offsets, cells }, out) =>
    kernel(column(source), offsets, cells, out);

/** A mean, from sums and how many values they are of, or their weights. NaN where these are 0. */
export function meanOf(sums: Reduction, weights: Reduction): PartialDense {
  return cellPartial({
    numbers: { sum: 1, weight: 1 },
    reduce(segments, { sum, weight }) {
      sums(segments, sum);
      weights(segments, weight);
    },
    join({ sum, weight }, to, later, from) {
      sum[to]! += later.sum[from]!;
      weight[to]! += later.weight[from]!;
    },
    finish({ sum, weight }, cell, out) {
      out[cell] = weight[cell] === 0 ? NaN : sum[cell]! / weight[cell]!;
    },
  });
}

export const add = (a: number, b: number): number => a + b;
export const multiply = (a: number, b: number): number => a * b;
