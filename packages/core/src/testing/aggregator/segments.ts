/** Cell segments as the engine hands them over, which watch what a kernel does with them. */
import type { CellSegments } from "../../aggregator.js";
import type { Column } from "../../dtype.js";
import { broken } from "../framework.js";
import { firstDifference } from "../values.js";

/** The rows of cells: `cells[c][r]` has a number per column. */
export type CellRows = readonly (readonly (readonly number[])[])[];

/** The constructors of {@link Column}, by the dtype that gives them. */
export const columnTypes = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;
export type ColumnType = keyof typeof columnTypes;

/** Elements on either side of an array that a kernel has no business with. */
const MARGIN = 3;

/** Segments over columns, and what was done with them. */
export interface WatchedSegments {
  readonly segments: CellSegments;
  /** Names of the columns that were asked for. */
  readonly read: ReadonlySet<string>;
  /** Throws when a column or the offsets changed, or values of the scratch left their cell. */
  assertIntact(): void;
}

/**
 * Segments of cells. Every array is a view into a larger buffer, as views may be.
 * @param allowed the columns that may be read; others throw, as in the engine
 * @param scratchOrder where in its cell the scratch holds row r of n; the identity unless told
 */
export function watchedSegments(
  names: readonly string[],
  cells: CellRows,
  allowed: readonly string[],
  type: ColumnType = "float64",
  scratchOrder: (row: number, rows: number) => number = (row) => row,
): WatchedSegments {
  const offsets = within(Int32Array, offsetsOf(cells));
  const rows = cells.flat();
  const columns = new Map<string, Column>();
  for (const [i, name] of names.entries()) {
    columns.set(
      name,
      within<Column>(
        columnTypes[type],
        rows.map((row) => row[i]!),
      ),
    );
  }
  const untouched = new Map([...columns].map(([name, values]) => [name, values.slice()]));
  const scratches = new Map<string, Float32Array | Float64Array>();
  const read = new Set<string>();
  const column = (name: string): Column => {
    read.add(name);
    const values = columns.get(name);
    if (values === undefined || !allowed.includes(name)) {
      return broken(`it reads the column "${name}", and declares ${JSON.stringify(allowed)}`);
    }
    return values;
  };
  const scratch = (name: string): Float32Array | Float64Array => {
    const known = scratches.get(name);
    if (known !== undefined) return known;
    const values = column(name);
    const made = within<Float32Array | Float64Array>(
      values instanceof Float32Array ? Float32Array : Float64Array,
      values,
    );
    permuteCells(values, offsets, made, scratchOrder);
    scratches.set(name, made);
    return made;
  };
  const chunkValue = (name: string) => broken(`it reads the chunk value "${name}", and there is none`);
  return {
    segments: { cells: cells.length, rows: rows.length, offsets, column, scratch, chunkValue },
    read,
    assertIntact() {
      const at = firstDifference(offsets, offsetsOf(cells));
      if (at >= 0) broken(`it writes to offsets[${at}]`);
      for (const [name, values] of columns) {
        const row = firstDifference(values, untouched.get(name) as Column);
        if (row >= 0) broken(`it writes to row ${row} of column("${name}")`);
      }
      for (const [name, values] of scratches) assertSameCells(name, values, columns.get(name)!, offsets);
    },
  };
}

/** The first offset of each cell, and the number of rows at the end. */
function offsetsOf(cells: CellRows): number[] {
  const offsets = [0];
  for (const rows of cells) offsets.push(offsets.at(-1)! + rows.length);
  return offsets;
}

/** An array in the middle of a larger buffer. */
export function within<C extends Column>(Type: new (length: number) => C, values: ArrayLike<number>): C {
  const whole = new Type(values.length + 2 * MARGIN);
  whole.fill(77);
  whole.set(values, MARGIN);
  return whole.subarray(MARGIN, MARGIN + values.length) as C;
}

function permuteCells(
  from: Column,
  offsets: Int32Array,
  to: Column,
  order: (row: number, rows: number) => number,
): void {
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    const start = offsets[cell]!;
    const rows = offsets[cell + 1]! - start;
    for (let row = 0; row < rows; row++) to[start + order(row, rows)] = from[start + row]!;
  }
}

function assertSameCells(name: string, scratch: Column, column: Column, offsets: Int32Array): void {
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
    // The sort of typed arrays is total: -0 comes before 0 and NaN last.
    const found = scratch.slice(start, stop).sort();
    if (firstDifference(found, column.slice(start, stop).sort()) >= 0) {
      broken(`scratch("${name}") no longer holds the values of cell ${cell} within that cell`);
    }
  }
}
