/** From 64-bit integers that are stored, and were read as they are, to values. */
import type { Column, WideColumn } from "../dtype.js";
import { splitInteger, splitIntegers } from "../exact-integers.js";
import type { DatasetInfo } from "../reader.js";
import type { DecodingPolicy } from "./decoding.js";
import { unpack } from "./unpack.js";

/** Numbers of rows. */
export interface NumberColumn {
  readonly values: Column;
  /** What the doubles in `values` lack to 64-bit integers; null when no integer is beyond ±2^53, and for what is none. */
  readonly rest: Int16Array | null;
  /** Whether they are 64-bit integers that were read as they are. */
  readonly isWide: boolean;
}

/** As `Decoding` does with other columns. */
export interface WideDecoding {
  /** Whether a number of `values` is missing. @param rest what it lacks to an integer */
  isMissing(value: number, rest: number): boolean;
  values(stored: WideColumn): NumberColumn;
  masked(stored: WideColumn): NumberColumn;
  compared(stored: WideColumn): NumberColumn;
}

/** @param info of a dataset whose packing can be meant; `decodingOf` refuses others */
export function wideDecodingOf(
  { fillValue, exactFill, encoding }: DatasetInfo,
  { decode, valid_range: validRange }: DecodingPolicy,
): WideDecoding {
  const {
    sign = null,
    missing = [],
    packing = null,
    valid = null,
  } = (decode === "raw" ? undefined : encoding) ?? {};
  const fills = fillValue === null ? [] : [exactFill ?? fillValue];
  const marks = [...fills, ...missing]
    .filter((mark) => Number.isInteger(Number(mark)))
    .map((mark) => splitInteger(withSign(sign, BigInt(mark))));
  const { min, max } = { min: null, max: null, ...(validRange === "mask" ? valid : null) };
  const isMissing = (value: number, rest: number): boolean =>
    marks.some(([mark, lacks]) => value === mark && rest === lacks) ||
    (min !== null && value < min) ||
    (max !== null && value > max);

  const plain = (stored: WideColumn): NumberColumn => ({
    ...splitIntegers(sign === null ? stored : viewWithSign(sign, stored)),
    isWide: true,
  });
  const masked = (stored: WideColumn): NumberColumn => {
    const column = plain(stored);
    if (marks.length === 0 && min === null && max === null) return column;
    const { values, rest } = column;
    for (let row = 0; row < values.length; row++) {
      if (!isMissing(values[row]!, rest === null ? 0 : rest[row]!)) continue;
      values[row] = NaN;
      if (rest !== null) rest[row] = 0;
    }
    return column;
  };
  if (packing === null) return { isMissing, values: plain, masked, compared: masked };
  const unpacked = (stored: WideColumn): NumberColumn => ({
    values: unpack(masked(stored).values, { marks: [], valid: null }, packing),
    rest: null,
    isWide: false,
  });
  return { isMissing: Number.isNaN, values: unpacked, masked: unpacked, compared: unpacked };
}

/** The same bits with another sign. */
function withSign(sign: "signed" | "unsigned" | null, integer: bigint): bigint {
  if (sign === null) return integer;
  return sign === "unsigned" ? BigInt.asUintN(64, integer) : BigInt.asIntN(64, integer);
}

function viewWithSign(sign: "signed" | "unsigned", { buffer, byteOffset, length }: WideColumn): WideColumn {
  const View = sign === "unsigned" ? BigUint64Array : BigInt64Array;
  return new View(buffer as ArrayBuffer, byteOffset, length);
}
