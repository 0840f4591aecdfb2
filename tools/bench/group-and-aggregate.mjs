// The engine's own stages on one column: counting sort, permutation, and the built-in kernels.
import { builtins } from "@zagg/aggregators";
import { createRegistry } from "@zagg/core";
import { groupByPosition, permuteRows } from "@zagg/runner";

const registry = createRegistry(builtins);
const field = {
  name: "f",
  kind: "scalar",
  resolution: "cell",
  dtype: "float64",
  declaredDtype: "float64",
  fillValue: NaN,
};
const bind = (name, params = {}) =>
  registry.aggregator(name).bind({ field, source: "h", params, columns: ["h"], chunkValues: [] });
const fields = [bind("count"), bind("min"), bind("max"), bind("mean"), bind("var", { ddof: 0 })];
fields.push(...[0.25, 0.5, 0.75].map((q) => bind("quantile", { q })));

/** @param {Int32Array} positions cell of each row; **overwritten** @returns one Float64Array per field */
export function aggregateOurs(positions, h, cells) {
  const rows = positions.length;
  const offsets = new Int32Array(cells + 1);
  groupByPosition(positions, rows, offsets);
  const sorted = new Float32Array(rows);
  permuteRows(h, positions, rows, sorted);
  let scratch;
  const segments = {
    cells,
    rows,
    offsets,
    column: () => sorted,
    scratch: () => (scratch ??= sorted.slice()),
  };
  return fields.map((bound) => {
    const out = new Float64Array(cells);
    bound.aggregate(segments, out);
    return out;
  });
}
