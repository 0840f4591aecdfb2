/** Stored numbers become values. */
import { describe, expect, it } from "vitest";
import type { Column, DType, DatasetEncoding, DatasetInfo } from "../src/index.js";
import {
  coordinateNotes,
  decodingNotes,
  decodingOf,
  degreesOf,
  type DecodingPolicy,
} from "../src/internal.js";

const PATH = "/g/h";

function info(dtype: DType, fillValue: number | null, parts?: Partial<DatasetEncoding>): DatasetInfo {
  const nothing = { missing: [], sign: null, packing: null, valid: null, problems: [] };
  return {
    shape: [3],
    dtype,
    fillValue,
    chunkRows: null,
    ...(parts === undefined ? {} : { encoding: { ...nothing, ...parts } }),
  };
}

const decoding = (described: DatasetInfo, policy: DecodingPolicy = {}) => decodingOf(PATH, described, policy);
const packing = { scale: 0.5, offset: 10, dtype: "float64" } as const;

describe("nothing to decode", () => {
  it.each<[string, DatasetInfo, Column, DecodingPolicy]>([
    ["plain floats", info("float32", null), Float32Array.of(1, NaN), {}],
    ["floats with a fill value that none is", info("float32", 9), Float32Array.of(1, NaN), {}],
    ["plain integers", info("int16", null), Int16Array.of(1, 2), {}],
    [
      "a valid range that nobody asks for",
      info("int8", null, { valid: { min: 0, max: 1 } }),
      Int8Array.of(5),
      {},
    ],
    ["a fill value of NaN", info("float64", NaN), Float64Array.of(NaN), {}],
    [
      "packed numbers that are wanted raw",
      info("int16", 9, { packing }),
      Int16Array.of(1, 9),
      { decode: "raw" },
    ],
  ])("gives the column itself: %s", (_name, described, column, policy) => {
    const { values, masked, compared } = decoding(described, policy);
    for (const form of [values, masked, compared]) expect(form(column)).toBe(column);
  });
});

describe("missing numbers", () => {
  const described = info("int16", -1, { missing: [7, -9999] });

  it("are told in the values of rows that are dropped, which stay integers", () => {
    const stored = Int16Array.of(1, 7, -1, -9999, 2);
    const { hasMissing, isMissing, values } = decoding(described);
    expect(hasMissing).toBe(true);
    expect(values(stored)).toBe(stored);
    expect(Array.from(stored, isMissing(stored))).toEqual([false, true, true, true, false]);
  });

  it("are NaN where rows are kept, whether a stretch holds one or not", () => {
    expect(decoding(described).masked(Int16Array.of(1, 7, 2))).toEqual(Float32Array.of(1, NaN, 2));
    expect(decoding(described).masked(Int16Array.of(1, 2))).toEqual(Float32Array.of(1, 2));
    const wide = decoding(info("int32", 16_777_217)).masked(Int32Array.of(16_777_217, 16_777_219));
    expect(wide).toEqual(Float64Array.of(NaN, 16_777_219));
  });

  it("are NaN for comparisons, for which integers stay as they are where there is none", () => {
    const column = Int16Array.of(1, 2);
    expect(decoding(described).compared(column)).toBe(column);
    expect(decoding(described).compared(Int16Array.of(1, 7))).toEqual(Float32Array.of(1, NaN));
  });

  it("are compared in the type of the column, and NaN is told as NaN", () => {
    const single = Float32Array.of(0.1, 0.2);
    expect(Array.from(single, decoding(info("float32", 0.1)).isMissing(single))).toEqual([true, false]);
    const odd = Float64Array.of(NaN, -Infinity, 1);
    const marks = decoding(info("float64", NaN, { missing: ["-Infinity"] }));
    expect(Array.from(odd, marks.isMissing(odd))).toEqual([true, true, false]);
    expect(marks.masked(odd)).toEqual(Float64Array.of(NaN, NaN, 1));
    expect(odd[1]).toBe(-Infinity);
  });

  it("are those out of the valid range when that is asked for, ends excluded, NaN too", () => {
    const ranged = info("float32", null, { valid: { min: 0, max: 5 } });
    const column = Float32Array.of(-0.1, 0, 5, 5.1, NaN);
    const { isMissing, masked } = decoding(ranged, { valid_range: "mask" });
    expect(Array.from(column, isMissing(column))).toEqual([true, false, false, true, false]);
    expect(masked(column)).toEqual(Float32Array.of(NaN, 0, 5, NaN, NaN));
    expect(decoding(ranged).hasMissing).toBe(false);
  });
});

describe("packed numbers", () => {
  it("are unpacked in the type of the packing, and missing ones are NaN in stored units", () => {
    const described = info("int16", -32_768, { packing, missing: [7] });
    const { isMissing, values } = decoding(described);
    const found = values(Int16Array.of(0, 1, 7, -32_768));
    expect(found).toEqual(Float64Array.of(10, 10.5, NaN, NaN));
    expect(Array.from(found, isMissing(found))).toEqual([false, false, true, true]);
  });

  it("round product and sum to float32 where the packing is", () => {
    const [scale, offset] = [Math.fround(0.01), Math.fround(273.15)];
    const described = info("int16", null, { packing: { scale, offset, dtype: "float32" } });
    const wanted = Math.fround(Math.fround(12_345 * scale) + offset);
    expect(decoding(described).values(Int16Array.of(12_345))).toEqual(Float32Array.of(wanted));
  });

  it("have their valid range in stored units", () => {
    const described = info("int16", null, { packing, valid: { min: 0, max: 100 } });
    const { values } = decoding(described, { valid_range: "mask" });
    expect(values(Int16Array.of(-1, 0, 100, 101))).toEqual(Float64Array.of(NaN, 10, 60, NaN));
  });
});

describe("integers of the other sign", () => {
  it.each<[DType, DatasetEncoding["sign"], Column, Column]>([
    ["int8", "unsigned", Int8Array.of(-1, 1), Uint8Array.of(255, 1)],
    ["int16", "unsigned", Int16Array.of(-2), Uint16Array.of(65_534)],
    ["int32", "unsigned", Int32Array.of(-3), Uint32Array.of(2 ** 32 - 3)],
    ["uint8", "signed", Uint8Array.of(255), Int8Array.of(-1)],
    ["int64", "unsigned", Float64Array.of(5), Float64Array.of(5)],
  ])("are the same bits: %s as %s", (dtype, sign, stored, values) => {
    expect(decoding(info(dtype, null, { sign })).values(stored)).toEqual(values);
  });

  it("are missing as their stored number is, and unpacked as what they are", () => {
    const described = info("int8", -1, { sign: "unsigned", missing: [-2], packing });
    expect(decoding(described).values(Int8Array.of(-1, -2, -3, 3))).toEqual(
      Float64Array.of(NaN, NaN, 136.5, 11.5),
    );
    const column = Int8Array.of(-1, -3);
    const { isMissing, values } = decoding(info("int8", -1, { sign: "unsigned" }));
    expect(Array.from(values(column), isMissing(values(column)))).toEqual([true, false]);
  });

  it("are refused beyond 2^53, unless they are missing", () => {
    const { values } = decoding(info("int64", -1, { sign: "unsigned" }));
    expect(values(Float64Array.of(4, -1))).toEqual(Float64Array.of(4, 2 ** 64));
    expect(() => values(Float64Array.of(4, -2))).toThrow(
      expect.objectContaining({ code: "DATASET_PRECISION" }),
    );
  });
});

it("refuses a packing that cannot be meant, unless stored numbers are wanted", () => {
  const problem = { attribute: "scale_factor", what: "is 0", fatal: true };
  const described = info("int16", null, { problems: [problem] });
  expect(() => decoding(described)).toThrow(
    expect.objectContaining({
      code: "DATASET_ENCODING",
      path: PATH,
      what: expect.stringContaining("scale_factor"),
    }),
  );
  expect(decoding(described, { decode: "raw" }).values(Int16Array.of(1))).toEqual(Int16Array.of(1));
});

describe("coordinates", () => {
  it("are degrees, NaN where missing, also where fill values are kept or stored numbers wanted", () => {
    const packed = info("int16", -32_768, { packing: { scale: 0.01, offset: 0, dtype: "float64" } });
    expect(degreesOf(PATH, packed, {})(Int16Array.of(4500, -32_768))).toEqual(Float64Array.of(45, NaN));
    expect(degreesOf(PATH, packed, { decode: "raw" })(Int16Array.of(45, -32_768))).toEqual(
      Float64Array.of(45, NaN),
    );
    const marked = info("float64", 999, { missing: [-999] });
    expect(degreesOf(PATH, marked, {})(Float64Array.of(1, 999, -999))).toEqual(Float64Array.of(1, NaN, NaN));
  });

  it("that are doubles without a missing one are not copied", () => {
    const column = Float64Array.of(1, 2);
    expect(degreesOf(PATH, info("float64", 999, { missing: [-999] }), {})(column)).toBe(column);
    expect(degreesOf(PATH, info("float64", null, { valid: { min: -90, max: 90 } }), {})(column)).toBe(column);
  });
});

describe("notes", () => {
  const codesOf = (described: DatasetInfo, policy: DecodingPolicy, masks = false) =>
    decodingNotes(PATH, described, policy, masks).map(({ code }) => code);

  it("tell once that numbers are decoded that were not before, unless the configuration says what is meant", () => {
    const packed = info("int16", 9, { packing });
    expect(codesOf(packed, {})).toEqual(["DATASET_DECODED"]);
    expect(codesOf(packed, { decode: "cf" })).toEqual([]);
    expect(codesOf(packed, { decode: "raw" })).toEqual([]);
    expect(codesOf(info("int8", null, { sign: "unsigned" }), {})).toEqual(["DATASET_DECODED"]);
    expect(codesOf(info("int8", 1), {}, true)).toEqual(["DATASET_DECODED"]);
    expect(codesOf(info("int8", 1, { valid: { min: 0, max: 1 } }), {})).toEqual([]);
    expect(coordinateNotes(PATH, info("float64", 1), {})).toEqual([]);
    expect(coordinateNotes(PATH, info("float64", 1, { missing: [2] }), {})).toHaveLength(1);
  });

  it("tell what is ignored, also where cf is asked for", () => {
    const problem = { attribute: "valid_range", what: "is 1, and must be two numbers", fatal: false };
    const odd = info("int16", null, { problems: [problem] });
    expect(codesOf(odd, { decode: "cf" })).toEqual(["DATASET_ENCODING_IGNORED"]);
    expect(codesOf(odd, {})).toEqual(["DATASET_ENCODING_IGNORED"]);
    expect(codesOf(odd, { decode: "raw" })).toEqual([]);
  });
});
