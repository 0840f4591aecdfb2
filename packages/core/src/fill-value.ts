/** Fill values: what an empty cell holds, in a spelling that JSON can carry. */
import type { DType } from "./dtype.js";

/**
 * What an empty cell holds, spelled as Zarr's metadata spells it wherever JSON allows: a number; `NaN`, `Infinity`,
 * `-Infinity` and `-0` as text, since JSON has none of them; an integer beyond ±2^53 as its decimal text; of bool `true`
 * or `false`. A number that JSON cannot hold is no fill value.
 */
export type FillValue = number | boolean | "NaN" | "Infinity" | "-Infinity" | "-0" | `${bigint}`;

/** The spelling of a value: of equal values always the same, and JSON gives it back as it is. */
export function spellFillValue(value: number | bigint | boolean): FillValue {
  if (typeof value === "boolean") return value;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : `${value}`;
  }
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : (String(value) as "NaN" | "Infinity" | "-Infinity");
}

/**
 * The value that a spelling means, as an element of a typed array of the dtype: a bigint for 64-bit integers, 0 or 1 for
 * bool, else a number, not yet rounded to float32.
 * @throws SyntaxError, RangeError when a 64-bit integer is spelled as something else
 */
export function fillElement(dtype: DType, fillValue: FillValue): number | bigint {
  return dtype === "int64" || dtype === "uint64" ? BigInt(fillValue) : Number(fillValue);
}

/** Whether JSON text gives the spelling back as it is. */
export function isSpelledFillValue(value: unknown): value is FillValue {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value === "string") return /^(?:NaN|-?Infinity|-0|0|-?[1-9][0-9]*)$/.test(value);
  return typeof value === "boolean";
}
