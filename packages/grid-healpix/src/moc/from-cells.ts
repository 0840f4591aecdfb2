/** MOCs of cells of one order. */
import { NO_ID } from "@zagg/core";
import { assertCellIds } from "../kernels/cell-index.js";
import { assertOrder } from "../kernels/face-cells.js";
import { lanesOf } from "@zagg/core/internal";
import { writeCellRanges } from "./cell-ranges.js";
import { mergeRanges } from "./merge-ranges.js";
import type { Moc } from "./moc.js";

/**
 * The MOC of cells of one order, which may be in any order and repeated.
 * @param nested 0..12 · 4^order − 1; NO_ID is left out
 * @throws RangeError if the order is out of range; GridError `CELL_ID_RANGE`
 *
 * @example
 * mocFromNested(1, BigUint64Array.of(4n, 5n, 6n, 7n)); // the whole of face 1
 */
export function mocFromNested(order: number, nested: BigUint64Array): Moc {
  assertOrder(order);
  assertCellIds(order, lanesOf(nested));
  const ids = nested.includes(NO_ID) ? nested.filter((id) => id !== NO_ID) : nested;
  const starts = new BigUint64Array(ids.length);
  const stops = new BigUint64Array(ids.length);
  writeCellRanges(order, ids, starts, stops, 0);
  return { order, ranges: mergeRanges(starts, stops) };
}
