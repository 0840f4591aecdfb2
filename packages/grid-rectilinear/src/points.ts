/** Points to cells, shards and positions: projection and lattice, a block of points at a time. */
import type { Crs } from "./crs/crs.js";
import { createPositionTables, writeCells, writePositions, writeShards } from "./kernels/cells.js";
import type { Lattice } from "./lattice.js";

/** Points projected at once: x, y, longitudes and latitudes of a block stay in the second-level cache. */
const BLOCK = 4096;

/** The first cell of a shard. */
export interface ShardOrigin {
  readonly row0: number;
  readonly column0: number;
}

/** The point operations of a grid; arrays of one length, outputs written in full. */
export interface PointOperations {
  assign(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array): void;
  shardsOf(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array): void;
  locate(origin: ShardOrigin, lonDeg: Float64Array, latDeg: Float64Array, out: Int32Array): number;
  cellsOf(origin: ShardOrigin): BigUint64Array;
}

/** The point operations of a grid; tables of canonical positions are made once. */
export function createPointOperations(crs: Crs, lattice: Lattice): PointOperations {
  const tables = createPositionTables(lattice);
  const writeIds =
    (write: typeof writeCells) => (lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array) => {
      assertLengths(lonDeg, latDeg, out);
      const lanes = lanesOf(out);
      projectBlocks(crs, lonDeg, latDeg, (x, y, n, offset) => write(lattice, x, y, n, lanes, offset));
    };
  return {
    assign: writeIds(writeCells),
    shardsOf: writeIds(writeShards),
    locate({ row0, column0 }, lonDeg, latDeg, out) {
      assertLengths(lonDeg, latDeg, out);
      let inside = 0;
      projectBlocks(crs, lonDeg, latDeg, (x, y, n, offset) => {
        inside += writePositions(lattice, tables, row0, column0, x, y, n, out, offset);
      });
      return inside;
    },
    cellsOf({ row0, column0 }) {
      const { shardHeight, shardWidth, width } = lattice;
      const out = new BigUint64Array(shardHeight * shardWidth);
      const lanes = lanesOf(out);
      for (let row = 0; row < shardHeight; row++) {
        for (let column = 0; column < shardWidth; column++) {
          const position = tables.rows[row]! + tables.columns[column]!;
          const id = (row0 + row) * width + column0 + column;
          const high = Math.floor(id / 2 ** 32);
          lanes[2 * position] = id - high * 2 ** 32;
          lanes[2 * position + 1] = high;
        }
      }
      return out;
    },
  };
}

/** Calls `visit` with the projected points of each block and the index of its first point. */
function projectBlocks(
  crs: Crs,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  visit: (x: Float64Array, y: Float64Array, n: number, offset: number) => void,
): void {
  const size = Math.min(BLOCK, lonDeg.length);
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  for (let offset = 0; offset < lonDeg.length; offset += BLOCK) {
    const n = Math.min(BLOCK, lonDeg.length - offset);
    crs.forward(lonDeg.subarray(offset, offset + n), latDeg.subarray(offset, offset + n), n, x, y);
    visit(x, y, n, offset);
  }
}

/** The 32-bit halves of 64-bit integers, low half first as on every little-endian machine. */
function lanesOf(ids: BigUint64Array): Uint32Array {
  return new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length);
}

function assertLengths(lonDeg: Float64Array, latDeg: Float64Array, out: { readonly length: number }): void {
  if (lonDeg.length !== latDeg.length || lonDeg.length !== out.length) {
    throw new RangeError(
      `longitudes (${lonDeg.length}), latitudes (${latDeg.length}) and out (${out.length}) differ in length`,
    );
  }
}
