/** The mean, weighted by a column or an expression. */
import { ConfigError, type AggregatorPlugin, type FromSchema, type JsonSchema } from "@zagg/core";
import { compileExpression } from "./expression/expression.js";
import { countRows } from "./kernels/count.js";
import { meanOfCells, sumOfCells, weightedMeanOfCells, weightedSumOfCells } from "./kernels/sums.js";
import { meanOf, reducing } from "./partial.js";
import { sourceColumn } from "./source-column.js";

const averageParams = {
  type: "object",
  additionalProperties: false,
  properties: {
    weights: {
      type: "string",
      description:
        "The weight of each row: a column, or an expression such as `1.0 / s_li**2`. Without it, the mean.",
    },
  },
} as const satisfies JsonSchema;
/** Two sums in binary64 add up to the one-pass sum within this part of the sum of absolute values. */
const SUM_TOLERANCE = 1e-12;
type AverageParams = FromSchema<typeof averageParams>;

export const average: AggregatorPlugin<AverageParams> = {
  kind: "aggregator",
  apiVersion: 2,
  name: "average",
  aliases: [],
  description: "Weighted mean; NaN if any value or weight is NaN, or if the weights sum to zero.",
  paramsSchema: averageParams,
  kinds: ["scalar"],
  needsSource: true,
  mergeLaw: { law: "approximate", tolerance: SUM_TOLERANCE },
  bind(request) {
    const source = sourceColumn("average", request);
    const { weights } = request.params;
    if (weights === undefined) {
      return {
        inputs: [source],
        aggregate: reducing(source, meanOfCells),
        partial: meanOf(reducing(source, sumOfCells), ({ offsets, cells }, out) =>
          countRows(offsets, cells, out),
        ),
      };
    }
    const path = `/aggregation/variables/${request.field.name}/params/weights`;
    const weight = compileExpression(weights, { columns: request.columns, path });
    if (weight.rank !== "row") {
      throw new ConfigError("EXPRESSION_RANK", {
        path,
        what: `the weights "${weights}" are one number for each ${weight.rank}`,
        why: "every value needs a weight of its own",
        mend: "make weights from columns",
      });
    }
    return {
      inputs: [...new Set([source, ...weight.inputs])],
      aggregate(segments, out) {
        const { offsets, cells } = segments;
        weightedMeanOfCells(segments.column(source), weight.evaluateRows(segments), offsets, cells, out);
      },
      partial: meanOf(
        (segments, out) => {
          const { offsets, cells } = segments;
          weightedSumOfCells(segments.column(source), weight.evaluateRows(segments), offsets, cells, out);
        },
        (segments, out) => {
          sumOfCells(weight.evaluateRows(segments), segments.offsets, segments.cells, out);
        },
      ),
    };
  },
};
