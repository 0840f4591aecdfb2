/** A grid with the ids of its cells, from its kernels: what tests compare its answers with. */
import { NO_ID, type GridPlugin } from "@zagg/core";
import { h3, type H3Params } from "../src/index.js";
import { assignH3 } from "../src/kernels/points.js";
import { descendants } from "../src/kernels/shard-cells.js";
import { shardIndex } from "../src/shard-key.js";

export interface GridWithCells extends GridPlugin {
  assign(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array): void;
  /** {@link NO_ID} at a hole. */
  cellsOf(shardKey: bigint): BigUint64Array;
}

export function createWithCells(params: H3Params): GridWithCells {
  const { parent_res: parentRes, child_res: childRes } = params;
  return {
    ...h3.create(params, []),
    assign: (lonDeg, latDeg, out) => assignH3(childRes, lonDeg, latDeg, out),
    cellsOf: (shardKey) => descendants(shardIndex(shardKey, parentRes), parentRes, childRes, NO_ID),
  };
}
