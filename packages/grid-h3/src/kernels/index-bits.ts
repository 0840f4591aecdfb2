/**
 * The 64 bits of an H3 cell index, as two lanes of 32: mode 1 (bits 59–62), resolution (52–55), base cell (45–51) and
 * fifteen octal digits 0–6 from coarse to fine (bits 0–44), 7 where the cell has none.
 * https://h3geo.org/docs/core-library/h3Indexing
 */

const RES_SHIFT = 20;
const RES_MASK = 0xf << RES_SHIFT;

/** Value of the lane that follows the low one. */
export const LANE = 2 ** 32;

/** Bits of the digits finer than a resolution, all ones as an index of that resolution has them. */
export function unusedHigh(res: number): number {
  return Math.floor((8 ** (15 - res) - 1) / LANE);
}

export function unusedLow(res: number): number {
  return (8 ** (15 - res) - 1) % LANE;
}

/** High lane of the ancestor of a cell. */
export function ancestorHigh(high: number, res: number): number {
  return ((high & ~RES_MASK) | (res << RES_SHIFT) | unusedHigh(res)) >>> 0;
}

/** Low lane of the ancestor of a cell. */
export function ancestorLow(low: number, res: number): number {
  return (low | unusedLow(res)) >>> 0;
}

/** The digit of a resolution, 1..15. */
export function digitAt(high: number, low: number, res: number): number {
  const offset = 3 * (15 - res);
  if (offset >= 32) return (high >>> (offset - 32)) & 7;
  if (offset === 30) return ((low >>> 30) | (high << 2)) & 7;
  return (low >>> offset) & 7;
}

/** The high lane of an index in hexadecimal, whose leading zero is left out. */
export function highOfText(index: string): number {
  return parseInt(index.slice(0, -8), 16);
}

export function lowOfText(index: string): number {
  return parseInt(index.slice(-8), 16);
}
