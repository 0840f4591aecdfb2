/**
 * 64-bit integers as doubles, and what these lack to them. An integer is the sum of the two, exactly: the double is the nearest one,
 * and the rest lies between −1024 and 1024. Of two integers the one with the lesser double is less; of those with one double, the
 * one with the lesser rest.
 */
import { HIGH, LOW, lanesOf } from "./lanes.js";

/** Integers split into doubles and rests. */
export interface SplitIntegers {
  /** The nearest doubles. */
  readonly values: Float64Array;
  /** Parallel to `values`; null when no integer is beyond ±2^53, so that the doubles are the integers. */
  readonly rest: Int16Array | null;
}

/** 2^53 is 2^21 times 2^32. */
const HIGH_LIMIT = 2 ** 21;
const HIGH_STEP = 2 ** 32;

/** Largest magnitude up to which every integer is a double. */
export const EXACT_LIMIT = 2 ** 53;

/**
 * Splits integers, without a BigInt for each. The rest is the rounding error of a sum (Dekker 1971, "A floating-point technique for
 * extending the available precision", section 3: the greater summand comes first).
 */
export function splitIntegers(integers: BigInt64Array | BigUint64Array): SplitIntegers {
  const n = integers.length;
  const signed = integers instanceof BigInt64Array;
  const lanes = lanesOf(integers);
  const values = new Float64Array(n);
  let isBeyond = false;
  for (let i = 0; i < n; i++) {
    const low = lanes[2 * i + LOW]!;
    const bits = lanes[2 * i + HIGH]!;
    const high = signed ? bits | 0 : bits;
    values[i] = high * HIGH_STEP + low;
    if (high > HIGH_LIMIT || high < -HIGH_LIMIT || (high === HIGH_LIMIT && low > 0)) isBeyond = true;
  }
  return { values, rest: isBeyond ? restsOf(lanes, signed, values) : null };
}

function restsOf(lanes: Uint32Array, signed: boolean, values: Float64Array): Int16Array {
  const rest = new Int16Array(values.length);
  for (let i = 0; i < rest.length; i++) {
    const bits = lanes[2 * i + HIGH]!;
    const high = (signed ? bits | 0 : bits) * HIGH_STEP;
    rest[i] = lanes[2 * i + LOW]! - (values[i]! - high);
  }
  return rest;
}

/** The integer that a whole double and its rest are. */
export function joinInteger(value: number, rest: number): bigint {
  return BigInt(value) + BigInt(rest);
}

/** An integer of up to 64 bits as its nearest double and the rest. */
export function splitInteger(integer: bigint): readonly [value: number, rest: number] {
  const value = Number(integer);
  return [value, Number(integer - BigInt(value))];
}
