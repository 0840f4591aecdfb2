import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJson, JsonFloat, parseJson, toPlainJson } from "../src/metadata/exact-json.js";

describe("formatJson", () => {
  it("prints whole doubles beyond 2^53 digit by digit", () => {
    expect(formatJson(12 * 4 ** 29)).toBe("3458764513820540928");
    expect(formatJson(-(2 ** 63))).toBe("-9223372036854775808");
  });

  it("prints 64-bit integers", () => {
    expect(formatJson(2n ** 64n - 1n)).toBe("18446744073709551615");
  });

  it.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1e-4, "0.0001"],
    [1e-5, "1e-05"],
    [-1.25e-300, "-1.25e-300"],
    [1e300, "1e+300"],
  ])("prints the float %d as %s, as Python does", (value, text) => {
    expect(formatJson(new JsonFloat(value))).toBe(text);
  });

  it("lays out lists and objects with two spaces, and leaves empty ones on their line", () => {
    expect(formatJson({ a: [1, "x"], b: {}, c: [] })).toBe(
      JSON.stringify({ a: [1, "x"], b: {}, c: [] }, null, 2),
    );
  });

  it("prints ASCII only", () => {
    expect(formatJson({ é: "🌍" })).toBe('{\n  "\\u00e9": "\\ud83c\\udf0d"\n}');
  });

  it.each([NaN, Infinity, -Infinity])("refuses %d", (value) => {
    expect(() => formatJson({ value })).toThrow(RangeError);
    expect(() => formatJson(new JsonFloat(value))).toThrow(RangeError);
  });
});

describe("parseJson", () => {
  it("keeps whole numbers beyond 2^53 exact, and leaves text and fractions alone", () => {
    const text =
      '{"a": 18446744073709551615, "b": "18446744073709551615", "c": 0.12345678901234567, "d": -9007199254740991}';
    expect(parseJson(text)).toEqual({
      a: 2n ** 64n - 1n,
      b: "18446744073709551615",
      c: 0.12345678901234567,
      d: -9007199254740991,
    });
  });

  it("understands the bare NaN and Infinity that Python writes", () => {
    expect(parseJson('[NaN, Infinity, -Infinity, "NaN"]')).toEqual([NaN, Infinity, -Infinity, "NaN"]);
  });

  it("refuses what is not JSON", () => {
    expect(() => parseJson("{]")).toThrow(SyntaxError);
  });

  it("reads back what formatJson printed", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as never;
        expect(toPlainJson(parseJson(formatJson(plain)))).toEqual(plain);
      }),
    );
  });

  it("reads back every 64-bit integer", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (integer) => {
        expect(BigInt(parseJson(formatJson(integer)) as bigint)).toBe(integer);
      }),
    );
  });
});
