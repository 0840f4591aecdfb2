/** Multi-order coverages: sets of cells of mixed orders, kept as ranges of cells of the finest order. */
import { GridError } from "@zagg/core";
import { assertOrder, MAX_ORDER } from "../kernels/face-cells.js";
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";
import { mergeRanges } from "./merge-ranges.js";

/**
 * A multi-order coverage: a set of cells. Immutable by agreement: nothing here writes to the ranges of a MOC, and
 * nobody else should.
 *
 * A MOC does not say under which latitude convention its cells were found, and no file of one does: keep that beside it.
 */
export interface Moc {
  /** The resolution, 0..29: no cell of the set is finer. It may be finer than all of them. */
  readonly order: number;
  /**
   * Nested ids of order 29: start and stop of each range, half-open, ascending, disjoint, and not even touching. Equal
   * sets have equal ranges.
   */
  readonly ranges: BigUint64Array;
}

/** One past the last cell of order 29. */
export const SKY_STOP = 12n << 58n;

/** The set of no cells. @throws RangeError if the order is out of range */
export function emptyMoc(order: number): Moc {
  assertOrder(order);
  return { order, ranges: new BigUint64Array(0) };
}

/** The set of all cells. @throws RangeError if the order is out of range */
export function fullMoc(order: number): Moc {
  assertOrder(order);
  return { order, ranges: BigUint64Array.of(0n, SKY_STOP) };
}

/**
 * A MOC of ranges of nested ids of order 29, in any order; they may overlap, and empty ones are left out.
 * @param order  the resolution; every start and stop is a multiple of 4^(29 − order)
 * @param ranges start and stop of each, half-open
 * @throws RangeError for an odd number of bounds or an order out of range; GridError `MOC_RANGE`
 */
export function mocFromRanges(order: number, ranges: BigUint64Array): Moc {
  assertOrder(order);
  const count = ranges.length / 2;
  if (!Number.isInteger(count))
    throw new RangeError(`${ranges.length} bounds, where starts and stops are due`);
  const starts = new BigUint64Array(count);
  const stops = new BigUint64Array(count);
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const start = ranges[2 * k]!;
    const stop = ranges[2 * k + 1]!;
    if (!isMocRange(order, start, stop)) throw invalidRange(k, start, stop, order);
    if (start === stop) continue;
    starts[kept] = start;
    stops[kept++] = stop;
  }
  return { order, ranges: mergeRanges(starts.subarray(0, kept), stops.subarray(0, kept)) };
}

/** Whether a range ascends within the sky and consists of whole cells of an order. */
export function isMocRange(order: number, start: bigint, stop: bigint): boolean {
  const within = (1n << BigInt(2 * (MAX_ORDER - order))) - 1n;
  return start <= stop && stop <= SKY_STOP && (start & within) === 0n && (stop & within) === 0n;
}

/** Whether two MOCs are the same set; their resolutions may differ. */
export function mocsEqual(a: Moc, b: Moc): boolean {
  const [lanesA, lanesB] = [lanesOf(a.ranges), lanesOf(b.ranges)];
  return lanesA.length === lanesB.length && lanesA.every((lane, i) => lane === lanesB[i]);
}

/** How many cells of its own order a MOC holds. */
export function mocCellCount(moc: Moc): bigint {
  return sizeAtFinest(moc) >> BigInt(2 * (MAX_ORDER - moc.order));
}

/** The part of the sphere that a MOC covers, 0..1: exact until it is rounded to a double. */
export function mocSkyFraction(moc: Moc): number {
  const size = sizeAtFinest(moc);
  return Number(size) / Number(SKY_STOP);
}

function sizeAtFinest({ ranges }: Moc): bigint {
  // Sums of lanes stay below 2^53 for a million ranges; then they are carried into the total.
  const lanes = lanesOf(ranges);
  let total = 0n;
  for (let from = 0; from < lanes.length; from += 2 ** 22) {
    let low = 0;
    let high = 0;
    for (let at = from; at < Math.min(lanes.length, from + 2 ** 22); at += 4) {
      low += lanes[at + 2 + LOW]! - lanes[at + LOW]!;
      high += lanes[at + 2 + HIGH]! - lanes[at + HIGH]!;
    }
    total += (BigInt(high) << 32n) + BigInt(low);
  }
  return total;
}

function invalidRange(index: number, start: bigint, stop: bigint, order: number): GridError {
  return new GridError("MOC_RANGE", {
    what: `range ${index} of a MOC of order ${order} is from ${start} to ${stop}`,
    why: `ranges ascend within 0 to ${SKY_STOP}, and start and stop at cells of the order: at multiples of 4^${MAX_ORDER - order}`,
    mend: "give nested ids of order 29, the stop one past the last cell, and the order of the finest cells",
    details: { index, start: String(start), stop: String(stop), order },
  });
}
