/** Laws of an aggregator's kernel, whatever the order of rows. */
import { scaleOf, smallIntegerCells, specialCells, tameCells, wildCells } from "./rows.js";
import { columnTypes, type CellRows, type ColumnType } from "./segments.js";
import { HELD, type CellResults, type Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";
import { firstDifference, show } from "../values.js";

/** Small whole numbers are exact in every column type, so that only the order of a sum can differ. */
const INTEGER_TOLERANCE = 1e-12;
/** A kernel may compute in the precision of a float32 column, which has 24 bits. */
const FLOAT32_TOLERANCE = 1e-5;
const OTHER_HELD = 12345.5;

export function kernelLaws(subject: Subject, law: Law): void {
  const { options, columns } = subject;

  law("it leaves empty cells and empty chunks as they are", () =>
    forEvery(options, wildCells(columns.length), (cells) => {
      for (const chunk of [cells, cells.map(() => []), []]) {
        for (const [cell, found] of subject.run(chunk).entries()) {
          if (chunk[cell]?.length === 0 && !subject.isUntouched(found))
            broken(`the empty cell ${cell} held ${HELD} and now holds ${show([...found])}`);
        }
      }
    }),
  );

  law("it computes every cell that has rows, whatever the output held before", () =>
    forEvery(options, wildCells(columns.length), (cells) => {
      for (const chunk of [cells, cells.map((rows) => rows.slice(0, 1))]) {
        const [first, second] = [subject.run(chunk), subject.run(chunk, { held: OTHER_HELD })];
        for (const [cell, rows] of chunk.entries()) {
          const [a, b] = [first[cell], second[cell]] as [Float64Array, Float64Array];
          if (rows.length > 0 && firstDifference(a, b) >= 0) {
            broken(
              `cell ${cell} is ${show([...a])} where it held ${HELD}, and ${show([...b])} where ${OTHER_HELD}`,
            );
          }
        }
      }
    }),
  );

  law("it reads no column that it does not declare, and writes to none", () =>
    forEvery(options, specialCells(columns.length), (cells) => {
      subject.run(cells);
    }),
  );

  law("NaN and infinities never make it throw", () =>
    forEvery(options, wildCells(columns.length), (cells) => {
      subject.run(cells);
      for (const value of [NaN, Infinity, -Infinity]) {
        subject.run(cells.map((rows) => rows.map((row) => row.map(() => value))));
      }
    }),
  );

  law("it reduces every type of column", () =>
    forEvery(options, smallIntegerCells(columns.length), (cells) => {
      const wanted = subject.run(cells);
      for (const type of Object.keys(columnTypes) as ColumnType[]) {
        const found = subject.run(cells, { type });
        const tolerance = type === "float32" ? FLOAT32_TOLERANCE : INTEGER_TOLERANCE;
        const at = firstApart(subject, cells, wanted, found, tolerance);
        if (at >= 0)
          broken(
            `cell ${at} of ${type} columns is ${showCell(found, at)}, and ${showCell(wanted, at)} of float64`,
          );
      }
    }),
  );

  law("it gives the same bytes every time, and remembers nothing", () =>
    forEvery(options, wildCells(columns.length), (cells) => {
      const bound = subject.bind();
      const first = subject.run(cells, { bound });
      subject.run(cells.map((rows) => rows.map((row) => row.map((value) => value + 1))).reverse(), { bound });
      for (const [again, out] of [
        ["a second call", subject.run(cells, { bound })],
        ["another binding", subject.run(cells)],
      ] as const) {
        const at = first.findIndex((result, cell) => firstDifference(result, out[cell]!) >= 0);
        if (at >= 0) broken(`cell ${at} is ${showCell(first, at)}, and ${showCell(out, at)} in ${again}`);
      }
    }),
  );

  law("a chunk gives what its cells give one by one", () =>
    forEvery(options, specialCells(columns.length), (cells) => {
      const together = subject.run(cells);
      for (const [cell, rows] of cells.entries()) {
        const [alone, found] = [subject.run([rows])[0], together[cell]] as [Float64Array, Float64Array];
        if (firstDifference(found, alone) >= 0) {
          broken(`cell ${cell} is ${show([...found])} in its chunk, and ${show([...alone])} alone`);
        }
      }
    }),
  );

  law("a cell is where its rows are, among empty cells", () =>
    forEvery(options, tameCells(columns.length), (cells) => {
      const spread = cells.flatMap((rows) => [[], rows, []]);
      const [dense, sparse] = [subject.run(cells), subject.run(spread)];
      for (const cell of cells.keys()) {
        const [a, b] = [dense[cell], sparse[3 * cell + 1]] as [Float64Array, Float64Array];
        if (firstDifference(a, b) >= 0)
          broken(`cell ${cell} is ${show([...a])}, and ${show([...b])} among empty cells`);
      }
    }),
  );
}

/** The first cell whose values differ by more than a tolerance; -1 when none does. */
export function firstApart(
  subject: Subject,
  cells: CellRows,
  a: CellResults,
  b: CellResults,
  tolerance: number,
): number {
  return cells.findIndex((rows, cell) => {
    const [x, y] = [a[cell], b[cell]].map((result) => subject.read(result as Float64Array)) as [
      Float64Array,
      Float64Array,
    ];
    const scale = scaleOf(rows);
    return x.length !== y.length || x.some((value, i) => !isNear(value, y[i]!, tolerance, scale));
  });
}

/** The numbers of a cell, as text. */
export function showCell(results: CellResults, cell: number): string {
  return show([...results[cell]!]);
}

/** Whether two values of a cell differ by rounding alone. What is not finite must be the same. */
function isNear(a: number, b: number, tolerance: number, scale: number): boolean {
  if (Object.is(a, b) || a === b) return true;
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= tolerance * (scale + Math.abs(a));
}
