/**
 * Morton words of single cells: a cell of any order as one unsigned 64-bit integer, as mortie and zagg pack it.
 *
 * | bits | |
 * |---|---|
 * | 63…60 | face + 1, so 1..12; a word of zeros means "none" |
 * | 59…6 | the path, two bits per order from order 1 down to order 27; zeros below the order |
 * | 5…0 | 0..27: that order. 28..47: order 28 or 29, as 28 + 5·t28 or 29 + 5·t28 + t29. 48..63: a point, as 48 + 4·t28 + t29 |
 *
 * Sorted as unsigned integers, words are in nested order, parents before their children. For many words at once see
 * ./kernels/morton-words.ts.
 */
import { GridError, NO_ID } from "@zagg/core";

import { MAX_ORDER, assertOrder } from "./kernels/face-cells.js";
import { assertCellId } from "./kernels/cell-index.js";
import {
  coarsenMortonWords,
  fillConsecutive,
  mortonWordsFromNested,
  nestedFromMortonWords,
} from "./kernels/morton-words.js";
import { invalidWord, orderMismatch, orderOfSuffix } from "./kernels/morton-suffix.js";

/** A cell by its order and nested id. */
export interface NestedCell {
  readonly order: number;
  readonly nested: bigint;
}

/** Word of a cell. @throws GridError `CELL_ID_RANGE`; RangeError if the order is out of range */
export function mortonFromNested(order: number, nested: bigint): bigint {
  assertCellId(order, nested);
  const cell = BigUint64Array.of(nested);
  mortonWordsFromNested(order, cell, cell);
  return cell[0]!;
}

/** Cell of a word; a point is the order-29 cell that holds it. @throws GridError `MORTON_INVALID` */
export function nestedFromMorton(word: bigint): NestedCell {
  const order = mortonOrder(word);
  const cell = BigUint64Array.of(word);
  nestedFromMortonWords(order, cell, cell);
  return { order, nested: cell[0]! };
}

/** Order of a word, 29 for a point. @throws GridError `MORTON_INVALID` */
export function mortonOrder(word: bigint): number {
  assertMorton(word);
  return orderOfSuffix(Number(word & 63n));
}

/** Whether a word is a point: a place without an area, finer than any cell. @throws GridError `MORTON_INVALID` */
export function isMortonPoint(word: bigint): boolean {
  assertMorton(word);
  return (word & 63n) >= 48n;
}

/**
 * Word of the cell of an order that holds a cell or point; the word itself when it is of that order or coarser.
 * @throws GridError `MORTON_INVALID`; RangeError if the order is out of range
 */
export function coarsenMorton(order: number, word: bigint): bigint {
  assertMorton(word);
  const cell = BigUint64Array.of(word);
  coarsenMortonWords(order, cell, cell);
  return cell[0]!;
}

/**
 * Words of a cell's descendants at an order, ascending; there are 4^(order − own order) of them, eight bytes each.
 * @throws GridError `MORTON_INVALID`, `MORTON_ORDER` when the cell is finer than the order; RangeError if the order is
 *   out of range, or when there is no memory for as many
 */
export function mortonChildren(order: number, word: bigint): BigUint64Array {
  assertOrder(order);
  const cell = nestedFromMorton(word);
  if (cell.order > order) throw orderMismatch(word, cell.order, order);
  if (isMortonPoint(word)) return BigUint64Array.of(word);
  const children = new BigUint64Array(4 ** (order - cell.order));
  fillConsecutive(cell.nested << BigInt(2 * (order - cell.order)), children);
  mortonWordsFromNested(order, children, children);
  return children;
}

/**
 * Decimal form of a word: a sign and a digit for the face, then a digit 1..4 an order; `p` ends that of a point.
 * @throws GridError `MORTON_INVALID`
 *
 * @example
 * formatMorton(11530143033882312713n); // "-4111114214"
 */
export function formatMorton(word: bigint): string {
  const { order, nested } = nestedFromMorton(word);
  const face = Number(nested >> BigInt(2 * order));
  let digits = "";
  for (let level = order - 1; level >= 0; level--) digits += Number((nested >> BigInt(2 * level)) & 3n) + 1;
  return `${face < 6 ? face + 1 : -(face - 5)}${digits}${isMortonPoint(word) ? "p" : ""}`;
}

/**
 * Word of a decimal form; the inverse of {@link formatMorton}.
 * @throws GridError `MORTON_INVALID`
 */
export function parseMorton(text: string): bigint {
  const match = /^(-?)([1-6])([1-4]{0,29})(p?)$/.exec(text);
  const digits = match?.[3] ?? "";
  const point = match?.[4] === "p";
  if (match === null || (point && digits.length < MAX_ORDER)) {
    throw new GridError("MORTON_INVALID", {
      what: `"${text}" is not the decimal form of a morton word`,
      why: "the form is an optional minus, a digit 1 to 6, then up to 29 digits 1 to 4, and a p after 29 digits of a point",
      mend: "write it as in -4111114214, or give the integer word where one is expected",
      details: { text },
    });
  }
  let nested = BigInt(Number(match[2]) - 1 + (match[1] === "-" ? 6 : 0));
  for (const digit of digits) nested = nested * 4n + BigInt(digit) - 1n;
  const word = mortonFromNested(digits.length, nested);
  return point ? (word & ~63n) | (48n + (nested & 15n)) : word;
}

function assertMorton(word: bigint): void {
  if (word < 0n || word >= NO_ID) throw invalidWord(word);
  const cell = BigUint64Array.of(word);
  nestedFromMortonWords(orderOfSuffix(Number(word & 63n)), cell, cell);
}
