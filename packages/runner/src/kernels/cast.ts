/** Rounding of computed cells to the dtype of their stored array. */
import { integerRange, isFloat, type DType, type TypedArray } from "@zagg/core";

/** Casts values[from … from + count − 1] to out[to …]. @returns the first index of `values` that does not fit, or −1 */
type CastRange = (
  values: ArrayLike<number>,
  from: number,
  count: number,
  out: TypedArray,
  to: number,
) => number;

/**
 * Writes the cells that have rows in the dtype of `out`; cells without rows are left as they are. Floats round to
 * nearest; integers lose their fraction, as `astype` does in NumPy; bool is "not zero".
 * @param values `width` numbers per cell
 * @param offsets length cells + 1: a cell has rows when its two offsets differ
 * @param out typed as `dtype`; cells go to out[start] … out[start + cells · width − 1]
 * @returns the index in `values` of the first number that an integer dtype cannot hold (NaN, infinite, out of range), or −1
 */
export function castCells(
  dtype: DType,
  values: Float64Array,
  offsets: Int32Array,
  out: TypedArray,
  start: number,
  width = 1,
): number {
  const cast = castRangeOf(dtype);
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    if (offsets[cell] === offsets[cell + 1]) continue;
    const broken = cast(values, cell * width, width, out, start + cell * width);
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
  if (dtype === "int64") return wideCast(-(2 ** 63), 2 ** 63);
  if (dtype === "uint64") return wideCast(0, 2 ** 64);
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

/** The upper bounds of 64-bit integers are not doubles: compare with the power of two above them. */
function wideCast(low: number, above: number): CastRange {
  return (values, from, count, out, to) => {
    for (let i = 0; i < count; i++) {
      const value = Math.trunc(values[from + i]!);
      if (!(value >= low && value < above)) return from + i;
      (out as BigInt64Array)[to + i] = BigInt(value);
    }
    return -1;
  };
}
