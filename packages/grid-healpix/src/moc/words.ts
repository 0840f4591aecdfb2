/** Morton words of mixed orders and MOCs, in each other's form. */
import { NO_ID } from "@zagg/core";
import { MAX_ORDER } from "../kernels/face-cells.js";
import { LOW, lanesOf } from "@zagg/core/internal";
import { orderOfSuffix } from "../kernels/morton-suffix.js";
import { mortonWordsFromNested, nestedFromMortonWords } from "../kernels/morton-words.js";
import { mocLevels, nestedFromMoc } from "./cells.js";
import { writeCellRanges } from "./cell-ranges.js";
import { mergeRanges } from "./merge-ranges.js";
import type { Moc } from "./moc.js";

/**
 * The MOC of packed words of any orders, such as the keys of a shard map; its order is that of the finest word. Words
 * may be in any order, repeated, and within one another; a point is the cell of order 29 that holds it.
 * @param words NO_ID is left out
 * @throws GridError `MORTON_INVALID`
 *
 * @example
 * mocFromMortonWords(grid.coverer(region).shardKeys); // the area of some shards
 */
export function mocFromMortonWords(words: BigUint64Array): Moc {
  const lanes = lanesOf(words);
  const counts = new Uint32Array(MAX_ORDER + 1);
  const orderAt = (k: number): number => orderOfSuffix(lanes[2 * k + LOW]! & 63);
  for (let k = 0; k < words.length; k++) counts[orderAt(k)]!++;
  const byOrder = Array.from(counts, (count) => new BigUint64Array(count));
  const lanesByOrder = byOrder.map(lanesOf);
  counts.fill(0);
  for (let k = 0; k < words.length; k++) {
    const order = orderAt(k);
    const to = lanesByOrder[order]!;
    const at = 2 * counts[order]!++;
    to[at] = lanes[2 * k]!;
    to[at + 1] = lanes[2 * k + 1]!;
  }
  const starts = new BigUint64Array(words.length);
  const stops = new BigUint64Array(words.length);
  let filled = 0;
  let finest = 0;
  byOrder.forEach((ofOrder, order) => {
    nestedFromMortonWords(order, ofOrder, ofOrder);
    const ids = ofOrder.includes(NO_ID) ? ofOrder.filter((id) => id !== NO_ID) : ofOrder;
    if (ids.length === 0) return;
    writeCellRanges(order, ids, starts, stops, filled);
    filled += ids.length;
    finest = order;
  });
  return { order: finest, ranges: mergeRanges(starts.subarray(0, filled), stops.subarray(0, filled)) };
}

/** Words of the fewest cells that make up a MOC, ascending as unsigned integers. */
export function mortonWordsFromMoc(moc: Moc): BigUint64Array {
  const levels = mocLevels(moc);
  const words = new BigUint64Array(levels.reduce((count, { nested }) => count + nested.length, 0));
  let filled = 0;
  for (const { order, nested } of levels) {
    mortonWordsFromNested(order, nested, words.subarray(filled, (filled += nested.length)));
  }
  return words.sort();
}

/**
 * Words of all cells of one order that have a part in a MOC, ascending as unsigned integers: coarser cells are divided,
 * finer ones replaced by the cell that holds them.
 * @throws GeometryError `GRID_COVERAGE_LIMIT` for more than 50 million; RangeError if the order is out of range
 */
export function flatMortonWords(moc: Moc, order: number): BigUint64Array {
  const words = nestedFromMoc(moc, order);
  mortonWordsFromNested(order, words, words);
  return words;
}
