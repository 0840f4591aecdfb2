/** What CF attributes say of stored numbers. */
import { describe, expect, it } from "vitest";
import {
  cfEncoding,
  type CfAttribute,
  type CfAttributes,
  type DType,
  type DatasetEncoding,
} from "../src/index.js";

type Given = readonly [CfAttribute["dtype"], ...CfAttribute["values"]];

function attributes(given: Readonly<Record<string, Given>>): CfAttributes {
  return Object.fromEntries(
    Object.entries(given).map(([name, [dtype, ...values]]) => [name, { dtype, values }]),
  );
}

const described = (dtype: DType, given: Readonly<Record<string, Given>>) =>
  cfEncoding(dtype, attributes(given));
const nothing: DatasetEncoding = { missing: [], sign: null, packing: null, valid: null, problems: [] };

describe("missing values", () => {
  it.each<[string, DType, Record<string, Given>, number | null, DatasetEncoding["missing"]]>([
    ["a fill value", "int16", { _FillValue: ["int16", -1] }, -1, []],
    ["a missing value alone", "int32", { missing_value: ["int32", -9999] }, null, [-9999]],
    ["both", "int16", { _FillValue: ["int16", -1], missing_value: ["int16", -2] }, -1, [-2]],
    ["the same twice", "float64", { _FillValue: ["float64", NaN], missing_value: ["float64", NaN] }, NaN, []],
    ["a list", "int16", { missing_value: ["int16", 5, 7, 5] }, null, [5, 7]],
    ["a list of fill values", "int16", { _FillValue: ["int16", 5, 7] }, null, [5, 7]],
    ["a double at integers", "int16", { missing_value: ["float64", -99] }, null, [-99]],
    ["a double at single floats", "float32", { _FillValue: ["float64", 0.1] }, Math.fround(0.1), []],
    ["an integer at floats", "float64", { missing_value: ["int32", -99] }, null, [-99]],
    ["infinity", "float32", { missing_value: ["float32", -Infinity] }, null, ["-Infinity"]],
    ["64 bits, exact", "int64", { missing_value: ["int64", 2n ** 63n - 1n] }, null, ["9223372036854775807"]],
    [
      "a signed number of unsigned bytes",
      "int8",
      { _Unsigned: ["text", "true"], _FillValue: ["int8", -1] },
      -1,
      [],
    ],
    ["an unsigned one of them", "int8", { _Unsigned: ["text", "true"], _FillValue: ["uint8", 255] }, -1, []],
  ])("takes %s", (_name, dtype, given, fillValue, missing) => {
    const found = described(dtype, given);
    expect(found.fillValue).toBe(fillValue);
    expect(found.encoding?.missing ?? []).toEqual(missing);
    expect(found.encoding?.problems ?? []).toEqual([]);
  });

  it.each<[string, DType, Record<string, Given>, RegExp]>([
    ["text", "int16", { _FillValue: ["text", "-9999"] }, /the text "-9999", and the dataset holds int16/],
    ["nothing", "int16", { missing_value: ["int16"] }, /is empty/],
    ["NaN at integers", "int16", { _FillValue: ["float32", NaN] }, /NaN, which no number of int16 equals/],
    ["a fraction at integers", "int16", { missing_value: ["float64", 0.5] }, /0.5, which no/],
    ["a number out of range", "int8", { _FillValue: ["int16", 255] }, /255, which no/],
    [
      "a double that no single float equals",
      "float32",
      { _FillValue: ["float64", 1e300] },
      /1e\+300, which no/,
    ],
  ])("tells %s as a problem, and takes it as absent", (_name, dtype, given, what) => {
    const found = described(dtype, given);
    expect(found).toMatchObject({ fillValue: null, missing: [] });
    expect(found.encoding).toEqual({
      ...nothing,
      problems: [{ attribute: Object.keys(given)[0], what: expect.stringMatching(what), fatal: false }],
    });
  });

  it("takes what can be meant of a list, and tells the rest", () => {
    const { encoding } = described("int16", { missing_value: ["float64", -99, 1e9] });
    expect(encoding?.missing).toEqual([-99]);
    expect(encoding?.problems).toHaveLength(1);
  });
});

describe("packing", () => {
  const single = (value: number): Given => ["float32", Math.fround(value)];
  it.each<[string, DType, Record<string, Given>, DatasetEncoding["packing"]]>([
    ["an offset alone", "int16", { add_offset: ["float64", 5] }, { scale: 1, offset: 5, dtype: "float64" }],
    [
      "single floats at short integers",
      "int16",
      { scale_factor: single(0.5) },
      { scale: 0.5, offset: 0, dtype: "float32" },
    ],
    [
      "single floats at long ones",
      "int32",
      { scale_factor: single(0.5) },
      { scale: 0.5, offset: 0, dtype: "float64" },
    ],
    [
      "single floats at doubles",
      "float64",
      { scale_factor: single(0.5) },
      { scale: 0.5, offset: 0, dtype: "float64" },
    ],
    [
      "a single offset alone",
      "int16",
      { add_offset: single(0.5) },
      { scale: 1, offset: 0.5, dtype: "float64" },
    ],
    [
      "unlike types",
      "int16",
      { scale_factor: single(0.5), add_offset: ["float64", 1] },
      { scale: 0.5, offset: 1, dtype: "float64" },
    ],
    ["integers", "int16", { scale_factor: ["int16", 2] }, { scale: 2, offset: 0, dtype: "float64" }],
    ["an array of one", "uint8", { scale_factor: ["float64", 2] }, { scale: 2, offset: 0, dtype: "float64" }],
    ["1 and 0", "int16", { scale_factor: ["float64", 1], add_offset: ["float64", 0] }, null],
  ])("takes %s", (_name, dtype, given, packing) => {
    expect(described(dtype, given).encoding?.packing ?? null).toEqual(packing);
    expect(described(dtype, given).encoding?.problems ?? []).toEqual([]);
  });

  it.each<[string, Record<string, Given>]>([
    ["text", { scale_factor: ["text", "0.01"] }],
    ["0", { scale_factor: ["float64", 0] }],
    ["NaN", { add_offset: ["float64", NaN] }],
    ["infinity", { scale_factor: ["float32", Infinity] }],
    ["an array of three", { scale_factor: ["float64", 1, 2, 3] }],
    ["nothing", { add_offset: ["float64"] }],
    ["a compound", { scale_factor: ["other"] }],
  ])("tells %s as a problem without which there are no values", (_name, given) => {
    const { encoding } = described("int16", given);
    expect(encoding?.problems).toMatchObject([{ attribute: Object.keys(given)[0], fatal: true }]);
  });
});

it.each<[DType, Given, DatasetEncoding["sign"], boolean]>([
  ["int8", ["text", "true"], "unsigned", false],
  ["int16", ["text", "True"], "unsigned", false],
  ["uint8", ["text", "true"], null, false],
  ["uint32", ["text", "false"], "signed", false],
  ["int32", ["text", "false"], null, false],
  ["int8", ["text", "yes"], null, true],
  ["int8", ["int8", 1], null, true],
  ["float32", ["text", "true"], null, true],
])("takes _Unsigned at %s, %j, as %j", (dtype, given, sign, isProblem) => {
  const { encoding } = described(dtype, { _Unsigned: given });
  expect(encoding?.sign ?? null).toBe(sign);
  expect(encoding?.problems.map(({ attribute }) => attribute) ?? []).toEqual(isProblem ? ["_Unsigned"] : []);
});

describe("valid ranges", () => {
  it.each<[string, DType, Record<string, Given>, DatasetEncoding["valid"], number]>([
    ["one limit", "int16", { valid_min: ["int16", 0] }, { min: 0, max: null }, 0],
    ["two limits", "int16", { valid_min: ["int16", 0], valid_max: ["int16", 9] }, { min: 0, max: 9 }, 0],
    ["a range", "float32", { valid_range: ["float32", -1, 1] }, { min: -1, max: 1 }, 0],
    ["a range of no limits", "float32", { valid_range: ["float32", -Infinity, Infinity] }, null, 0],
    [
      "unsigned limits",
      "int8",
      { _Unsigned: ["text", "true"], valid_range: ["int8", 0, -2] },
      { min: 0, max: 254 },
      0,
    ],
    ["a range of one", "int16", { valid_range: ["int16", 1] }, null, 1],
    ["text", "int16", { valid_min: ["text", "0"] }, null, 1],
    ["NaN", "float32", { valid_max: ["float32", NaN] }, null, 1],
    ["a range backwards", "int16", { valid_range: ["int16", 9, 0] }, null, 1],
    [
      "a range and a limit",
      "int16",
      { valid_range: ["int16", 0, 9], valid_max: ["int16", 5] },
      { min: 0, max: 9 },
      1,
    ],
  ])("takes %s", (_name, dtype, given, valid, problems) => {
    const { encoding } = described(dtype, given);
    expect(encoding?.valid ?? null).toEqual(valid);
    expect(encoding?.problems ?? []).toHaveLength(problems);
    expect(encoding?.problems.some(({ fatal }) => fatal) ?? false).toBe(false);
  });
});

it("says nothing of numbers without attributes, and what it says is JSON", () => {
  expect(described("float64", {})).toEqual({ fillValue: null, missing: [] });
  const { encoding } = described("float64", {
    missing_value: ["float64", NaN, -Infinity],
    valid_range: ["float64", -Infinity, 5],
    add_offset: ["text", "a".repeat(1000)],
  });
  expect(JSON.parse(JSON.stringify(encoding))).toEqual(encoding);
  expect(JSON.stringify(encoding).length).toBeLessThan(400);
});
