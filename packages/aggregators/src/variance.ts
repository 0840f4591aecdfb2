/** Variance and standard deviation, of the population unless `ddof` says otherwise. */
import type { FromSchema, JsonSchema } from "@zagg/core";
import { columnAggregator } from "./column-aggregator.js";
import { momentsOf } from "./moments.js";
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

/** Moments in binary64 join to the one-pass variance within this part of the sum of squares. */
const MOMENT_TOLERANCE = 1e-12;
const mergeLaw = { law: "approximate", tolerance: MOMENT_TOLERANCE } as const;

const over = (squares: number, divisor: number): number => (divisor > 0 ? squares / divisor : NaN);
const variancesOf =
  (skipsNaN: boolean) =>
  (_run: unknown, source: string, { ddof }: VarianceParams) =>
    momentsOf(source, skipsNaN, (squares, count) => over(squares, count - ddof));
const deviationsOf =
  (skipsNaN: boolean) =>
  (_run: unknown, source: string, { ddof }: VarianceParams) =>
    momentsOf(source, skipsNaN, (squares, count) => Math.sqrt(over(squares, count - ddof)));

export const variance = columnAggregator<VarianceParams>({
  paramsSchema: varianceParams,
  name: "var",
  description: "Variance; NaN if any value is NaN, or if there are no more values than ddof.",
  mergeLaw,
  kernel: ({ ddof }) => varianceOfCells(ddof),
  partial: variancesOf(false),
});

export const std = columnAggregator<VarianceParams>({
  paramsSchema: varianceParams,
  name: "std",
  description: "Standard deviation; NaN if any value is NaN, or if there are no more values than ddof.",
  mergeLaw,
  kernel: ({ ddof }) => deviationOfCells(ddof),
  partial: deviationsOf(false),
});

export const nanvar = columnAggregator<VarianceParams>({
  paramsSchema: varianceParams,
  name: "nanvar",
  description: "Variance of the values that are not NaN; NaN if there are no more of them than ddof.",
  mergeLaw,
  kernel: ({ ddof }) => skippingNaN(varianceOfCells(ddof)),
  partial: variancesOf(true),
});

export const nanstd = columnAggregator<VarianceParams>({
  paramsSchema: varianceParams,
  name: "nanstd",
  description:
    "Standard deviation of the values that are not NaN; NaN if there are no more of them than ddof.",
  mergeLaw,
  kernel: ({ ddof }) => skippingNaN(deviationOfCells(ddof)),
  partial: deviationsOf(true),
});
