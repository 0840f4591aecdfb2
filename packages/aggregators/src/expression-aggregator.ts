/** The aggregator behind `expression:` fields. */
import type { AggregatorPlugin, FromSchema, JsonSchema } from "@zagg/core";
import { compileExpression, notScalar } from "./expression/expression.js";

const expressionParams = {
  type: "object",
  additionalProperties: false,
  required: ["expression"],
  properties: {
    expression: { type: "string", description: "One number a cell, from columns and np functions." },
  },
} as const satisfies JsonSchema;
type ExpressionParams = FromSchema<typeof expressionParams>;

export const expression: AggregatorPlugin<ExpressionParams> = {
  kind: "aggregator",
  apiVersion: 1,
  name: "expression",
  aliases: [],
  description: "The value of an expression over the cell's rows.",
  paramsSchema: expressionParams,
  kinds: ["scalar"],
  needsSource: false,
  mergeLaw: { law: "none" },
  bind({ field, params, columns }) {
    const path = `/aggregation/variables/${field.name}/expression`;
    const compiled = compileExpression(params.expression, { columns, path });
    if (compiled.rank === "row") throw notScalar({ text: params.expression, path }, 0);
    return {
      inputs: compiled.inputs,
      aggregate: (segments, out) => compiled.evaluateCells(segments, out),
    };
  },
};
