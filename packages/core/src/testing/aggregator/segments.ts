/** Cell segments as the engine hands them over, which watch what a kernel does with them. */
import type { CellSegments } from "../../aggregator.js";
import type { Column } from "../../dtype.js";
import { splitInteger } from "../../exact-integers.js";
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

export interface SegmentOptions {
  /** Of the columns; float64 unless told. */
  readonly type?: ColumnType;
  /** Where in its cell the scratch holds row r of n; the identity unless told. */
  readonly scratchOrder?: (row: number, rows: number) => number;
  /** Whether the aggregator says that it takes 64-bit integers exactly: another one must not ask what doubles lack. */
  readonly exact?: boolean;
  /** Makes 64-bit integers of the numbers, which are whole: what is added to those of each column. */
  readonly shifts?: readonly bigint[];
}

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
 */
export function watchedSegments(
  names: readonly string[],
  cells: CellRows,
  allowed: readonly string[],
  { type = "float64", scratchOrder = (row) => row, exact = false, shifts }: SegmentOptions = {},
): WatchedSegments {
  const offsets = within(Int32Array, offsetsOf(cells));
  const rows = cells.flat();
  const columns = new Map<string, Column>();
  const rests = new Map<string, Int16Array>();
  for (const [i, name] of names.entries()) {
    const numbers = rows.map((row) => row[i]!);
    const shift = shifts?.[i];
    const split = shift === undefined ? [] : numbers.map((number) => splitInteger(BigInt(number) + shift));
    columns.set(
      name,
      within<Column>(columnTypes[type], shift === undefined ? numbers : split.map(([value]) => value)),
    );
    if (shift !== undefined && shift !== 0n) {
      rests.set(
        name,
        within(
          Int16Array,
          split.map(([, rest]) => rest),
        ),
      );
    }
  }
  const copies = (arrays: ReadonlyMap<string, Column>) =>
    new Map([...arrays].map(([name, values]) => [name, values.slice()]));
  const [untouched, untouchedRests] = [copies(columns), copies(rests)];
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
  const restOf = (name: string): Int16Array | null => {
    column(name);
    if (!exact)
      return broken(`it asks what the doubles of "${name}" lack, and does not say \`integers: "exact"\``);
    return rests.get(name) ?? null;
  };
  const chunkValue = (name: string) => broken(`it reads the chunk value "${name}", and there is none`);
  return {
    segments: { cells: cells.length, rows: rows.length, offsets, column, rest: restOf, scratch, chunkValue },
    read,
    assertIntact() {
      const at = firstDifference(offsets, offsetsOf(cells));
      if (at >= 0) broken(`it writes to offsets[${at}]`);
      for (const [arrays, before, member] of [
        [columns, untouched, "column"],
        [rests, untouchedRests, "rest"],
      ] as const) {
        for (const [name, values] of arrays) {
          const row = firstDifference(values, before.get(name)!);
          if (row >= 0) broken(`it writes to row ${row} of ${member}("${name}")`);
        }
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
