/** The cells of a shard in canonical order: position = the base-7 number of the digits below the shard. */
import { isPentagon } from "h3-js";
import { LANE, ancestorHigh, highOfText, lowOfText, unusedHigh, unusedLow } from "./index-bits.js";
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";

/**
 * Ids of the descendants of a cell, ascending; a pentagon has none whose first digit other than 0 is 1 (the deleted
 * K axis), and those positions get `hole`.
 * @param index a valid cell
 * @param res   resolution of `index`
 * @param finer resolution of the descendants, at most nine more
 */
export function descendants(index: string, res: number, finer: number, hole: bigint): BigUint64Array {
  const depth = finer - res;
  const ids = new BigUint64Array(7 ** depth);
  const lanes = lanesOf(ids);
  const shift = 8 ** (15 - finer);
  const high = ancestorHigh(highOfText(index), finer) - unusedHigh(res) + unusedHigh(finer);
  const low = lowOfText(index) - unusedLow(res) + unusedLow(finer);
  for (let position = 0, octal = 0; position < ids.length; position++, octal = nextDigits(octal)) {
    const digits = octal * shift;
    lanes[2 * position + HIGH] = high + Math.floor(digits / LANE);
    lanes[2 * position + LOW] = low + (digits % LANE);
  }
  if (isPentagon(index)) for (let k = 0; k < depth; k++) ids.fill(hole, 7 ** k, 2 * 7 ** k);
  return ids;
}

/** The octal number after one whose digits are 0–6. */
function nextDigits(octal: number): number {
  let next = octal + 1;
  for (let digit = 0; ((next >>> digit) & 7) === 7; digit += 3) next += 1 << digit;
  return next;
}
