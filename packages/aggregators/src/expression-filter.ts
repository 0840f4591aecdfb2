/** The filter behind `filters: [{ expression: … }]`. */
import type { FilterPlugin } from "@zagg/core";
import { expressionMask } from "./expression/expression.js";

export const expressionFilter: FilterPlugin = {
  kind: "filter",
  apiVersion: 2,
  name: "expression",
  description: "Keeps the rows for which an expression over the columns is true.",
  bind: ({ text, columns, path }) => expressionMask(text, { columns, path }),
};
