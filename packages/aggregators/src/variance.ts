/** Variance and standard deviation, of the population unless `ddof` says otherwise. */
import type { FromSchema, JsonSchema } from "@zagg/core";
import { columnAggregator } from "./column-aggregator.js";
import { skippingNaN } from "./kernels/skip-nan.js";
import { deviationOfCells, varianceOfCells } from "./kernels/sums.js";

const varianceParams = {
  type: "object",
  additionalProperties: false,
  properties: {
    ddof: {
      type: "number",
      minimum: 0,
      default: 0,
      description: "The divisor is n - ddof: 0 for the population, 1 for a sample.",
    },
  },
} as const satisfies JsonSchema;
type VarianceParams = FromSchema<typeof varianceParams>;

export const variance = columnAggregator<VarianceParams>({
  paramsSchema: varianceParams,
  name: "var",
  description: "Variance; NaN if any value is NaN, or if there are no more values than ddof.",
  kernel: ({ ddof }) => varianceOfCells(ddof),
});

export const std = columnAggregator<VarianceParams>({
  paramsSchema: varianceParams,
  name: "std",
  description: "Standard deviation; NaN if any value is NaN, or if there are no more values than ddof.",
  kernel: ({ ddof }) => deviationOfCells(ddof),
});

export const nanvar = columnAggregator<VarianceParams>({
  paramsSchema: varianceParams,
  name: "nanvar",
  description: "Variance of the values that are not NaN; NaN if there are no more of them than ddof.",
  kernel: ({ ddof }) => skippingNaN(varianceOfCells(ddof)),
});

export const nanstd = columnAggregator<VarianceParams>({
  paramsSchema: varianceParams,
  name: "nanstd",
  description:
    "Standard deviation of the values that are not NaN; NaN if there are no more of them than ddof.",
  kernel: ({ ddof }) => skippingNaN(deviationOfCells(ddof)),
});
