/** Projected points to shards and positions. Columns count from the left edge, rows from the top one. */
import { HIGH, LOW, NO_ID_LANE } from "@zagg/core/internal";
import type { Lattice } from "../lattice.js";
import { floorDivide } from "./floor-divide.js";

const TWO_32 = 4294967296;

/**
 * Writes shard keys, shard row · shard columns + shard column, as pairs of 32-bit lanes; all bits set outside the grid.
 * @param x,y CRS units; NaN is outside; read up to n
 * @param lanes written from 2·offset to 2·(offset + n) - 1
 */
export function writeShards(
  lattice: Lattice,
  x: Float64Array,
  y: Float64Array,
  n: number,
  lanes: Uint32Array,
  offset: number,
): void {
  const { xmin, ymax, rx, ry, width, height, shardWidth, shardHeight, shardColumns } = lattice;
  for (let i = 0, lane = 2 * offset; i < n; i++, lane += 2) {
    const column = floorDivide(x[i]! - xmin, rx);
    const row = floorDivide(ymax - y[i]!, ry);
    if (column >= 0 && column < width && row >= 0 && row < height) {
      const key = Math.floor(row / shardHeight) * shardColumns + Math.floor(column / shardWidth);
      const high = Math.floor(key / TWO_32);
      lanes[lane + LOW] = key - high * TWO_32;
      lanes[lane + HIGH] = high;
    } else {
      lanes[lane] = NO_ID_LANE;
      lanes[lane + 1] = NO_ID_LANE;
    }
  }
}

/** Where a cell of a shard stands in its canonical order: `rows[row] + columns[column]`, both from the shard's corner. */
export interface PositionTables {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

/**
 * Canonical order is chunk-major, so that a cell's position is
 * ((row div h)·k + column div w)·h·w + (row mod h)·w + column mod w, with chunks of h by w cells, k of them abreast:
 * a part that depends on the row and one that depends on the column.
 */
export function createPositionTables(lattice: Lattice): PositionTables {
  const { shardHeight, shardWidth, chunkHeight, chunkWidth } = lattice;
  const chunkCells = chunkHeight * chunkWidth;
  const chunksAbreast = shardWidth / chunkWidth;
  const rows = new Int32Array(shardHeight);
  for (let row = 0; row < shardHeight; row++) {
    const within = row % chunkHeight;
    rows[row] = ((row - within) / chunkHeight) * chunksAbreast * chunkCells + within * chunkWidth;
  }
  const columns = new Int32Array(shardWidth);
  for (let column = 0; column < shardWidth; column++) {
    const within = column % chunkWidth;
    columns[column] = ((column - within) / chunkWidth) * chunkCells + within;
  }
  return { rows, columns };
}

/**
 * Writes each point's position in the canonical order of the shard whose first cell is (row0, column0), -1 outside.
 * @param out written from offset to offset + n - 1
 * @returns how many are inside
 */
export function writePositions(
  lattice: Lattice,
  tables: PositionTables,
  row0: number,
  column0: number,
  x: Float64Array,
  y: Float64Array,
  n: number,
  out: Int32Array,
  offset: number,
): number {
  const { xmin, ymax, rx, ry, shardWidth, shardHeight } = lattice;
  const { rows, columns } = tables;
  let inside = 0;
  for (let i = 0; i < n; i++) {
    const column = floorDivide(x[i]! - xmin, rx) - column0;
    const row = floorDivide(ymax - y[i]!, ry) - row0;
    if (column >= 0 && column < shardWidth && row >= 0 && row < shardHeight) {
      out[offset + i] = rows[row]! + columns[column]!;
      inside++;
    } else {
      out[offset + i] = -1;
    }
  }
  return inside;
}
