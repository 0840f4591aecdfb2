/** Holes: rows of latitude, a shard each, with fewer cells towards the poles than a shard has positions. */
import { NO_ID, defineGrid, shardIndices, type GridPlugin, type OutputFieldSet } from "@zagg/core";
import { boxCoverer, regionFromBbox, type LonLatBox } from "@zagg/sphere";

const ROWS = 18;
const POSITIONS = 36;
/** Cells of each row: of about equal areas, and at least three. */
const CELLS = Array.from({ length: ROWS }, (_none, row) =>
  Math.max(3, Math.round(POSITIONS * Math.cos(((row * 10 - 85) * Math.PI) / 180))),
);

export function holes(fields: OutputFieldSet): GridPlugin {
  const rowOf = (key: bigint): number => shardIndices(key, [ROWS])[0]!;
  const boxOf = (key: bigint): LonLatBox => [-180, rowOf(key) * 10 - 90, 180, rowOf(key) * 10 - 80];
  const rowAt = (lonDeg: number, latDeg: number): number =>
    Number.isFinite(lonDeg) && Math.abs(latDeg) <= 90
      ? Math.min(ROWS - 1, Math.floor((latDeg + 90) / 10))
      : -1;
  const columnAt = (lonDeg: number, row: number): number => {
    const east = lonDeg + 180 - 360 * Math.floor((lonDeg + 180) / 360);
    return Math.min(CELLS[row]! - 1, Math.floor((east * CELLS[row]!) / 360));
  };
  return defineGrid(
    {
      type: "holes",
      storage: { dimensions: ["cells"], shardShape: [POSITIONS] },
      spatialSignature: () => ({ type: "holes", rows: ROWS }),
      coverer: boxCoverer({ keys: BigUint64Array.from({ length: ROWS }, (_none, k) => BigInt(k)), boxOf }),
      shardFootprint: (key) => regionFromBbox(boxOf(key)),
      shardsOf(lonDeg, latDeg, out) {
        lonDeg.forEach((lon, i) => {
          const row = rowAt(lon, latDeg[i]!);
          out[i] = row < 0 ? NO_ID : BigInt(row);
        });
      },
      locate(key, lonDeg, latDeg, out) {
        const row = rowOf(key);
        let inside = 0;
        lonDeg.forEach((lon, i) => {
          out[i] = rowAt(lon, latDeg[i]!) === row ? columnAt(lon, row) : -1;
          if (out[i]! >= 0) inside++;
        });
        return inside;
      },
      cells(key) {
        const [row, width] = [rowOf(key), 360 / CELLS[rowOf(key)]!];
        const isCell = (position: number): boolean => position < CELLS[row]!;
        const each = (value: (position: number) => number): Float64Array =>
          Float64Array.from({ length: POSITIONS }, (_none, p) => (isCell(p) ? value(p) : NaN));
        return {
          lonDeg: each((p) => (p + 0.5) * width - 180),
          latDeg: each(() => row * 10 - 85),
          outline: (p) =>
            isCell(p)
              ? regionFromBbox([p * width - 180, row * 10 - 90, (p + 1) * width - 180, row * 10 - 80])
              : [],
        };
      },
    },
    fields,
  );
}
