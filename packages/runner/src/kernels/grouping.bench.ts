/** Grouping by cell against a straightforward Map of arrays: 5 M rows, two columns. */
import { bench, describe } from "vitest";
import { groupByPosition, permuteRows } from "./grouping.js";

const ROWS = 5_000_000;
const values = [new Float32Array(ROWS), new Float32Array(ROWS)] as const;

for (const cells of [4096, 65_536]) {
  const positions = new Int32Array(ROWS);
  let state = 1;
  for (let row = 0; row < ROWS; row++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    positions[row] = Math.floor((state / 2 ** 32) * cells);
    values[0][row] = state / 2 ** 32;
    values[1][row] = row;
  }
  const places = new Int32Array(ROWS);
  const offsets = new Int32Array(cells + 1);
  const out = new Float32Array(ROWS);

  describe(`${ROWS} rows of two columns into ${cells} cells`, () => {
    const options = { iterations: 5, warmupIterations: 1, time: 0 };
    bench(
      "counting sort",
      () => {
        places.set(positions);
        groupByPosition(places, ROWS, offsets);
        for (const column of values) permuteRows(column, places, ROWS, out);
      },
      options,
    );
    bench(
      "Map of arrays",
      () => {
        const groups = new Map<number, { first: number[]; second: number[] }>();
        for (let row = 0; row < ROWS; row++) {
          const cell = positions[row]!;
          let group = groups.get(cell);
          if (group === undefined) groups.set(cell, (group = { first: [], second: [] }));
          group.first.push(values[0][row]!);
          group.second.push(values[1][row]!);
        }
      },
      options,
    );
  });
}
