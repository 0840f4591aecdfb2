/** 64-bit integers as doubles, without BigInt. */

/** 2^53 is 2^21 times 2^32. */
const HIGH_LIMIT = 2 ** 21;
const HIGH_STEP = 2 ** 32;

/** A fill value in lanes, and as what it is read. */
export interface Fill64 {
  /** Lower 32 bits, unsigned; −1 when there is no fill value. */
  readonly low: number;
  /** Upper 32 bits, unsigned. */
  readonly high: number;
  /** The nearest double. */
  readonly value: number;
}

export const NO_FILL: Fill64 = { low: -1, high: -1, value: 0 };

/** The lanes of a fill value. It need not be exact as a double: nothing else beyond 2^53 is ever read. */
export function fill64(fill: bigint): Fill64 {
  const bits = BigInt.asUintN(64, fill);
  return { low: Number(bits & 0xffff_ffffn), high: Number(bits >> 32n), value: Number(fill) };
}

/**
 * Writes 64-bit integers as doubles, each exact, or the fill value.
 * @param lanes  low and high 32 bits of each integer, unsigned; length 2n
 * @param signed whether the high lane holds a sign (two's complement)
 * @param out    n values from `at` on; written up to the first value that does not fit
 * @returns the index of the first integer that is beyond ±2^53 and not the fill value; −1 when there is none
 */
export function widen64(
  lanes: Uint32Array,
  signed: boolean,
  fill: Fill64,
  out: Float64Array,
  at: number,
): number {
  const n = lanes.length / 2;
  const { low: fillLow, high: fillHigh, value: fillValue } = fill;
  for (let i = 0; i < n; i++) {
    const low = lanes[2 * i]!;
    const bits = lanes[2 * i + 1]!;
    const high = signed ? bits | 0 : bits;
    if (low === fillLow && bits === fillHigh) out[at + i] = fillValue;
    else if (high > HIGH_LIMIT || high < -HIGH_LIMIT || (high === HIGH_LIMIT && low > 0)) return i;
    else out[at + i] = high * HIGH_STEP + low;
  }
  return -1;
}

/** As {@link widen64}, with any number of fill values. */
export function widenAll64(
  lanes: Uint32Array,
  signed: boolean,
  fills: readonly Fill64[],
  out: Float64Array,
  at: number,
): number {
  const [first = NO_FILL, ...others] = fills;
  for (let from = 0; ;) {
    const bad = widen64(from === 0 ? lanes : lanes.subarray(2 * from), signed, first, out, at + from);
    if (bad < 0) return -1;
    const row = from + bad;
    const fill = others.find(({ low, high }) => lanes[2 * row] === low && lanes[2 * row + 1] === high);
    if (fill === undefined) return row;
    out[at + row] = fill.value;
    from = row + 1;
  }
}
