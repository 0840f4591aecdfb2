/** Cells of one order as ranges of cells of order 29. */
import { MAX_ORDER } from "../kernels/face-cells.js";
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";

/**
 * Writes the first cell of order 29 of each cell, and one past its last.
 * @param ids    cells of the order
 * @param starts written from `first` on
 * @param stops  written from `first` on
 */
export function writeCellRanges(
  order: number,
  ids: BigUint64Array,
  starts: BigUint64Array,
  stops: BigUint64Array,
  first: number,
): void {
  const shift = 2 * (MAX_ORDER - order);
  const [from, start, stop] = [lanesOf(ids), lanesOf(starts), lanesOf(stops)];
  for (let at = 0, to = 2 * first; at < from.length; at += 2, to += 2) {
    const low = from[at + LOW]!;
    const high = from[at + HIGH]!;
    const nextLow = (low + 1) >>> 0;
    const nextHigh = nextLow === 0 ? high + 1 : high;
    start[to + LOW] = shiftedLow(low, shift);
    start[to + HIGH] = shiftedHigh(low, high, shift);
    stop[to + LOW] = shiftedLow(nextLow, shift);
    stop[to + HIGH] = shiftedHigh(nextLow, nextHigh, shift);
  }
}

/** Low lane of an integer times 2^shift, shift even and at most 58. */
export function shiftedLow(low: number, shift: number): number {
  return shift >= 32 ? 0 : (low << shift) >>> 0;
}

/** High lane of an integer times 2^shift. */
export function shiftedHigh(low: number, high: number, shift: number): number {
  if (shift === 0) return high;
  return (shift >= 32 ? low << (shift - 32) : (high << shift) | (low >>> (32 - shift))) >>> 0;
}

/** Low lane of an integer divided by 2^shift, rounded down. */
export function droppedLow(low: number, high: number, shift: number): number {
  if (shift === 0) return low;
  return (shift >= 32 ? high >>> (shift - 32) : (low >>> shift) | (high << (32 - shift))) >>> 0;
}

/** High lane of an integer divided by 2^shift. */
export function droppedHigh(high: number, shift: number): number {
  return shift >= 32 ? 0 : high >>> shift;
}
