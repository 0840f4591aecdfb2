/** Elements of any form as numbers: what HDF5's conversion to native types gives. */
import type { FloatForm, IntegerForm } from "./number-form.js";

/** Arrays of at most 32 bits, and of doubles. */
export type Narrow =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** Mantissas up to here make an exact double without more ado. */
const NARROW_BITS = 52;

/**
 * Writes integers of at most 32 bits.
 * @param bytes elements in little-endian order, one after the other
 * @param out   n values from `at` on, of an array that holds the form
 */
export function convertIntegers(bytes: Uint8Array, type: IntegerForm, out: Narrow, at: number): void {
  const n = bytes.length / type.size;
  const half = type.signed ? 2 ** (type.bits - 1) : Infinity;
  const whole = 2 ** type.bits;
  for (let i = 0; i < n; i++) {
    const value = bitsAt(bytes, 8 * i * type.size + type.at, type.bits);
    out[at + i] = value >= half ? value - whole : value;
  }
}

/**
 * Writes integers of 33 to 64 bits as two's complement.
 * @param bytes elements in little-endian order, one after the other
 * @returns low and high 32 bits of each, unsigned; length 2n
 */
export function convertLanes(bytes: Uint8Array, type: IntegerForm): Uint32Array {
  const n = bytes.length / type.size;
  const lanes = new Uint32Array(2 * n);
  const highBits = type.bits - 32;
  const half = type.signed ? 2 ** (highBits - 1) : Infinity;
  const whole = 2 ** highBits;
  for (let i = 0; i < n; i++) {
    const from = 8 * i * type.size + type.at;
    const high = bitsAt(bytes, from + 32, highBits);
    lanes[2 * i] = bitsAt(bytes, from, 32);
    lanes[2 * i + 1] = high >= half ? high - whole : high;
  }
  return lanes;
}

/**
 * Writes floats: exactly, or as the nearest double, ties to even. Those beyond the range of doubles become infinite; an exponent of
 * ones is infinity or no number, whatever the type's bias.
 * @param bytes elements in little-endian order, one after the other
 * @param out   n values from `at` on
 */
export function convertFloats(bytes: Uint8Array, type: FloatForm, out: Narrow, at: number): void {
  const n = bytes.length / type.size;
  const { exponentBits, mantissaBits, bias, implied } = type;
  const ones = 2 ** exponentBits - 1;
  const leading = 2 ** mantissaBits;
  const isWide = mantissaBits > NARROW_BITS;
  for (let i = 0; i < n; i++) {
    const from = 8 * i * type.size;
    const exponent = bitsAt(bytes, from + type.exponentAt, exponentBits);
    const isNormal = implied && exponent > 0;
    const scale = exponent - bias - mantissaBits + (isNormal ? 0 : 1);
    let size: number;
    if (exponent === ones) size = isInfinite(bytes, from, type) ? Infinity : NaN;
    else if (isWide) size = wideFloat(bytes, from, type, isNormal, scale);
    else {
      const mantissa = longBitsAt(bytes, from + type.mantissaAt, mantissaBits);
      size = scaled(isNormal ? leading + mantissa : mantissa, scale);
    }
    out[at + i] = bitsAt(bytes, from + type.sign, 1) === 1 ? -size : size;
  }
}

/** Whether an exponent of ones means infinity: no bit of the mantissa is set, but for a leading one that is stored. */
function isInfinite(
  bytes: Uint8Array,
  from: number,
  { mantissaAt, mantissaBits, implied }: FloatForm,
): boolean {
  for (let bit = 0; bit < mantissaBits - (implied ? 0 : 1); bit++) {
    if (bitsAt(bytes, from + mantissaAt + bit, 1) === 1) return false;
  }
  return true;
}

/** Least power of two that a double holds, and how many bits it has. */
const LEAST = -1074;
const DIGITS = 53;

/** A float of more digits than a double, rounded once. Such floats are rare, and few. */
function wideFloat(
  bytes: Uint8Array,
  from: number,
  { mantissaAt, mantissaBits }: FloatForm,
  isNormal: boolean,
  scale: number,
): number {
  let mantissa = isNormal ? 1n : 0n;
  for (let left = mantissaBits; left > 0;) {
    const step = Math.min(32, left);
    left -= step;
    mantissa = (mantissa << BigInt(step)) | BigInt(bitsAt(bytes, from + mantissaAt + left, step));
  }
  const digits = mantissa === 0n ? 0 : mantissa.toString(2).length;
  const cut = Math.max(digits - DIGITS, LEAST - scale);
  if (cut <= 0) return scaled(Number(mantissa), scale);
  if (cut > digits + 1) return 0;
  const rest = BigInt.asUintN(cut, mantissa);
  const half = 1n << BigInt(cut - 1);
  const kept = mantissa >> BigInt(cut);
  const isUp = rest > half || (rest === half && (kept & 1n) === 1n);
  return scaled(Number(isUp ? kept + 1n : kept), scale + cut);
}

/** Beyond this many powers of two, a double of 53 digits is infinite or zero. */
const FAR = 2_200;
const STEP = 1000;

/** value · 2^power, rounded at most once. @param value an integer, at most 2^53 */
function scaled(value: number, power: number): number {
  let left = Math.min(Math.max(power, -FAR), FAR);
  let result = value;
  for (; left > STEP; left -= STEP) result *= 2 ** STEP;
  for (; left < -STEP; left += STEP) result *= 2 ** -STEP;
  return result * 2 ** left;
}

/** Up to 32 bits from a bit on, as an unsigned integer. */
function bitsAt(bytes: Uint8Array, bit: number, count: number): number {
  let byte = Math.floor(bit / 8);
  const skipped = bit % 8;
  let value = bytes[byte]! >>> skipped;
  for (let got = 8 - skipped; got < count; got += 8) value += bytes[++byte]! * 2 ** got;
  return value % 2 ** count;
}

/** Up to 53 bits from a bit on. */
function longBitsAt(bytes: Uint8Array, bit: number, count: number): number {
  if (count <= 32) return bitsAt(bytes, bit, count);
  return bitsAt(bytes, bit + 32, count - 32) * 2 ** 32 + bitsAt(bytes, bit, 32);
}

/** Turns big-endian elements round, in place. */
export function reverseElements(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
