/**
 * Pairwise summation in binary64, in the fixed order that NumPy uses: eight running sums within a block of up to 128
 * terms, blocks joined as a binary tree. The error is at most about (log2(n / 128) + 20) · 2⁻⁵³ of the sum of |terms|.
 * Higham 1993, SIAM J. Sci. Comput. 14:783, section 3.
 */
import type { Column } from "@zagg/core";

const BLOCK = 128;
const LANES = 8;

/** Sum of `count` ≤ 128 terms made of the rows from `start`; what `second` and `centre` mean is the block's own. */
export type BlockSum = (
  values: Column,
  second: Column,
  centre: number,
  start: number,
  count: number,
) => number;

/** Sum of the block's terms over `count` rows from `start`; −0 for no rows. */
export function pairwise(
  block: BlockSum,
  values: Column,
  second: Column,
  centre: number,
  start: number,
  count: number,
): number {
  if (count <= BLOCK) return block(values, second, centre, start, count);
  let half = count >> 1;
  half -= half % LANES;
  return (
    pairwise(block, values, second, centre, start, half) +
    pairwise(block, values, second, centre, start + half, count - half)
  );
}

/** Terms: the values themselves. */
export const plainBlock: BlockSum = (values, _second, _centre, start, count) => {
  const stop = start + count;
  let row = start;
  let sum = -0;
  if (count >= LANES) {
    let r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0, r6 = 0, r7 = 0; // prettier-ignore
    for (const last = stop - (count % LANES); row < last; row += LANES) {
      r0 += values[row]!;
      r1 += values[row + 1]!;
      r2 += values[row + 2]!;
      r3 += values[row + 3]!;
      r4 += values[row + 4]!;
      r5 += values[row + 5]!;
      r6 += values[row + 6]!;
      r7 += values[row + 7]!;
    }
    sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
  }
  for (; row < stop; row++) sum += values[row]!;
  return sum;
};

/** Terms: squares of the deviations from `centre`. */
export const squaresBlock: BlockSum = (values, _second, centre, start, count) => {
  const stop = start + count;
  let row = start;
  let sum = 0;
  if (count >= LANES) {
    let r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0, r6 = 0, r7 = 0; // prettier-ignore
    for (const last = stop - (count % LANES); row < last; row += LANES) {
      const d0 = values[row]! - centre;
      const d1 = values[row + 1]! - centre;
      const d2 = values[row + 2]! - centre;
      const d3 = values[row + 3]! - centre;
      const d4 = values[row + 4]! - centre;
      const d5 = values[row + 5]! - centre;
      const d6 = values[row + 6]! - centre;
      const d7 = values[row + 7]! - centre;
      r0 += d0 * d0;
      r1 += d1 * d1;
      r2 += d2 * d2;
      r3 += d3 * d3;
      r4 += d4 * d4;
      r5 += d5 * d5;
      r6 += d6 * d6;
      r7 += d7 * d7;
    }
    sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
  }
  for (; row < stop; row++) {
    const deviation = values[row]! - centre;
    sum += deviation * deviation;
  }
  return sum;
};

/** Terms: the values times `second`. */
export const productsBlock: BlockSum = (values, second, _centre, start, count) => {
  const stop = start + count;
  let row = start;
  let sum = 0;
  if (count >= LANES) {
    let r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0, r6 = 0, r7 = 0; // prettier-ignore
    for (const last = stop - (count % LANES); row < last; row += LANES) {
      r0 += values[row]! * second[row]!;
      r1 += values[row + 1]! * second[row + 1]!;
      r2 += values[row + 2]! * second[row + 2]!;
      r3 += values[row + 3]! * second[row + 3]!;
      r4 += values[row + 4]! * second[row + 4]!;
      r5 += values[row + 5]! * second[row + 5]!;
      r6 += values[row + 6]! * second[row + 6]!;
      r7 += values[row + 7]! * second[row + 7]!;
    }
    sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
  }
  for (; row < stop; row++) sum += values[row]! * second[row]!;
  return sum;
};
