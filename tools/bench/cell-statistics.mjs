// The statistics of the atl06 configuration, expressions included: all cells at once, beside one cell after another.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtins } from "@zagg/aggregators";
import { createRegistry } from "@zagg/core";
import { groupByPosition, permuteRows } from "@zagg/runner";
import { ratios, seconds, takeTurns } from "./rounds.mjs";
import { generator, heights } from "./samples.mjs";

const POINTS_A_CELL = 76;
/** Cells that a Python process is given: it needs tenths of a millisecond each. */
const PYTHON_CELLS = 2_000;
const SIGMA = "1.0 / np.sqrt(np.sum(1.0 / s_li**2))";

const registry = createRegistry(builtins);
const field = {
  name: "f",
  kind: "scalar",
  resolution: "cell",
  dtype: "float32",
  declaredDtype: "float32",
  fillValue: NaN,
  trailingShape: [],
  innerShape: [],
  attributes: {},
};
const bind = (name, params = {}) =>
  registry.aggregator(name).bind({
    field,
    source: name === "expression" ? undefined : "h_li",
    params,
    columns: ["h_li", "s_li"],
    chunkValues: [],
  });
const fields = [
  bind("len"),
  bind("min"),
  bind("max"),
  bind("average", { weights: "1.0 / s_li**2" }),
  bind("expression", { expression: SIGMA }),
  bind("var", { ddof: 0 }),
  ...[0.25, 0.5, 0.75].map((q) => bind("quantile", { q })),
];

export async function benchCellStatistics({ points, rounds, folder, python }) {
  console.log(`the nine statistics of atl06, ${POINTS_A_CELL} points per cell`);
  const cells = Math.max(PYTHON_CELLS, Math.floor(points / POINTS_A_CELL));
  const rows = cells * POINTS_A_CELL;
  const { cell, h } = heights(rows, cells, 5);
  const next = generator(6);
  const s = Float32Array.from({ length: rows }, () => 0.02 + 0.2 * next());
  const contenders = {
    ours: () => seconds(() => aggregateOurs(cell.slice(), h, s, cells)),
    "cell by cell": () => seconds(() => aggregateCellByCell(cell, h, s)),
  };
  const scale = {};
  if (python.modules.length > 0) {
    const share = PYTHON_CELLS / cells;
    const few = heights(PYTHON_CELLS * POINTS_A_CELL, PYTHON_CELLS, 5);
    const files = {
      cell: join(folder, "s-cell.i32"),
      h: join(folder, "s-h.f32"),
      s: join(folder, "s-s.f32"),
    };
    writeFileSync(files.cell, few.cell);
    writeFileSync(files.h, few.h);
    writeFileSync(files.s, s.subarray(0, few.h.length));
    const rivals = { "NumPy cell by cell": "numpy_cells" };
    if (python.modules.includes("pandas")) rivals["pandas cell by cell, fields by name"] = "frame_cells";
    for (const [name, task] of Object.entries(rivals)) {
      contenders[name] = () => python.time({ task, sigma: SIGMA, ...files });
      scale[name] = share;
    }
  }
  ratios(`  ${cells.toLocaleString("en-US")} cells`, rows, await takeTurns(contenders, rounds), scale);
  console.log();
}

function aggregateOurs(positions, h, s, cells) {
  const rows = positions.length;
  const offsets = new Int32Array(cells + 1);
  groupByPosition(positions, rows, offsets);
  const columns = { h_li: new Float32Array(rows), s_li: new Float32Array(rows) };
  permuteRows(h, positions, rows, columns.h_li);
  permuteRows(s, positions, rows, columns.s_li);
  const scratches = {};
  const segments = {
    cells,
    rows,
    offsets,
    column: (name) => columns[name],
    scratch: (name) => (scratches[name] ??= columns[name].slice()),
  };
  return fields.map((bound) => {
    const out = new Float64Array(cells);
    bound.aggregate(segments, out);
    return out;
  });
}

/** What one would write first. */
function aggregateCellByCell(cell, h, s) {
  const groups = new Map();
  for (let row = 0; row < cell.length; row++) {
    const rows = groups.get(cell[row]);
    if (rows === undefined) groups.set(cell[row], [row]);
    else rows.push(row);
  }
  const result = new Map();
  for (const [key, rows] of groups) {
    const values = rows.map((row) => h[row]);
    const weights = rows.map((row) => 1 / s[row] ** 2);
    const weight = weights.reduce((sum, w) => sum + w, 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sorted = values.toSorted((a, b) => a - b);
    const quantile = (q) => {
      const at = (sorted.length - 1) * q;
      const low = sorted[Math.floor(at)];
      return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
    };
    result.set(key, [
      values.length,
      Math.min(...values),
      Math.max(...values),
      values.reduce((sum, value, i) => sum + value * weights[i], 0) / weight,
      1 / Math.sqrt(weight),
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length,
      ...[0.25, 0.5, 0.75].map(quantile),
    ]);
  }
  return result;
}
