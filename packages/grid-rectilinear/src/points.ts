/** Points to cells, shards and positions: projection and lattice, a block of points at a time. */
import { assertLengths, lanesOf } from "@zagg/core/internal";
import type { Crs } from "./crs/crs.js";
import { createPositionTables, writePositions, writeShards } from "./kernels/cells.js";
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
  shardsOf(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array): void;
  locate(origin: ShardOrigin, lonDeg: Float64Array, latDeg: Float64Array, out: Int32Array): number;
}

/** The point operations of a grid; tables of canonical positions are made once. */
export function createPointOperations(crs: Crs, lattice: Lattice): PointOperations {
  const tables = createPositionTables(lattice);
  return {
    shardsOf(lonDeg, latDeg, out) {
      assertLengths(out.length, lonDeg.length, latDeg.length);
      const lanes = lanesOf(out);
      projectBlocks(crs, lonDeg, latDeg, (x, y, n, offset) => writeShards(lattice, x, y, n, lanes, offset));
    },
    locate({ row0, column0 }, lonDeg, latDeg, out) {
      assertLengths(out.length, lonDeg.length, latDeg.length);
      let inside = 0;
      projectBlocks(crs, lonDeg, latDeg, (x, y, n, offset) => {
        inside += writePositions(lattice, tables, row0, column0, x, y, n, out, offset);
      });
      return inside;
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
