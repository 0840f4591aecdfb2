/** The low six bits of a morton word, and the errors of words. */
import { GridError } from "@zagg/core";

/** Order of a word whose low six bits are given; 29 for a point. */
export function orderOfSuffix(suffix: number): number {
  if (suffix < 28) return suffix;
  return suffix < 48 && (suffix - 28) % 5 === 0 ? 28 : 29;
}

/** The error for an integer that is no word. */
export function invalidWord(word: bigint): GridError {
  return new GridError("MORTON_INVALID", {
    what: `${word} is not a morton word`,
    why: "a word starts with a base cell, 1 to 12 in its highest four bits, and has no path below its order",
    mend: "check that the value was read as an unsigned 64-bit integer, without rounding to a double",
    details: { word: String(word) },
  });
}

/** The error for a word of another order than the one expected. */
export function orderMismatch(word: bigint, own: number, order: number): GridError {
  return new GridError("MORTON_ORDER", {
    what: `${word} is a morton word of order ${own}, not ${order}`,
    why: `words of order ${order} are expected here`,
    mend: own > order ? "coarsen the word first" : "take the children of the word first",
    details: { word: String(word), order: own, expected: order },
  });
}
