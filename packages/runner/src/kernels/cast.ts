/** Rounding of computed cells to the dtype of their stored array. */
import { integerRange, isFloat, joinInteger, type DType, type TypedArray } from "@zagg/core";

/** Computed numbers, and what these lack to 64-bit integers, which only fields of such integers have. */
export interface ComputedNumbers {
  readonly values: Float64Array;
  readonly rest?: Int16Array | undefined;
}

/** Casts values[from … from + count − 1] to out[to …]. @returns the first index of `values` that does not fit, or −1 */
type CastRange = (
  values: ArrayLike<number>,
  from: number,
  count: number,
  out: TypedArray,
  to: number,
  rest?: Int16Array,
) => number;

/**
 * Writes the cells that have rows in the dtype of `out`; cells without rows are left as they are. Floats round to
 * nearest; integers lose their fraction, as `astype` does in NumPy; bool is "not zero".
 * @param computed `width` numbers per cell
 * @param offsets length cells + 1: a cell has rows when its two offsets differ
 * @param out typed as `dtype`; cells go to out[start] … out[start + cells · width − 1]
 * @returns the index of the first number that an integer dtype cannot hold (NaN, infinite, out of range), or −1
 */
export function castCells(
  dtype: DType,
  { values, rest }: ComputedNumbers,
  offsets: Int32Array,
  out: TypedArray,
  start: number,
  width = 1,
): number {
  const cast = castRangeOf(dtype);
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    if (offsets[cell] === offsets[cell + 1]) continue;
    const broken = cast(values, cell * width, width, out, start + cell * width, rest);
    if (broken >= 0) return broken;
  }
  return -1;
}

/** Casts numbers one for one. @returns the index of the first that does not fit, or −1 */
export function castAll(dtype: DType, values: ArrayLike<number>, out: TypedArray, start: number): number {
  return castRangeOf(dtype)(values, 0, values.length, out, start);
}

function castRangeOf(dtype: DType): CastRange {
  if (isFloat(dtype)) return castFloats;
  if (dtype === "bool") return castBools;
  if (dtype === "int64" || dtype === "uint64") return wideCast(dtype);
  const [low, high] = (integerRange(dtype) ?? [0n, 0n]).map(Number) as [number, number];
  return (values, from, count, out, to) => {
    for (let i = 0; i < count; i++) {
      const value = Math.trunc(values[from + i]!);
      if (!(value >= low && value <= high)) return from + i;
      out[to + i] = value;
    }
    return -1;
  };
}

const castFloats: CastRange = (values, from, count, out, to) => {
  for (let i = 0; i < count; i++) out[to + i] = values[from + i]!;
  return -1;
};

const castBools: CastRange = (values, from, count, out, to) => {
  for (let i = 0; i < count; i++) {
    const value = values[from + i]!;
    if (Number.isNaN(value)) return from + i;
    out[to + i] = value === 0 ? 0 : 1;
  }
  return -1;
};

/** The upper bounds of 64-bit integers are not doubles: doubles compare with the power of two above them. */
function wideCast(dtype: "int64" | "uint64"): CastRange {
  const [least, most] = integerRange(dtype)!;
  const [low, above] = [Number(least), Number(most + 1n)];
  return (values, from, count, out, to, rest) => {
    const integers = out as BigInt64Array;
    for (let i = from; i < from + count; i++) {
      const value = Math.trunc(values[i]!);
      const lacks = rest === undefined ? 0 : rest[i]!;
      if (lacks === 0) {
        if (!(value >= low && value < above)) return i;
        integers[to + i - from] = BigInt(value);
        continue;
      }
      if (!Number.isFinite(value)) return i;
      const integer = joinInteger(value, lacks);
      if (integer < least || integer > most) return i;
      integers[to + i - from] = integer;
    }
    return -1;
  };
}

/** A number in its digits, those that doubles lack included. */
export function shownNumber({ values, rest }: ComputedNumbers, i: number): string {
  const lacks = rest?.[i] ?? 0;
  return lacks === 0 ? String(values[i]) : String(joinInteger(values[i]!, lacks));
}
