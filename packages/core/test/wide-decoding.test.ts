/** 64-bit integers that were read as they are become values. */
import { describe, expect, it } from "vitest";
import {
  joinInteger,
  type DType,
  type DatasetEncoding,
  type DatasetInfo,
  type WideColumn,
} from "../src/index.js";
import { wideDecodingOf, type DecodingPolicy, type NumberColumn } from "../src/internal.js";

const EDGE = 2n ** 53n;
const LEAST = -(2n ** 63n);

function decoding(
  dtype: DType,
  fill: bigint | null,
  parts: Partial<DatasetEncoding> = {},
  policy: DecodingPolicy = {},
) {
  const info: DatasetInfo = {
    shape: [3],
    dtype,
    fillValue: fill === null ? null : Number(fill),
    ...(fill === null || BigInt(Number(fill)) === fill ? {} : { exactFill: `${fill}` as const }),
    chunkRows: null,
    encoding: { missing: [], sign: null, packing: null, valid: null, problems: [], ...parts },
  };
  return wideDecodingOf(info, policy);
}

/** The integers of a column; NaN where there is none. */
const integers = ({ values, rest }: NumberColumn): (bigint | number)[] =>
  Array.from(values, (value, row) => (value !== value ? NaN : joinInteger(value, rest?.[row] ?? 0)));
const missingRows = (one: ReturnType<typeof decoding>, stored: WideColumn): boolean[] => {
  const { values, rest } = one.values(stored);
  return Array.from(values, (value, row) => one.isMissing(value, rest?.[row] ?? 0));
};

describe("64-bit integers", () => {
  it("stay what they are, and missing ones are told from their neighbours", () => {
    const stored = BigInt64Array.of(LEAST, LEAST + 1n, LEAST + 2n, EDGE, EDGE + 1n, -5n);
    const one = decoding("int64", LEAST + 1n, { missing: [String(EDGE + 1n) as `${bigint}`, -5] });
    expect(integers(one.values(stored.slice()))).toEqual([...stored]);
    expect(one.values(stored.slice()).isWide).toBe(true);
    expect(missingRows(one, stored)).toEqual([false, true, false, false, true, true]);
    for (const form of ["masked", "compared"] as const)
      expect(integers(one[form](stored.slice()))).toEqual([LEAST, NaN, LEAST + 2n, EDGE, NaN, NaN]);
  });

  it("that are no fill value though their double is it, are not missing, whatever else a column holds", () => {
    expect(missingRows(decoding("int64", EDGE + 1n), BigInt64Array.of(EDGE, 1n))).toEqual([false, false]);
  });

  it("have the sign that is said, and so have the numbers that stand for missing ones", () => {
    const one = decoding("int64", -1n, { sign: "unsigned", missing: [-2] });
    const stored = BigInt64Array.of(-1n, -2n, -3n, LEAST, 7n);
    expect(integers(one.values(stored))).toEqual([
      2n ** 64n - 1n,
      2n ** 64n - 2n,
      2n ** 64n - 3n,
      2n ** 63n,
      7n,
    ]);
    expect(missingRows(one, stored)).toEqual([true, true, false, false, false]);
    const signed = decoding("uint64", null, { sign: "signed" });
    expect(integers(signed.values(BigUint64Array.of(2n ** 64n - 1n)))).toEqual([-1n]);
    expect(integers(decoding("int64", -1n, { sign: "unsigned" }, { decode: "raw" }).values(stored))).toEqual([
      ...stored,
    ]);
  });

  it("out of a valid range are missing for who asks", () => {
    const valid = { min: 0, max: 2 ** 60 };
    const stored = BigInt64Array.of(-1n, 2n ** 60n, 2n ** 60n + 512n, 5n);
    expect(missingRows(decoding("int64", null, { valid }), stored)).toEqual([false, false, false, false]);
    const masking = decoding("int64", null, { valid }, { valid_range: "mask" });
    expect(missingRows(masking, stored)).toEqual([true, false, true, false]);
    expect(integers(masking.masked(stored))).toEqual([NaN, 2n ** 60n, NaN, 5n]);
  });

  it("that are packed are doubles, of those that are not missing", () => {
    const packing = { scale: 0.5, offset: 1, dtype: "float64" } as const;
    const one = decoding("int64", EDGE + 1n, { packing });
    const { values, rest, isWide } = one.values(BigInt64Array.of(EDGE, EDGE + 1n, 3n));
    expect([[...values], rest, isWide]).toEqual([[2 ** 52 + 1, NaN, 2.5], null, false]);
    expect(one.isMissing(NaN, 0)).toBe(true);
  });
});
