import { describe, expect, it } from "vitest";
import { spellFillValue } from "@zagg/core";
import { formatJson } from "../src/metadata/exact-json.js";
import { fillValueJson, holdsFillValue, holdsOnlyFill } from "../src/metadata/fill-value.js";

describe("holdsOnlyFill", () => {
  it("takes a NaN of any payload for NaN", () => {
    const values = new Float32Array(2);
    new Uint32Array(values.buffer).set([0x7fc00000, 0xffc12345]);
    expect(holdsOnlyFill("float32", values, "NaN")).toBe(true);
  });

  it("tells 0 from -0, so that a stored -0 is not lost", () => {
    expect(holdsOnlyFill("float64", Float64Array.of(0, -0), 0)).toBe(false);
    expect(holdsOnlyFill("float64", Float64Array.of(-0, -0), "-0")).toBe(true);
  });

  it("rounds the fill value to float32 first", () => {
    expect(holdsOnlyFill("float32", Float32Array.of(0.1, 0.1), 0.1)).toBe(true);
  });

  it("tells 64-bit integers apart that are one double, whether they differ in the low half or the high", () => {
    const fill = 2n ** 63n + 5n;
    const spelled = spellFillValue(fill);
    expect(holdsOnlyFill("uint64", BigUint64Array.of(fill, fill), spelled)).toBe(true);
    expect(holdsOnlyFill("uint64", BigUint64Array.of(fill, fill + 1n), spelled)).toBe(false);
    expect(holdsOnlyFill("uint64", BigUint64Array.of(fill, fill - 2n ** 40n), spelled)).toBe(false);
  });

  it("compares negative 64-bit integers", () => {
    expect(holdsOnlyFill("int64", BigInt64Array.of(-1n), -1)).toBe(true);
    expect(holdsOnlyFill("int64", BigInt64Array.of(-2n), -1)).toBe(false);
  });

  it("sees only the part of memory that it is given", () => {
    const whole = BigUint64Array.of(1n, 0n, 0n, 1n);
    expect(holdsOnlyFill("uint64", whole.subarray(1, 3), 0)).toBe(true);
    expect(holdsOnlyFill("uint64", whole.subarray(1, 4), 0)).toBe(false);
  });
});

describe("holdsFillValue", () => {
  it.each([
    ["uint8", 255],
    ["int64", "-9223372036854775808"],
    ["uint64", "18446744073709551615"],
    ["float32", "Infinity"],
    ["float32", 3.4028234663852886e38],
    ["float64", "-0"],
    ["bool", 1],
    ["bool", true],
  ] as const)("lets %s hold %s", (dtype, value) => {
    expect(holdsFillValue(dtype, value)).toBe(true);
  });

  it.each([
    ["uint8", 256],
    ["uint8", -1],
    ["uint8", 0.5],
    ["int32", "NaN"],
    ["uint64", "18446744073709551616"],
    ["float32", 1e39],
    ["float64", true],
    ["uint8", true],
    ["bool", 2],
    ["float64", NaN],
    ["float64", -Infinity],
    ["float64", -0],
  ] as const)("does not let %s hold %s", (dtype, value) => {
    expect(holdsFillValue(dtype, value)).toBe(false);
  });
});

describe("fillValueJson", () => {
  it.each([
    ["float32", "NaN", '"NaN"'],
    ["float64", "-Infinity", '"-Infinity"'],
    ["float64", "-0", "-0.0"],
    ["bool", 0, "false"],
    ["bool", true, "true"],
    ["uint64", "18446744073709551615", "18446744073709551615"],
    ["uint64", 2 ** 63, "9223372036854775808"],
    ["int16", -7, "-7"],
    ["float32", 0.1, "0.10000000149011612"],
  ] as const)("spells %s %s as %s", (dtype, value, text) => {
    expect(formatJson(fillValueJson(dtype, value))).toBe(text);
  });
});
