/** Bound fields for tests, by the name a config would use. */
import {
  createRegistry,
  type BoundDense,
  type CellSegments,
  type JsonObject,
  type OutputField,
} from "@zagg/core";
import { builtins } from "../src/index.js";

const registry = createRegistry(builtins);

export const scalarField: OutputField = {
  name: "field",
  kind: "scalar",
  resolution: "cell",
  dtype: "float64",
  declaredDtype: "float64",
  fillValue: "NaN",
  trailingShape: [],
  innerShape: [],
  attributes: {},
};

/** Binds an aggregator; `ddof` is defaulted as the engine would. */
export function bind(name: string, params: JsonObject = {}, columns: readonly string[] = ["v"]): BoundDense {
  const aggregator = registry.aggregator(name);
  const defaulted = "ddof" in (aggregator.paramsSchema.properties ?? {}) ? { ddof: 0, ...params } : params;
  return aggregator.bind({
    field: scalarField,
    source: columns[0],
    params: defaulted,
    columns,
    chunkValues: [],
  }) as BoundDense;
}

/** What an aggregator makes of segments; −999 where it wrote nothing. */
export function aggregate(
  name: string,
  segments: CellSegments,
  params?: JsonObject,
  columns?: readonly string[],
) {
  const out = new Float64Array(segments.cells).fill(-999);
  bind(name, params, columns).aggregate(segments, out);
  return out;
}
