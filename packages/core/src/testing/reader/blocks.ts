/** Laws of the blocks that say where rows lie. */
import type { RowBlock } from "../../reader.js";
import { broken, type Law } from "../framework.js";
import { ROWS, datasetOf, readOne, type Granules } from "./granules.js";
import { show } from "../values.js";

const LATITUDE = "/gt1l/latitude";
const LONGITUDE = "/gt1l/longitude";
const NO_PLACE = 1e30;

/** Tracks of {@link ROWS} points: [name, longitudes, latitudes]. */
const tracks: readonly (readonly [string, (row: number) => number, (row: number) => number])[] = [
  ["a track", (row) => 10 + row, (row) => -70 + 2 * row],
  ["a track across the antimeridian", (row) => (row < 6 ? 170 + row : -190 + row), (row) => 80 - row],
  ["rows without a place", (row) => (row % 3 === 0 ? NaN : 5), (row) => (row % 4 === 0 ? NO_PLACE : 5 + row)],
];

export function blockLaws({ within, format }: Granules, law: Law): void {
  law("blocks hold each row once, in order, and the point of each", async () => {
    for (const [name, lonOf, latOf] of tracks) {
      const column = (path: string, of: (row: number) => number) =>
        datasetOf("float64", {
          path,
          values: Float64Array.from({ length: ROWS }, (_, row) => of(row)),
          fillValue: format.fillValues ? NO_PLACE : null,
        });
      await within([column(LATITUDE, latOf), column(LONGITUDE, lonOf)], async (granule) => {
        const blocks = await granule.blocks?.({ latitude: LATITUDE, longitude: LONGITUDE });
        if (blocks === undefined || blocks === null) return;
        assertTiles(name, blocks);
        const range = { start: 0, stop: ROWS };
        const lat = await readOne(granule, LATITUDE, range);
        const lon = await readOne(granule, LONGITUDE, range);
        for (const block of blocks) {
          for (let row = block.start; row < block.stop; row++) {
            if (!holds(block.bbox, lon[row]!, lat[row]!))
              broken(`${name}: row ${row} at ${lon[row]}, ${lat[row]} is not in the box ${show(block)}`);
          }
        }
      });
    }
  });

  law("blocks of datasets that are not there are null", async () => {
    await within([datasetOf("float64")], async (granule) => {
      const blocks = await granule.blocks?.({ latitude: "/absent/lat", longitude: "/absent/lon" });
      if (blocks !== undefined && blocks !== null) broken(`they are ${show(blocks)}`);
    });
  });
}

function assertTiles(name: string, blocks: readonly RowBlock[]): void {
  let next = 0;
  for (const { start, stop } of blocks) {
    if (start !== next || stop <= start) broken(`${name}: rows ${start} to ${stop} follow row ${next - 1}`);
    next = stop;
  }
  if (next !== ROWS) broken(`${name}: the blocks end at row ${next} of ${ROWS}`);
}

/** Whether a box holds a point; one without a place is in every box. */
function holds(bbox: RowBlock["bbox"], lon: number, lat: number): boolean {
  if (bbox === null || !(Math.abs(lat) <= 90) || !Number.isFinite(lon)) return true;
  const [west, south, east, north] = bbox;
  if (lat < south || lat > north) return false;
  const turns = [-360, 0, 360].map((turn) => lon + turn);
  return turns.some((one) => one >= west && one <= (west <= east ? east : east + 360));
}
