/**
 * Packed morton words of many cells: face + 1 in bits 63…60, a pair of bits per order from bit 59 down to bit 6, and in
 * the low six bits the order or, for orders 28 and 29 and for points, what is left of the path (layout: ../morton.ts).
 *
 * Works on 32-bit lanes. NO_ID stays NO_ID in every direction; word arrays may be written over their input.
 */
import { assertCellIds } from "./cell-index.js";
import { assertOrder } from "./face-cells.js";
import { HIGH, LOW, NO_ID_LANE, assertLengths, lanesOf } from "@zagg/core/internal";
import { invalidWord, orderMismatch, orderOfSuffix } from "./morton-suffix.js";

/** What face + 1 adds to the high lane, for each unit. */
const PREFIX_UNIT = 0x10000000;
const SUFFIX_MASK = 0x3f;

/**
 * Words of cells given by their nested ids.
 * @param nested 0..12 · 4^order − 1, or NO_ID
 * @param out    written in full; may be `nested` itself
 * @throws RangeError if lengths differ or the order is out of range; GridError `CELL_ID_RANGE` (nothing is written)
 */
export function mortonWordsFromNested(order: number, nested: BigUint64Array, out: BigUint64Array): void {
  assertOrder(order);
  assertLengths(out.length, nested.length);
  const from = lanesOf(nested);
  const to = lanesOf(out);
  assertCellIds(order, from);
  const shift = 60 - 2 * order;
  for (let pair = 0; pair < to.length; pair += 2) {
    const low = from[pair + LOW]!;
    const high = from[pair + HIGH]!;
    if (low === NO_ID_LANE && high === NO_ID_LANE) {
      to[pair] = to[pair + 1] = NO_ID_LANE;
      continue;
    }
    const body = shift >= 32 ? low << (shift - 32) : (high << shift) | (low >>> (32 - shift));
    const tail = shift >= 32 ? 0 : (low << shift) & ~SUFFIX_MASK;
    to[pair + LOW] = tail | suffixOf(order, low);
    to[pair + HIGH] = body + PREFIX_UNIT;
  }
}

/**
 * Nested ids of cells given by their words, which must all be of one order; points are cells of order 29.
 * @param out written in full; may be `words` itself
 * @throws RangeError if lengths differ or the order is out of range; GridError `MORTON_INVALID` for what is no word,
 *   `MORTON_ORDER` for a word of another order (nothing is written)
 */
export function nestedFromMortonWords(order: number, words: BigUint64Array, out: BigUint64Array): void {
  assertOrder(order);
  assertLengths(out.length, words.length);
  const from = lanesOf(words);
  const to = lanesOf(out);
  assertWords(from, order);
  const shift = 60 - 2 * order;
  for (let pair = 0; pair < to.length; pair += 2) {
    const low = from[pair + LOW]!;
    const high = from[pair + HIGH]!;
    if (low === NO_ID_LANE && high === NO_ID_LANE) {
      to[pair] = to[pair + 1] = NO_ID_LANE;
      continue;
    }
    const body = high - PREFIX_UNIT;
    const tail = pathLow(low);
    to[pair + LOW] = shift >= 32 ? body >>> (shift - 32) : (tail >>> shift) | (body << (32 - shift));
    to[pair + HIGH] = shift >= 32 ? 0 : body >>> shift;
  }
}

/**
 * Words of the cells of an order that hold the given cells; a word of that order or a coarser one stays as it is.
 * @param out written in full; may be `words` itself
 * @throws RangeError if lengths differ or the order is out of range; GridError `MORTON_INVALID` (nothing is written)
 */
export function coarsenMortonWords(order: number, words: BigUint64Array, out: BigUint64Array): void {
  assertOrder(order);
  assertLengths(out.length, words.length);
  const from = lanesOf(words);
  const to = lanesOf(out);
  assertWords(from);
  const shift = 60 - 2 * order;
  for (let pair = 0; pair < to.length; pair += 2) {
    const low = from[pair + LOW]!;
    const high = from[pair + HIGH]!;
    if (orderOfSuffix(low & SUFFIX_MASK) <= order || (low === NO_ID_LANE && high === NO_ID_LANE)) {
      to[pair + LOW] = low;
      to[pair + HIGH] = high;
    } else if (order === 28) {
      to[pair + LOW] = (low & ~SUFFIX_MASK) | (28 + 5 * ((pathLow(low) >>> 4) & 3));
      to[pair + HIGH] = high;
    } else {
      to[pair + LOW] = (shift >= 32 ? 0 : low & (-1 << shift)) | order;
      to[pair + HIGH] = shift >= 32 ? high & (-1 << (shift - 32)) : high;
    }
  }
}

/** Fills an array with consecutive integers, such as the nested ids of the cells of a shard. */
export function fillConsecutive(first: bigint, out: BigUint64Array): void {
  const lanes = lanesOf(out);
  let low = Number(first & 0xffffffffn);
  let high = Number(first >> 32n);
  for (let pair = 0; pair < lanes.length; pair += 2) {
    lanes[pair + LOW] = low;
    lanes[pair + HIGH] = high;
    if (++low > NO_ID_LANE) {
      low = 0;
      high++;
    }
  }
}

/** The low lane with the pairs of orders 28 and 29 in bits 5…4 and 3…2, where the path would go on. */
function pathLow(low: number): number {
  const suffix = low & SUFFIX_MASK;
  const body = low & ~SUFFIX_MASK;
  if (suffix < 28) return body;
  if (suffix >= 48) return body | ((suffix - 48) << 2);
  const of28 = Math.floor((suffix - 28) / 5);
  const of29 = Math.max(suffix - 29 - 5 * of28, 0);
  return body | (of28 << 4) | (of29 << 2);
}

function suffixOf(order: number, nestedLow: number): number {
  if (order < 28) return order;
  return order === 28 ? 28 + 5 * (nestedLow & 3) : 29 + 5 * ((nestedLow >>> 2) & 3) + (nestedLow & 3);
}

/** Checks that every word is one, and of the order if one is given; NO_ID passes. */
function assertWords(lanes: Uint32Array, order?: number): void {
  for (let pair = 0; pair < lanes.length; pair += 2) {
    const low = lanes[pair + LOW]!;
    const high = lanes[pair + HIGH]!;
    if (low === NO_ID_LANE && high === NO_ID_LANE) continue;
    const own = orderOfSuffix(low & SUFFIX_MASK);
    const face = (high >>> 28) - 1;
    if (face < 0 || face > 11 || strayBits(own, low, high) !== 0) {
      throw invalidWord((BigInt(high) << 32n) | BigInt(low));
    }
    if (order !== undefined && own !== order) {
      throw orderMismatch((BigInt(high) << 32n) | BigInt(low), own, order);
    }
  }
}

/** Bits set between a word's suffix and the end of its path. */
function strayBits(order: number, low: number, high: number): number {
  const shift = 60 - 2 * order;
  if (shift < 32) return low & ~SUFFIX_MASK & ~(-1 << shift);
  return (low & ~SUFFIX_MASK) | (high & (PREFIX_UNIT - 1) & ~(-1 << (shift - 32)));
}
