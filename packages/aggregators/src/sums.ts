/** Sums, products and means. */
import { columnAggregator, noParams } from "./column-aggregator.js";
import { skippingNaN } from "./kernels/skip-nan.js";
import { add, combining, meanOf, multiply, reducing, type Reduction } from "./partial.js";
import { countRows } from "./kernels/count.js";
import type { SegmentKernel } from "./kernels/segment-kernel.js";
import { meanOfCells, productOfCells, sumOfCells } from "./kernels/sums.js";

/**
 * Two sums in binary64 add up to the one-pass sum within this part of the sum of absolute values; so do two products, where
 * neither overflows nor underflows.
 */
const SUM_TOLERANCE = 1e-12;
const approximate = { law: "approximate", tolerance: SUM_TOLERANCE } as const;

const rowsOf: Reduction = ({ offsets, cells }, out) => countRows(offsets, cells, out);
/** How many values of each cell are not NaN. */
const valuesOfCells: SegmentKernel = (values, offsets, cells, out) => {
  for (let cell = 0; cell < cells; cell++) {
    let found = 0;
    for (let row = offsets[cell]!; row < offsets[cell + 1]!; row++) {
      if (!Number.isNaN(values[row])) found++;
    }
    out[cell] = found;
  }
};

export const sum = columnAggregator({
  name: "sum",
  description: "Sum; NaN if any value is NaN.",
  paramsSchema: noParams,
  mergeLaw: approximate,
  kernel: () => sumOfCells,
  partial: (run) => combining("sum", run, add),
});

export const prod = columnAggregator({
  name: "prod",
  description: "Product; NaN if any value is NaN.",
  paramsSchema: noParams,
  mergeLaw: approximate,
  kernel: () => productOfCells,
  partial: (run) => combining("product", run, multiply),
});

export const mean = columnAggregator({
  name: "mean",
  description: "Mean; NaN if any value is NaN.",
  paramsSchema: noParams,
  mergeLaw: approximate,
  kernel: () => meanOfCells,
  partial: (_run, source) => meanOf(reducing(source, sumOfCells), rowsOf),
});

export const nansum = columnAggregator({
  name: "nansum",
  description: "Sum of the values that are not NaN; 0 if all are.",
  paramsSchema: noParams,
  mergeLaw: approximate,
  kernel: () => skippingNaN(sumOfCells, 0),
  partial: (run) => combining("sum", run, add),
});

export const nanprod = columnAggregator({
  name: "nanprod",
  description: "Product of the values that are not NaN; 1 if all are.",
  paramsSchema: noParams,
  mergeLaw: approximate,
  kernel: () => skippingNaN(productOfCells, 1),
  partial: (run) => combining("product", run, multiply),
});

export const nanmean = columnAggregator({
  name: "nanmean",
  description: "Mean of the values that are not NaN; NaN if all are.",
  paramsSchema: noParams,
  mergeLaw: approximate,
  kernel: () => skippingNaN(meanOfCells),
  partial: (_run, source) =>
    meanOf(reducing(source, skippingNaN(sumOfCells, 0)), reducing(source, valuesOfCells)),
});
