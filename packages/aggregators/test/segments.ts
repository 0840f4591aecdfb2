/** Cell segments of plain arrays, as the engine would hand them over. */
import type { CellSegments, ChunkValue, Column } from "@zagg/core";

/** Segments over columns that are sorted by cell already. The scratch is shared, as the contract says. */
export function segmentsOf(
  offsets: readonly number[],
  columns: Readonly<Record<string, Column>>,
  chunkValues: Readonly<Record<string, ChunkValue>> = {},
): CellSegments {
  const scratches = new Map<string, Float32Array | Float64Array>();
  const column = (name: string): Column => {
    const values = columns[name];
    if (values === undefined) throw new Error(`the test has no column ${name}`);
    return values;
  };
  return {
    cells: offsets.length - 1,
    rows: offsets.at(-1)!,
    offsets: Int32Array.from(offsets),
    column,
    scratch(name) {
      const values = column(name);
      const scratch =
        scratches.get(name) ?? (values instanceof Float32Array ? values.slice() : new Float64Array(values));
      scratches.set(name, scratch);
      return scratch;
    },
    chunkValue(name) {
      const value = chunkValues[name];
      if (value === undefined) throw new Error(`the test has no chunk value ${name}`);
      return value;
    },
  };
}

/** Segments of cells given one by one, with one column `v`. */
export function cellsOf(
  cells: readonly (readonly number[])[],
  dtype: keyof typeof arrays = "float64",
): CellSegments {
  const offsets = [0];
  for (const cell of cells) offsets.push(offsets.at(-1)! + cell.length);
  return segmentsOf(offsets, { v: arrays[dtype].from(cells.flat()) });
}

export const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int16: Int16Array,
  uint8: Uint8Array,
} as const;

/** A number of a fixture: JSON has no NaN and no infinities. */
export function fixtureNumber(value: number | string): number {
  return typeof value === "number" ? value : Number(value);
}
