/**
 * Points to cells in the nested numbering (Górski et al. 2005, section 4.1), and to positions in a shard.
 *
 * Arrays of points have one length n. Coordinates are degrees, any finite longitude; a point is invalid when a
 * coordinate is not finite or its geodetic latitude is not within [-90, 90], which is never an error here.
 */
import type { LatitudeConvention } from "../latitude.js";
import { spreadBits, writeNestedIds } from "./cell-index.js";
import { assertOrder, faceCellsOfPoints } from "./face-cells.js";
import { assertLengths, lanesOf } from "@zagg/core/internal";
import { mortonWordsFromNested } from "./morton-words.js";

/** Points projected at a time: three scratch arrays of it stay in the nearest cache. */
const BLOCK = 1024;

/** Largest difference of orders for which a position in a shard fits an Int32Array. */
const MAX_ORDERS_APART = 15;

/**
 * Nested cell id of each point.
 * @param order 0..29
 * @param out   written in full; NO_ID for an invalid point
 * @throws RangeError if lengths differ or the order is out of range (nothing is written)
 */
export function assignNested(
  order: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  latitude: LatitudeConvention,
  out: BigUint64Array,
): void {
  const n = out.length;
  assertOrder(order);
  assertLengths(n, lonDeg.length, latDeg.length);
  const lanes = lanesOf(out);
  const face = new Int32Array(BLOCK);
  const ix = new Int32Array(BLOCK);
  const iy = new Int32Array(BLOCK);
  for (let start = 0; start < n; start += BLOCK) {
    const stop = Math.min(start + BLOCK, n);
    faceCellsOfPoints(order, lonDeg, latDeg, start, stop, latitude, face, ix, iy);
    writeNestedIds(order, face, ix, iy, stop - start, lanes, start);
  }
}

/**
 * Morton word of each point's cell of the parent order: its shard key.
 * @param out written in full; NO_ID for an invalid point
 * @throws RangeError if lengths differ or the order is out of range (nothing is written)
 */
export function shardKeysOf(
  parentOrder: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  latitude: LatitudeConvention,
  out: BigUint64Array,
): void {
  assignNested(parentOrder, lonDeg, latDeg, latitude, out);
  mortonWordsFromNested(parentOrder, out, out);
}

/**
 * Position of each point among the cells of one shard, in nested order: its nested id less the shard's first.
 * @param order       order of the cells, 0..29
 * @param parentOrder order of the shard, at least order − 15
 * @param shardFace   face of the shard, 0..11
 * @param shardIx     place of the shard in its face, 0..2^parentOrder − 1
 * @param shardIy     as shardIx
 * @param out         written in full; -1 for an invalid point and for one outside the shard
 * @returns how many points are inside
 * @throws RangeError if lengths differ or an order is out of range (nothing is written)
 */
export function locateInShard(
  order: number,
  parentOrder: number,
  shardFace: number,
  shardIx: number,
  shardIy: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  latitude: LatitudeConvention,
  out: Int32Array,
): number {
  const n = out.length;
  assertOrder(order);
  assertOrder(parentOrder);
  const apart = order - parentOrder;
  if (apart < 0 || apart > MAX_ORDERS_APART) {
    throw new RangeError(
      `cells of order ${order} in a shard of order ${parentOrder}: 0 to ${MAX_ORDERS_APART} apart`,
    );
  }
  assertLengths(n, lonDeg.length, latDeg.length);
  const mask = (1 << apart) - 1;
  const face = new Int32Array(BLOCK);
  const ix = new Int32Array(BLOCK);
  const iy = new Int32Array(BLOCK);
  let inside = 0;
  for (let start = 0; start < n; start += BLOCK) {
    const stop = Math.min(start + BLOCK, n);
    faceCellsOfPoints(order, lonDeg, latDeg, start, stop, latitude, face, ix, iy);
    for (let k = 0; k < stop - start; k++) {
      const x = ix[k]!;
      const y = iy[k]!;
      if (face[k] === shardFace && x >> apart === shardIx && y >> apart === shardIy) {
        out[start + k] = spreadBits(x & mask) | (spreadBits(y & mask) << 1);
        inside++;
      } else {
        out[start + k] = -1;
      }
    }
  }
  return inside;
}
