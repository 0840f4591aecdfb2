/** The rows of a shard sorted by cell, and cut into the segments of its chunks. */
import { PluginError, type CellSegments, type Column } from "@zagg/core";
import { groupByPosition, permuteRows } from "../../kernels/grouping.js";
import { unknownChunkValue } from "./chunk-values.js";
import type { ShardRows } from "../shard-rows.js";

type Scratch = Float32Array | Float64Array;
type ColumnConstructor = new (length: number) => Column;

export interface SortedRows {
  readonly rows: number;
  readonly populatedCells: number;
  /** Chunk by chunk, in canonical order. */
  readonly chunks: readonly CellSegments[];
}

/**
 * Sorts rows by cell. Takes the rows: `gathered` is empty afterwards, and each column's buffer is let go as soon as it
 * is sorted, so that no more than one column is held twice.
 * @param cells canonical positions of a shard
 * @param chunkCells cells of a chunk; divides `cells`
 */
export function sortRows(gathered: ShardRows, cells: number, chunkCells: number): SortedRows {
  const rows = gathered.length;
  const places = gathered.positions.take().values as Int32Array;
  const offsets = new Int32Array(cells + 1);
  const populatedCells = rows === 0 ? 0 : groupByPosition(places, rows, offsets);
  const columns = new Map<string, Column>();
  const rests = new Map<string, Int16Array>();
  const sorted = (values: Column): Column => {
    const moved = new (values.constructor as ColumnConstructor)(rows);
    permuteRows(values, places, rows, moved);
    return moved;
  };
  for (const [name, column] of gathered.columns) {
    const { values, rest } = column.take();
    columns.set(name, sorted(values));
    if (rest !== null) rests.set(name, sorted(rest) as Int16Array);
  }
  return { rows, populatedCells, chunks: segments(columns, rests, offsets, chunkCells) };
}

function segments(
  columns: ReadonlyMap<string, Column>,
  rests: ReadonlyMap<string, Int16Array>,
  offsets: Int32Array,
  chunkCells: number,
): CellSegments[] {
  const scratches = new Map<string, Scratch>();
  const cells = offsets.length - 1;
  const result: CellSegments[] = [];
  for (let start = 0; start < cells; start += chunkCells) {
    const firstRow = offsets[start]!;
    const lastRow = offsets[start + chunkCells]!;
    const own = cells === chunkCells ? offsets : offsets.slice(start, start + chunkCells + 1);
    if (firstRow > 0) for (let cell = 0; cell <= chunkCells; cell++) own[cell] = own[cell]! - firstRow;
    result.push({
      cells: chunkCells,
      rows: lastRow - firstRow,
      offsets: own,
      column: (name) => columnOf(columns, name).subarray(firstRow, lastRow),
      ...(rests.size === 0 ? {} : { rest: (name) => rests.get(name)?.subarray(firstRow, lastRow) ?? null }),
      scratch: (name) => scratchOf(scratches, columns, name).subarray(firstRow, lastRow),
      chunkValue: (name) => {
        throw unknownChunkValue(name, []);
      },
    });
  }
  return result;
}

function columnOf(columns: ReadonlyMap<string, Column>, name: string): Column {
  const column = columns.get(name);
  if (column !== undefined) return column;
  throw new PluginError("COLUMN_UNKNOWN", {
    what: `an aggregator reads the column "${name}"`,
    why: `it declared other inputs; the columns kept are: ${[...columns.keys()].join(", ")}`,
    mend: "list every column that is read in the bound field's `inputs`",
    details: { column: name },
  });
}

/** One copy of each column, shared by all the kernels of a shard. */
function scratchOf(
  scratches: Map<string, Scratch>,
  columns: ReadonlyMap<string, Column>,
  name: string,
): Scratch {
  const known = scratches.get(name);
  if (known !== undefined) return known;
  const values = columnOf(columns, name);
  const scratch = values instanceof Float32Array ? values.slice() : new Float64Array(values);
  scratches.set(name, scratch);
  return scratch;
}
