/** Rounding of computed cells to the dtype of their stored array. */
import { integerRange, isFloat, type DType, type TypedArray } from "@zagg/core";

/**
 * Writes the cells that have rows in the dtype of `out`; cells without rows are left as they are. Floats round to
 * nearest; integers lose their fraction, as `astype` does in NumPy; bool is "not zero".
 * @param values one value a cell
 * @param offsets length cells + 1: a cell has rows when its two offsets differ
 * @param out typed as `dtype`; cells go to out[start] … out[start + cells − 1]
 * @returns the first cell whose value an integer dtype cannot hold (NaN, infinite, out of range), or −1
 */
export function castCells(
  dtype: DType,
  values: Float64Array,
  offsets: Int32Array,
  out: TypedArray,
  start: number,
): number {
  if (isFloat(dtype)) return castFloats(values, offsets, out as Float64Array, start);
  if (dtype === "bool") return castBools(values, offsets, out as Uint8Array, start);
  if (dtype === "int64" || dtype === "uint64") {
    return castWide(dtype, values, offsets, out as BigInt64Array, start);
  }
  return castIntegers(dtype, values, offsets, out as Int32Array, start);
}

function castFloats(values: Float64Array, offsets: Int32Array, out: Float64Array, start: number): number {
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    if (offsets[cell] !== offsets[cell + 1]) out[start + cell] = values[cell] as number;
  }
  return -1;
}

function castBools(values: Float64Array, offsets: Int32Array, out: Uint8Array, start: number): number {
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    if (offsets[cell] === offsets[cell + 1]) continue;
    const value = values[cell] as number;
    if (Number.isNaN(value)) return cell;
    out[start + cell] = value === 0 ? 0 : 1;
  }
  return -1;
}

function castIntegers(
  dtype: DType,
  values: Float64Array,
  offsets: Int32Array,
  out: Int32Array,
  start: number,
): number {
  const [low, high] = (integerRange(dtype) ?? [0n, 0n]).map(Number) as [number, number];
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    if (offsets[cell] === offsets[cell + 1]) continue;
    const value = Math.trunc(values[cell] as number);
    if (!(value >= low && value <= high)) return cell;
    out[start + cell] = value;
  }
  return -1;
}

/** The upper bounds of 64-bit integers are not doubles: compare with the power of two above them. */
function castWide(
  dtype: "int64" | "uint64",
  values: Float64Array,
  offsets: Int32Array,
  out: BigInt64Array,
  start: number,
): number {
  const low = dtype === "int64" ? -(2 ** 63) : 0;
  const above = dtype === "int64" ? 2 ** 63 : 2 ** 64;
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    if (offsets[cell] === offsets[cell + 1]) continue;
    const value = Math.trunc(values[cell] as number);
    if (!(value >= low && value < above)) return cell;
    out[start + cell] = BigInt(value);
  }
  return -1;
}
