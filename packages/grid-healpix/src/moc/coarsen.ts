/** MOCs at a coarser resolution. */
import { assertOrder, MAX_ORDER } from "../kernels/face-cells.js";
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";
import { appendRange, createBoundaries, takeBoundaries } from "./boundaries.js";
import { droppedHigh, droppedLow, shiftedHigh, shiftedLow } from "./cell-ranges.js";
import type { Moc } from "./moc.js";

/**
 * The cells of an order that hold any cell of a MOC: a cover of it. A MOC of that order or a coarser one stays as it
 * is.
 * @throws RangeError if the order is out of range
 */
export function coarsenMoc(moc: Moc, order: number): Moc {
  assertOrder(order);
  if (order >= moc.order) return moc;
  const shift = 2 * (MAX_ORDER - order);
  const lanes = lanesOf(moc.ranges);
  const out = createBoundaries();
  for (let at = 0; at < lanes.length; at += 4) {
    const startLow = lanes[at + LOW]!;
    const startHigh = lanes[at + HIGH]!;
    const first = droppedLow(startLow, startHigh, shift);
    const firstHigh = droppedHigh(startHigh, shift);
    // One past the cell that holds the last id of the range.
    const lastLow = (lanes[at + 2 + LOW]! - 1) >>> 0;
    const lastHigh = lanes[at + 2 + HIGH]! - (lastLow === 0xffffffff ? 1 : 0);
    const stopLow = (droppedLow(lastLow, lastHigh, shift) + 1) >>> 0;
    const stopHigh = droppedHigh(lastHigh, shift) + (stopLow === 0 ? 1 : 0);
    appendRange(
      out,
      shiftedLow(first, shift),
      shiftedHigh(first, firstHigh, shift),
      shiftedLow(stopLow, shift),
      shiftedHigh(stopLow, stopHigh, shift),
    );
  }
  return { order, ranges: takeBoundaries(out) };
}
