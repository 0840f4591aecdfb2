/** Smallest, largest and their difference. */
import { columnAggregator, noParams } from "./column-aggregator.js";
import { maximumOfCells, minimumOfCells, rangeOfCells } from "./kernels/extremes.js";
import { skippingNaN } from "./kernels/skip-nan.js";

const exact = { law: "exact" } as const;

export const min = columnAggregator({
  name: "min",
  aliases: ["amin"],
  description: "Smallest value; NaN if any is NaN.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => minimumOfCells,
});

export const max = columnAggregator({
  name: "max",
  aliases: ["amax"],
  description: "Largest value; NaN if any is NaN.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => maximumOfCells,
});

export const ptp = columnAggregator({
  name: "ptp",
  description: "Largest less smallest value; NaN if any is NaN.",
  paramsSchema: noParams,
  kernel: () => rangeOfCells,
});

export const nanmin = columnAggregator({
  name: "nanmin",
  description: "Smallest value that is not NaN; NaN if all are.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => skippingNaN(minimumOfCells),
});

export const nanmax = columnAggregator({
  name: "nanmax",
  description: "Largest value that is not NaN; NaN if all are.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => skippingNaN(maximumOfCells),
});
