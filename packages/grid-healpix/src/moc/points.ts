/** Which points lie in a MOC. */
import { assignNested } from "../kernels/nested.js";
import { MAX_ORDER } from "../kernels/face-cells.js";
import { assertLengths, HIGH, LOW, NO_ID_LANE, lanesOf } from "@zagg/core/internal";
import type { LatitudeConvention } from "../latitude.js";
import type { Moc } from "./moc.js";

/** Points assigned at a time. */
const BLOCK = 4096;

/**
 * Writes 1 for each point in a cell of a MOC, and 0 for the others and for what is no place: a coordinate that is not
 * finite, or a latitude beyond ±90. A point on a side that two cells share is in the one that assignNested gives.
 * Cost: points times the logarithm of the ranges.
 * @param lonDeg   any finite longitude; length n
 * @param latDeg   geodetic; length n
 * @param latitude the convention that the MOC is in
 * @param out      written in full; length n
 * @returns how many points are in it
 * @throws RangeError if lengths differ (nothing is written)
 */
export function locateInMoc(
  moc: Moc,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  latitude: LatitudeConvention,
  out: Uint8Array,
): number {
  const n = out.length;
  assertLengths(n, lonDeg.length, latDeg.length);
  const bounds = lanesOf(moc.ranges);
  const ids = new BigUint64Array(Math.min(n, BLOCK));
  const lanes = lanesOf(ids);
  let inside = 0;
  for (let start = 0; start < n; start += BLOCK) {
    const stop = Math.min(start + BLOCK, n);
    assignNested(
      MAX_ORDER,
      lonDeg.subarray(start, stop),
      latDeg.subarray(start, stop),
      latitude,
      ids.subarray(0, stop - start),
    );
    for (let k = 0; k < stop - start; k++) {
      const low = lanes[2 * k + LOW]!;
      const high = lanes[2 * k + HIGH]!;
      const isPlace = low !== NO_ID_LANE || high !== NO_ID_LANE;
      const held = isPlace && boundsUpTo(bounds, low, high) % 2 === 1 ? 1 : 0;
      out[start + k] = held;
      inside += held;
    }
  }
  return inside;
}

/** How many bounds are at most an id: odd within a range. */
function boundsUpTo(bounds: Uint32Array, low: number, high: number): number {
  let from = 0;
  let to = bounds.length / 2;
  while (from < to) {
    const middle = (from + to) >> 1;
    const boundHigh = bounds[2 * middle + HIGH]!;
    const isUpTo = boundHigh < high || (boundHigh === high && bounds[2 * middle + LOW]! <= low);
    if (isUpTo) from = middle + 1;
    else to = middle;
  }
  return from;
}
