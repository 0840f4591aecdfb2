/** Eight statistics of each cell: the kernels against the straightforward way, a sorted array for each cell. */
import { bench, describe } from "vitest";
import { countRows } from "./count.js";
import { maximumOfCells, minimumOfCells } from "./extremes.js";
import { quantileOfCells } from "./quantile.js";
import { meanOfCells, varianceOfCells } from "./sums.js";

const ROWS = 1_000_000;
const QUANTILES = [0.25, 0.5, 0.75];

for (const cells of [819, 13_107]) {
  const rows = shuffledRows(cells);
  describe(`count, min, max, mean, var and three quantiles of ${ROWS} rows in ${cells} cells, sorting included`, () => {
    bench("kernels", () => void kernels(rows.cellOf, rows.values, cells));
    bench("an array per cell", () => void arrays(rows.cellOf, rows.values));
  });
}

function kernels(cellOf: Int32Array, values: Float32Array, cells: number): number {
  const offsets = new Int32Array(cells + 1);
  for (let row = 0; row < ROWS; row++) {
    const next = cellOf[row]! + 1;
    offsets[next] = offsets[next]! + 1;
  }
  for (let cell = 0; cell < cells; cell++) offsets[cell + 1] = offsets[cell + 1]! + offsets[cell]!;
  const places = offsets.slice(0, cells);
  const sorted = new Float32Array(ROWS);
  for (let row = 0; row < ROWS; row++) {
    const cell = cellOf[row]!;
    const place = places[cell]!;
    places[cell] = place + 1;
    sorted[place] = values[row]!;
  }
  const out = new Float64Array(cells);
  countRows(offsets, cells, out);
  for (const kernel of [minimumOfCells, maximumOfCells, meanOfCells, varianceOfCells(0)]) {
    kernel(sorted, offsets, cells, out);
  }
  const scratch = sorted.slice();
  for (const q of QUANTILES) quantileOfCells(q)(scratch, offsets, cells, out);
  return out[0]!;
}

function arrays(cellOf: Int32Array, values: Float32Array): number {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < ROWS; row++) {
    const cell = cellOf[row]!;
    const group = groups.get(cell);
    if (group === undefined) groups.set(cell, [values[row]!]);
    else group.push(values[row]!);
  }
  let check = 0;
  for (const group of groups.values()) {
    group.sort((a, b) => a - b);
    const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
    const variance = group.reduce((sum, value) => sum + (value - mean) ** 2, 0) / group.length;
    const quantiles = QUANTILES.map((q) => {
      const position = (group.length - 1) * q;
      const below = group[Math.floor(position)]!;
      const above = group[Math.ceil(position)]!;
      return below + (above - below) * (position % 1);
    });
    check += group[0]! + group.at(-1)! + variance + quantiles[0]!;
  }
  return check;
}

/** Heights in no order of cell, from a fixed linear congruential sequence. */
function shuffledRows(cells: number) {
  let state = 12_345;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const cellOf = Int32Array.from({ length: ROWS }, () => Math.floor(random() * cells));
  const values = Float32Array.from({ length: ROWS }, () => 100 + 30 * (random() + random() + random() - 1.5));
  return { cellOf, values };
}
