/**
 * Points to H3 cells, by H3's own projection, and to positions in a shard.
 *
 * Arrays of points have one length n. Coordinates are degrees, any finite longitude; a point is invalid when a
 * coordinate is not finite or its latitude is not within [-90, 90], which is never an error here. H3 takes geodetic
 * latitudes as if they were spherical.
 */
import { ancestorHigh, ancestorLow, digitAt } from "./index-bits.js";
import { HIGH, LOW, NO_ID_LANE, assertLengths, lanesOf } from "@zagg/core/internal";
import { createRecentCell, findCell } from "./recent-cell.js";

const RADIANS = Math.PI / 180;

/** A shard as the hot path sees it. */
export interface LocatableShard {
  /** Lanes of its index. */
  readonly high: number;
  readonly low: number;
  readonly parentRes: number;
  readonly childRes: number;
  /** Unit vector of its centre, and the least cosine that a point of one of its cells has to it. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly leastCosine: number;
}

/**
 * H3 id of the cell of each point.
 * @param res 0..15
 * @param out written in full; NO_ID for an invalid point
 * @throws RangeError if lengths differ or the resolution is out of range (nothing is written)
 */
export function assignH3(res: number, lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array): void {
  if (!(Number.isInteger(res) && res >= 0 && res <= 15)) {
    throw new RangeError(`resolution ${res} is not a whole number from 0 to 15`);
  }
  assertLengths(out.length, lonDeg.length, latDeg.length);
  const lanes = lanesOf(out);
  const recent = createRecentCell(res);
  for (let i = 0; i < out.length; i++) {
    const lon = lonDeg[i]!;
    const lat = latDeg[i]!;
    if (isPlace(lon, lat)) {
      const lonRad = (lon % 360) * RADIANS;
      const latRad = lat * RADIANS;
      const radius = Math.cos(latRad);
      findCell(recent, lon, lat, radius * Math.cos(lonRad), radius * Math.sin(lonRad), Math.sin(latRad));
      lanes[2 * i + HIGH] = recent.high;
      lanes[2 * i + LOW] = recent.low;
    } else {
      lanes[2 * i + HIGH] = NO_ID_LANE;
      lanes[2 * i + LOW] = NO_ID_LANE;
    }
  }
}

/** Replaces each cell by its ancestor; NO_ID stays. */
export function coarsenToShards(parentRes: number, ids: BigUint64Array): void {
  const lanes = lanesOf(ids);
  for (let i = 0; i < ids.length; i++) {
    const high = lanes[2 * i + HIGH]!;
    if (high === NO_ID_LANE) continue;
    lanes[2 * i + HIGH] = ancestorHigh(high, parentRes);
    lanes[2 * i + LOW] = ancestorLow(lanes[2 * i + LOW]!, parentRes);
  }
}

/**
 * Position of each point among the cells of one shard: the base-7 number of the digits below the shard.
 * Points away from the shard, and those well inside the cell of the point before, skip H3's projection.
 * @param out written in full; -1 for an invalid point and for one outside the shard
 * @returns how many points are inside
 */
export function locateInShard(
  shard: LocatableShard,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  out: Int32Array,
): number {
  assertLengths(out.length, lonDeg.length, latDeg.length);
  const { high: shardHigh, low: shardLow, parentRes, childRes, x, y, z, leastCosine } = shard;
  const recent = createRecentCell(childRes);
  let inside = 0;
  for (let i = 0; i < out.length; i++) {
    const lon = lonDeg[i]!;
    const lat = latDeg[i]!;
    out[i] = -1;
    if (!isPlace(lon, lat)) continue;
    const lonRad = (lon % 360) * RADIANS;
    const latRad = lat * RADIANS;
    const radius = Math.cos(latRad);
    const px = radius * Math.cos(lonRad);
    const py = radius * Math.sin(lonRad);
    const pz = Math.sin(latRad);
    if (px * x + py * y + pz * z < leastCosine) continue;
    findCell(recent, lon, lat, px, py, pz);
    const { high, low } = recent;
    if (ancestorHigh(high, parentRes) !== shardHigh || ancestorLow(low, parentRes) !== shardLow) continue;
    let position = 0;
    for (let res = parentRes + 1; res <= childRes; res++) position = 7 * position + digitAt(high, low, res);
    out[i] = position;
    inside++;
  }
  return inside;
}

function isPlace(lon: number, lat: number): boolean {
  return Number.isFinite(lon) && Math.abs(lat) <= 90;
}
