/** Whether two grids have places in common, told through the grid contract alone. */
import { NO_ID, isCodedError, type GridPlugin, type Region } from "@zagg/core";

/** Points of the quick look; about 160 km apart. */
const SAMPLES = 20_000;

/** The globe in eight triangles, each far smaller than a hemisphere. */
const GLOBE: Region = [-90, 90].flatMap((pole) =>
  [-180, -90, 0, 90].map((west) => [
    { lonDeg: Float64Array.of(west, west + 90, west), latDeg: Float64Array.of(0, 0, pole) },
  ]),
);

/**
 * True when a point is in both grids, or a shard of one touches the other; false when no shard of the smaller grid does;
 * null when that cannot be told, because even the smaller grid has too many shards to list.
 */
export function gridsOverlap(a: GridPlugin, b: GridPlugin): boolean | null {
  const [inA, inB] = [samplesInside(a), samplesInside(b)];
  let [countA, countB] = [0, 0];
  for (let i = 0; i < SAMPLES; i++) {
    if (inA[i] === 1 && inB[i] === 1) return true;
    countA += inA[i]!;
    countB += inB[i]!;
  }
  const [small, large] = countA <= countB ? [a, b] : [b, a];
  try {
    for (const shardKey of small.coverer(GLOBE).shardKeys) {
      const footprint = small.shardFootprint(shardKey);
      if (footprint.length > 0 && large.coverer(footprint).shardKeys.length > 0) return true;
    }
    return false;
  } catch (error) {
    if (isCodedError(error)) return null;
    throw error;
  }
}

/** 1 for each sample point that the grid has. Points of a Fibonacci lattice (González 2010, Math. Geosci. 42:49). */
function samplesInside(grid: GridPlugin): Uint8Array {
  const golden = (1 + Math.sqrt(5)) / 2;
  const lon = Float64Array.from({ length: SAMPLES }, (_none, i) => ((i / golden) % 1) * 360 - 180);
  const lat = Float64Array.from(
    { length: SAMPLES },
    (_none, i) => (Math.asin((2 * i + 1) / SAMPLES - 1) * 180) / Math.PI,
  );
  const keys = new BigUint64Array(SAMPLES);
  grid.shardsOf(lon, lat, keys);
  const inside = new Uint8Array(SAMPLES);
  keys.forEach((key, i) => (inside[i] = key === NO_ID ? 0 : 1));
  return inside;
}
