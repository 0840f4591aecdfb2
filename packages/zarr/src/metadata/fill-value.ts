/** Fill values: how metadata spells them, and whether a chunk holds nothing else. */
import {
  integerRange,
  isFloat,
  isSpelledFillValue,
  type DType,
  type FillValue,
  type TypedArray,
} from "@zagg/core";
import { JsonFloat, type ExactJson } from "./exact-json.js";

/** Whether a dtype can hold a fill value: exactly for integers, after rounding to it for float32. */
export function holdsFillValue(dtype: DType, fillValue: FillValue): boolean {
  if (!isSpelledFillValue(fillValue)) return false;
  if (isFloat(dtype)) {
    if (typeof fillValue === "boolean") return false;
    const value = Number(fillValue);
    return dtype === "float64" || !Number.isFinite(value) || Number.isFinite(Math.fround(value));
  }
  if (typeof fillValue === "boolean") return dtype === "bool";
  const isWhole = typeof fillValue === "number" ? Number.isInteger(fillValue) : /^-?[0-9]+$/.test(fillValue);
  if (!isWhole) return false;
  const range = integerRange(dtype);
  return range !== undefined && BigInt(fillValue) >= range[0] && BigInt(fillValue) <= range[1];
}

/** What `fill_value` says in `zarr.json`: `"NaN"`, `-1.5`, `true`, 18446744073709551615. */
export function fillValueJson(dtype: DType, fillValue: FillValue): ExactJson {
  if (dtype === "bool") return Number(fillValue) !== 0;
  if (!isFloat(dtype)) return BigInt(fillValue);
  const value = asStored(dtype, fillValue);
  return Number.isFinite(value) ? new JsonFloat(value) : String(value);
}

/**
 * Whether every value is the fill value. Floats are compared bit by bit (0 and -0 differ) except that any NaN is NaN.
 * Empty input holds nothing else.
 */
export function holdsOnlyFill(dtype: DType, values: TypedArray, fillValue: FillValue): boolean {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    return holdsOnlyLanes(values, BigInt(fillValue));
  }
  const fill = asStored(dtype, fillValue);
  for (let at = 0; at < values.length; at++) {
    if (!Object.is(values[at], fill)) return false;
  }
  return true;
}

/** 64-bit integers by their halves, so that no bigint is made per value. */
function holdsOnlyLanes(values: BigInt64Array | BigUint64Array, fill: bigint): boolean {
  const lanes = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const low = Number(BigInt.asUintN(32, fill));
  const high = Number(BigInt.asUintN(32, fill >> 32n));
  for (let at = 0; at < lanes.length; at += 2) {
    if (lanes[at] !== low || lanes[at + 1] !== high) return false;
  }
  return true;
}

function asStored(dtype: DType, fillValue: FillValue): number {
  return dtype === "float32" ? Math.fround(Number(fillValue)) : Number(fillValue);
}
