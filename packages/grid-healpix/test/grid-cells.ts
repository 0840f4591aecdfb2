/** A grid with the ids of its cells, from its kernels: what tests compare its answers with. */
import type { GridPlugin } from "@zagg/core";
import { healpix, type HealpixParams } from "../src/index.js";
import { assignNested } from "../src/kernels/nested.js";

export interface GridWithCells extends GridPlugin {
  assign(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array): void;
  cellsOf(shardKey: bigint): BigUint64Array;
}

export function createWithCells(
  params: HealpixParams,
  fields: Parameters<typeof healpix.create>[1],
): GridWithCells {
  const grid = healpix.create(params, fields);
  return {
    ...grid,
    assign: (lonDeg, latDeg, out) =>
      assignNested(params.child_order, lonDeg, latDeg, params.latitude ?? "authalic", out),
    cellsOf: (shardKey) => grid.cellCoordinate!("cell_ids", shardKey) as BigUint64Array,
  };
}
