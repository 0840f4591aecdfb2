/** Robust measures of spread. */
import { perCell, type FromSchema, type JsonSchema } from "@zagg/core";
import { sortedQuantile } from "./sorted-quantile.js";

const scaleParams = {
  type: "object",
  additionalProperties: false,
  properties: {
    scale: {
      type: "number",
      default: 1,
      description: "Factor; 1.4826 makes it the standard deviation of normal values.",
    },
  },
} as const satisfies JsonSchema;

/** NaN if any value is NaN. Rousseeuw & Croux 1993, J. Am. Stat. Assoc. 88:1273. */
export const mad = perCell<FromSchema<typeof scaleParams>>(
  {
    name: "mad",
    aliases: ["median_abs_deviation"],
    description: "Median absolute deviation from the median.",
    paramsSchema: scaleParams,
  },
  (values, { params }) => {
    const sorted = Float64Array.from(values).sort();
    const middle = sortedQuantile(sorted, 0.5);
    return (params.scale ?? 1) * sortedQuantile(sorted.map((value) => Math.abs(value - middle)).sort(), 0.5);
  },
);

/** NaN if any value is NaN. */
export const iqr = perCell(
  { name: "iqr", description: "Interquartile range: the 0.75 less the 0.25 quantile." },
  (values) => {
    const sorted = Float64Array.from(values).sort();
    return sortedQuantile(sorted, 0.75) - sortedQuantile(sorted, 0.25);
  },
);
