/** How many rows a cell has. */
import type { AggregatorPlugin, JsonObject } from "@zagg/core";
import { noParams } from "./column-aggregator.js";
import { countRows } from "./kernels/count.js";

export const count: AggregatorPlugin<JsonObject> = {
  kind: "aggregator",
  apiVersion: 1,
  name: "count",
  aliases: ["len", "size"],
  description: "Rows of the cell, NaN or not.",
  paramsSchema: noParams,
  kinds: ["scalar"],
  needsSource: false,
  mergeLaw: { law: "exact" },
  bind: () => ({
    inputs: [],
    aggregate: ({ offsets, cells }, out) => countRows(offsets, cells, out),
  }),
};
