/** Quantiles of weighted values. */
import { perCell, type FromSchema, type JsonSchema } from "@zagg/core";

const weightedParams = {
  type: "object",
  additionalProperties: false,
  required: ["q", "weights"],
  properties: {
    q: {
      type: "number",
      minimum: 0,
      maximum: 1,
      description: "Share of the weight at or below the quantile.",
    },
    weights: { type: "string", minLength: 1, description: "Column of weights, none negative." },
  },
} as const satisfies JsonSchema;

/**
 * The least value at which the weight up to it is q of all: the inverse of the weighted distribution function, as
 * NumPy's `quantile(…, weights=…, method="inverted_cdf")`. NaN if a value or weight is NaN, or a weight negative, or all are 0.
 */
export const weightedQuantile = perCell<FromSchema<typeof weightedParams>>(
  {
    name: "weighted_quantile",
    description:
      "Quantile of values by weights: the least value with that share of the weight at or below it.",
    paramsSchema: weightedParams,
    columns: ({ weights }) => [weights],
  },
  (values, { params, column }) => {
    const weights = column(params.weights);
    const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
    let total = 0;
    for (let row = 0; row < values.length; row++) {
      const weight = weights[row]!;
      if (!(weight >= 0) || Number.isNaN(values[row])) return NaN;
      total += weight;
    }
    if (total === 0) return NaN;
    let sum = 0;
    for (const row of order) {
      const weight = weights[row]!;
      sum += weight;
      if (weight > 0 && sum >= params.q * total) return values[row]!;
    }
    return values[order.at(-1)!]!;
  },
);
