/** Cells for the laws of aggregators. */
import fc from "fast-check";
import type { CellRows } from "./segments.js";

const MOST_CELLS = 6;
const MOST_ROWS = 30;
/** Rows of long cells; the pairwise sums of NumPy begin at 128. */
const LONG_CELLS = [500, 0, 129];
/** Below this, the order in which a product is taken decides where it underflows. */
const LEAST_MAGNITUDE = 1e-3;

/** Numbers whose sums and products are well-conditioned. */
const tameNumber = fc
  .double({ min: -1e3, max: 1e3, noNaN: true })
  .map((value) => (Math.abs(value) < LEAST_MAGNITUDE ? 0 : value));
/** Numbers that can stand for weights and uncertainties. */
const positiveNumber = fc.double({ min: 0.5, max: 100, noNaN: true });
const special = fc.constantFrom(NaN, Infinity, -Infinity);
const extreme = fc.constantFrom(-0, 5e-324, -5e-324, 1.7e308, -1.7e308, 2 ** 53 + 2);

const few = (number: fc.Arbitrary<number>, rare: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 8, arbitrary: number }, { weight: 1, arbitrary: rare });

function shortCells(first: fc.Arbitrary<number>, others: fc.Arbitrary<number>, columns: number) {
  const row = fc.tuple(first, ...Array.from({ length: columns - 1 }, () => others));
  const cells = fc.array(fc.array(row, { maxLength: MOST_ROWS }), { maxLength: MOST_CELLS });
  return cells as fc.Arbitrary<CellRows>;
}

function cellsOf(first: fc.Arbitrary<number>, others: fc.Arbitrary<number>, columns: number) {
  return fc.oneof(
    { weight: 9, arbitrary: shortCells(first, others, columns) },
    { weight: 1, arbitrary: fc.constant(longCells(columns)) },
  );
}

/** Cells long enough for kernels that go another way there; around 1, so that a product stays in range. */
function longCells(columns: number): CellRows {
  return LONG_CELLS.map((rows) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_column, column) => 1 + Math.sin(1.7 * row + column) / 2),
    ),
  );
}

/** Cells, empty ones among them, of finite numbers; columns after the first hold positive numbers. */
export const tameCells = (columns: number) => cellsOf(tameNumber, positiveNumber, columns);
/** Those, with NaN and infinities among the numbers. */
export const specialCells = (columns: number) =>
  cellsOf(few(tameNumber, special), few(positiveNumber, special), columns);
/** Those, with the largest and smallest doubles and negative zero. */
export const wildCells = (columns: number) => {
  const any = few(tameNumber, fc.oneof(special, extreme));
  return cellsOf(any, any, columns);
};
/** Cells of whole numbers from 1 to 10, which every column type holds and whose squares fit int8. */
export const smallIntegerCells = (columns: number) => {
  const integer = fc.integer({ min: 1, max: 10 });
  return shortCells(integer, integer, columns);
};

/** Cells of few whole numbers, so that some come twice. */
export const wholeCells = (columns: number) => {
  const integer = fc.integer({ min: -5, max: 5 });
  return shortCells(integer, integer, columns);
};

/** What rounding errors of a cell's value are measured by: the sum of |v| + v² over its finite numbers. */
export function scaleOf(rows: readonly (readonly number[])[]): number {
  let scale = 0;
  for (const value of rows.flat()) if (Number.isFinite(value)) scale += Math.abs(value) + value * value;
  return scale;
}
