import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinInteger, splitInteger, splitIntegers } from "../src/index.js";

const EXACT = 2n ** 53n;
const least = -(2n ** 63n);
const most = 2n ** 64n - 1n;
const near = (middle: bigint, low: bigint, high: bigint) =>
  fc
    .bigInt({ min: middle - 3n, max: middle + 3n })
    .map((value) => (value < low ? low : value > high ? high : value));
const integers = (low: bigint, high: bigint) =>
  fc.oneof(
    fc.bigInt({ min: low, max: high }),
    ...[low, high, EXACT, low < 0n ? -EXACT : 2n ** 63n].map((middle) => near(middle, low, high)),
  );

describe("splitting 64-bit integers", () => {
  it.each([
    ["signed", BigInt64Array, integers(least, 2n ** 63n - 1n)],
    ["unsigned", BigUint64Array, integers(0n, most)],
  ] as const)("gives the nearest double of %s ones, and what it lacks", (_sign, Type, arbitrary) => {
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 20 }), (list) => {
        const { values, rest } = splitIntegers(Type.from(list as bigint[]) as BigInt64Array);
        expect([...values]).toEqual(list.map(Number));
        expect(rest !== null).toBe(list.some((value) => value > EXACT || value < -EXACT));
        expect(list.map((_, i) => joinInteger(values[i]!, rest?.[i] ?? 0))).toEqual(list);
        expect(list.map((value) => joinInteger(...splitInteger(value)))).toEqual(list);
      }),
    );
  });

  it("keeps their order, doubles first", () => {
    fc.assert(
      fc.property(integers(least, most), integers(least, most), (a, b) => {
        const [[x, p], [y, q]] = [splitInteger(a), splitInteger(b)];
        expect(x < y || (x === y && p < q)).toBe(a < b);
      }),
    );
  });
});
