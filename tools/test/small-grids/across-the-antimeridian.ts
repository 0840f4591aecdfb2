/** Shards across the antimeridian: boxes of 40 degrees counted from 160 east, the first from 160 to -160. */
import { defineGrid, latticePoints, shardIndices, type GridPlugin, type OutputFieldSet } from "@zagg/core";
import { boxCoverer, regionFromBbox, type LonLatBox } from "@zagg/sphere";

const BLOCKS = [3, 9];
const SHARD = [15, 10];
const CELL_DEG = 4;

/** Between 60 degrees south and 60 north of the equator, around the globe. */
export function acrossTheAntimeridian(fields: OutputFieldSet): GridPlugin {
  const boxOf = (key: bigint): LonLatBox => {
    const [row, column] = shardIndices(key, BLOCKS);
    const west = column! === 0 ? 160 : column! * 40 - 200;
    return [west, row! * 40 - 60, column! === 0 ? -160 : west + 40, row! * 40 - 20];
  };
  const cellAt = (lonDeg: number, latDeg: number): number => {
    if (!Number.isFinite(lonDeg) || !(latDeg >= -60 && latDeg < 60)) return -1;
    const east = lonDeg - 160 - 360 * Math.floor((lonDeg - 160) / 360);
    const row = Math.floor(((latDeg + 60) * 3) / 8);
    return 90 * row + Math.min(89, Math.floor(east / CELL_DEG));
  };
  return defineGrid(
    {
      type: "across",
      storage: { dimensions: ["lat", "lon"], shardShape: SHARD },
      spatialSignature: () => ({ type: "across", cell_deg: CELL_DEG }),
      coverer: boxCoverer({ keys: BigUint64Array.from({ length: 27 }, (_none, k) => BigInt(k)), boxOf }),
      shardFootprint: (key) => regionFromBbox(boxOf(key)),
      ...latticePoints({ blocks: BLOCKS, shardShape: SHARD }, cellAt),
    },
    fields,
  );
}
