/** How many rows a cell has. */
import type { AggregatorPlugin, CellSegments, JsonObject } from "@zagg/core";
import { noParams } from "./column-aggregator.js";
import { countRows } from "./kernels/count.js";
import { add, combining } from "./partial.js";

export const count: AggregatorPlugin<JsonObject> = {
  kind: "aggregator",
  apiVersion: 2,
  name: "count",
  aliases: ["len", "size"],
  description: "Rows of the cell, NaN or not.",
  paramsSchema: noParams,
  kinds: ["scalar"],
  needsSource: false,
  mergeLaw: { law: "exact" },
  integers: "exact",
  bind() {
    const run = ({ offsets, cells }: CellSegments, out: Float64Array): void => countRows(offsets, cells, out);
    return { inputs: [], aggregate: run, partial: combining("rows", run, add) };
  },
};
