/** Two dimensions, several chunks per shard: boxes of 5 degrees, six by nine per shard, three by three per chunk. */
import {
  defineGrid,
  latticePoints,
  shardIndices,
  wholePlacement,
  type GridPlugin,
  type OutputFieldSet,
} from "@zagg/core";
import { boxCoverer, regionFromBbox, type LonLatBox } from "@zagg/sphere";

const CELL_DEG = 5;
const BLOCKS = [6, 8];
const SHARD = [6, 9];

export function twoDimensions(fields: OutputFieldSet, chunkShape = [3, 3]): GridPlugin {
  const boxOf = (key: bigint): LonLatBox => {
    const [row, column] = shardIndices(key, BLOCKS);
    const [west, south] = [column! * 45 - 180, row! * 30 - 90];
    return [west, south, west + 45, south + 30];
  };
  const cellAt = (lonDeg: number, latDeg: number): number => {
    if (!Number.isFinite(lonDeg) || !(Math.abs(latDeg) <= 90)) return -1;
    const east = lonDeg + 180 - 360 * Math.floor((lonDeg + 180) / 360);
    return (
      72 * Math.min(35, Math.floor((latDeg + 90) / CELL_DEG)) + Math.min(71, Math.floor(east / CELL_DEG))
    );
  };
  return defineGrid(
    {
      type: "two-dimensions",
      storage: {
        dimensions: ["lat", "lon"],
        shardShape: SHARD,
        chunkShape,
        placement: () => wholePlacement(BLOCKS, SHARD),
      },
      spatialSignature: () => ({ type: "two-dimensions", cell_deg: CELL_DEG }),
      coverer: boxCoverer({ keys: BigUint64Array.from({ length: 48 }, (_none, k) => BigInt(k)), boxOf }),
      shardFootprint: (key) => regionFromBbox(boxOf(key)),
      ...latticePoints({ blocks: BLOCKS, shardShape: SHARD, chunkShape }, cellAt),
    },
    fields,
  );
}
