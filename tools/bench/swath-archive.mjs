// A synthetic archive: swaths of a polar orbiter that turn at 88° south, and the ring around the pole that they cross.
import { generator } from "./samples.mjs";

const INCLINATION_RAD = (92 * Math.PI) / 180;
/** Degrees that the Earth turns in one orbit of 94.3 minutes, less the drift of the node. */
const NODE_STEP_DEG = 24.72;
/** A granule is a fourteenth of an orbit, its middle where the orbit turns. */
const HALF_TRACK_RAD = Math.PI / 14;
/** Outer beams are 6.6 km apart. */
const HALF_SWATH_RAD = 3.3 / 6371;
const DEGREES = 180 / Math.PI;

/** Bounds of the ring region: southern latitudes that nearly every swath of the archive crosses twice. */
export const RING_LATITUDES = { inner: -88.05, outer: -87.7 };

/** Shards of 12 km, of which 564 meet the ring. */
export const RING_GRID = { type: "healpix", parent_order: 9, child_order: 15, latitude: "authalic" };

/**
 * The ring between two parallels, each followed in steps of half a degree: outer ring, then the hole.
 * @returns {import("@zagg/core").Region}
 */
export function ringRegion({ inner, outer } = RING_LATITUDES) {
  const lonDeg = Float64Array.from({ length: 720 }, (_, i) => i / 2 - 180);
  return [[outer, inner].map((lat) => ({ lonDeg, latDeg: new Float64Array(720).fill(lat) }))];
}

/**
 * The footprint of granule `index`: 24 to 96 vertices, up the left side of the track and down the right. The same index
 * always gives the same footprint.
 * @param {number} index
 * @returns {import("@zagg/core").Region}
 */
export function swathFootprint(index) {
  const next = generator(index + 1);
  const nodeDeg = -NODE_STEP_DEG * index + 0.02 * (next() - 0.5);
  const start = -Math.PI / 2 - HALF_TRACK_RAD * (1 + 0.02 * (next() - 0.5));
  const steps = 12 + Math.floor(37 * next());
  const lonDeg = new Float64Array(2 * steps);
  const latDeg = new Float64Array(2 * steps);
  for (let step = 0; step < steps; step++) {
    const u = start + (2 * HALF_TRACK_RAD * step) / (steps - 1);
    const [sin, cos] = [Math.sin(u), Math.cos(u)];
    const turnDeg = nodeDeg - (NODE_STEP_DEG * u) / (2 * Math.PI);
    // Left and right of the track in the frame of the orbit: along its normal.
    for (const [vertex, offset] of [
      [step, HALF_SWATH_RAD],
      [2 * steps - 1 - step, -HALF_SWATH_RAD],
    ]) {
      const x = Math.cos(offset) * cos;
      const y =
        Math.cos(offset) * sin * Math.cos(INCLINATION_RAD) - Math.sin(offset) * Math.sin(INCLINATION_RAD);
      const z =
        Math.cos(offset) * sin * Math.sin(INCLINATION_RAD) + Math.sin(offset) * Math.cos(INCLINATION_RAD);
      const lon = Math.atan2(y, x) * DEGREES + turnDeg;
      lonDeg[vertex] = lon - 360 * Math.round(lon / 360);
      latDeg[vertex] = Math.atan2(z, Math.hypot(x, y)) * DEGREES;
    }
  }
  return [[{ lonDeg, latDeg }]];
}

/**
 * Granule `index` as a catalog gives it.
 * @param {number} index
 * @returns {import("@zagg/shardmap").GranuleFootprint}
 */
export function swathGranule(index) {
  const name = `ATL06_${String(index).padStart(7, "0")}_007_01.h5`;
  const record = {
    id: name,
    s3: `s3://archive/ATLAS/ATL06/007/${name}`,
    https: `https://archive.example/ATLAS/ATL06/007/${name}`,
  };
  return { record, footprint: swathFootprint(index) };
}

/**
 * The archive as a stream of batches.
 * @param {number} granules
 */
export async function* swathBatches(granules, size = 1024) {
  for (let start = 0; start < granules; start += size) {
    const count = Math.min(size, granules - start);
    yield Array.from({ length: count }, (_, i) => swathGranule(start + i));
  }
}
