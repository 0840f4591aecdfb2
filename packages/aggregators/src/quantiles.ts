/** Medians, quantiles and percentiles. */
import type { FromSchema, JsonSchema } from "@zagg/core";
import { noParams, rankAggregator } from "./column-aggregator.js";
import { medianOfCells, quantileOfCells } from "./kernels/quantile.js";
import { skippingNaN } from "./kernels/skip-nan.js";

const quantileParams = {
  type: "object",
  additionalProperties: false,
  required: ["q"],
  properties: { q: { type: "number", minimum: 0, maximum: 1, description: "The quantile, 0 to 1." } },
} as const satisfies JsonSchema;
type QuantileParams = FromSchema<typeof quantileParams>;

const percentileParams = {
  type: "object",
  additionalProperties: false,
  required: ["q"],
  properties: { q: { type: "number", minimum: 0, maximum: 100, description: "The percentile, 0 to 100." } },
} as const satisfies JsonSchema;
type PercentileParams = FromSchema<typeof percentileParams>;

export const median = rankAggregator({
  name: "median",
  description: "Median; NaN if any value is NaN.",
  paramsSchema: noParams,
  kernel: () => medianOfCells,
});

export const quantile = rankAggregator<QuantileParams>({
  name: "quantile",
  description: "Linear quantile; NaN if any value is NaN.",
  paramsSchema: quantileParams,
  kernel: ({ q }) => quantileOfCells(q),
});

export const percentile = rankAggregator<PercentileParams>({
  name: "percentile",
  description: "Linear percentile; NaN if any value is NaN.",
  paramsSchema: percentileParams,
  kernel: ({ q }) => quantileOfCells(q / 100),
});

export const nanmedian = rankAggregator({
  name: "nanmedian",
  description: "Median of the values that are not NaN; NaN if all are.",
  paramsSchema: noParams,
  kernel: () => skippingNaN(medianOfCells),
});

export const nanquantile = rankAggregator<QuantileParams>({
  name: "nanquantile",
  description: "Linear quantile of the values that are not NaN; NaN if all are.",
  paramsSchema: quantileParams,
  kernel: ({ q }) => skippingNaN(quantileOfCells(q)),
});

export const nanpercentile = rankAggregator<PercentileParams>({
  name: "nanpercentile",
  description: "Linear percentile of the values that are not NaN; NaN if all are.",
  paramsSchema: percentileParams,
  kernel: ({ q }) => skippingNaN(quantileOfCells(q / 100)),
});
