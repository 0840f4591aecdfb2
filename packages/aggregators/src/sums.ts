/** Sums, products and means. */
import { columnAggregator, noParams } from "./column-aggregator.js";
import { skippingNaN } from "./kernels/skip-nan.js";
import { meanOfCells, productOfCells, sumOfCells } from "./kernels/sums.js";

/** Two sums in binary64 add up to the one-pass sum within this part of the sum of absolute values. */
const SUM_TOLERANCE = 1e-12;
const approximate = { law: "approximate", tolerance: SUM_TOLERANCE } as const;

export const sum = columnAggregator({
  name: "sum",
  description: "Sum; NaN if any value is NaN.",
  paramsSchema: noParams,
  mergeLaw: approximate,
  kernel: () => sumOfCells,
});

export const prod = columnAggregator({
  name: "prod",
  description: "Product; NaN if any value is NaN.",
  paramsSchema: noParams,
  kernel: () => productOfCells,
});

export const mean = columnAggregator({
  name: "mean",
  description: "Mean; NaN if any value is NaN.",
  paramsSchema: noParams,
  kernel: () => meanOfCells,
});

export const nansum = columnAggregator({
  name: "nansum",
  description: "Sum of the values that are not NaN; 0 if all are.",
  paramsSchema: noParams,
  mergeLaw: approximate,
  kernel: () => skippingNaN(sumOfCells, 0),
});

export const nanprod = columnAggregator({
  name: "nanprod",
  description: "Product of the values that are not NaN; 1 if all are.",
  paramsSchema: noParams,
  kernel: () => skippingNaN(productOfCells, 1),
});

export const nanmean = columnAggregator({
  name: "nanmean",
  description: "Mean of the values that are not NaN; NaN if all are.",
  paramsSchema: noParams,
  kernel: () => skippingNaN(meanOfCells),
});
