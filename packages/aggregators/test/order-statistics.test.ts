import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dealSpace, placePair } from "../src/kernels/order-statistics.js";

const finite = fc.float({ noNaN: true });
const few = fc.constantFrom(-1, 0, 1, 2);
const skewed = fc.constantFrom(1e-30, 1e-3, 1, 1e3, 1e30, -1e30, Infinity, -Infinity, 5e-324);
const lists = fc.oneof(
  fc.array(finite, { minLength: 1, maxLength: 400 }),
  fc.array(few, { minLength: 1, maxLength: 400 }),
  fc.array(skewed, { minLength: 1, maxLength: 400 }),
  fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 300, maxLength: 600 }),
);

describe("an order statistic", () => {
  it("stands where sorting would put it, its neighbour too, with nothing lost", () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (list, q, single) => {
        const values = single ? Float32Array.from(list) : Float64Array.from(list);
        const sorted = values.slice().sort();
        const k = Math.floor((values.length - 1) * q);
        expect(placePair(values, 0, values.length - 1, k, dealSpace())).toBe(true);
        expect(values[k]).toEqual(closeToZero(sorted[k]));
        expect(values[k + 1]).toEqual(closeToZero(sorted[k + 1]));
        expect(values.sort()).toEqual(sorted);
      }),
    );
  });

  it("is right the second and third time on the same values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 200, maxLength: 900 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 4 }),
        (list, qs) => {
          const values = Float64Array.from(list);
          const sorted = values.slice().sort();
          const space = dealSpace();
          for (const q of qs) {
            const k = Math.floor((values.length - 1) * q);
            placePair(values, 0, values.length - 1, k, space);
            expect(values[k]).toEqual(closeToZero(sorted[k]));
          }
        },
      ),
    );
  });

  it("leaves what is outside the range alone", () => {
    const values = Float64Array.from({ length: 600 }, (_, i) => (i * 7919) % 600);
    const before = values.slice();
    placePair(values, 100, 499, 250, dealSpace());
    expect(values.subarray(0, 100)).toEqual(before.subarray(0, 100));
    expect(values.subarray(500)).toEqual(before.subarray(500));
  });

  it("is refused when a NaN is among the values, wherever it stands", () => {
    for (const size of [1, 10, 100, 1000]) {
      for (const place of [0, size >> 1, size - 1]) {
        const values = Float64Array.from({ length: size }, (_, i) => i);
        values[place] = NaN;
        expect(placePair(values, 0, size - 1, size >> 1, dealSpace())).toBe(false);
      }
    }
  });

  /** Time of sorting by the platform; a quadratic method would take a thousand times as long. */
  const GENEROUS_MS = 2_000;
  const size = 300_000;
  const hostile: Readonly<Record<string, (i: number) => number>> = {
    equal: () => 7,
    ascending: (i) => i,
    descending: (i) => -i,
    "an organ pipe": (i) => Math.min(i, size - i),
    "two values": (i) => i % 2,
    "one far away": (i) => (i === 0 ? 3e38 : (i * 7919) % 1009),
    "spread over every magnitude": (i) => 2 ** (((i * 7919) % 250) - 125),
    "infinite at both ends": (i) => (i % 3 === 0 ? -Infinity : i % 3 === 1 ? Infinity : (i * 31) % 101),
  };
  for (const [name, valueAt] of Object.entries(hostile)) {
    it(`is found in far less than quadratic time among values that are ${name}`, () => {
      const values = Float32Array.from({ length: size }, (_, i) => valueAt(i));
      const sorted = values.slice().sort();
      const started = performance.now();
      for (const k of [0, size >> 2, size >> 1, size - 1]) {
        placePair(values, 0, size - 1, k, dealSpace());
        expect(values[k]).toBe(sorted[k]);
      }
      expect(performance.now() - started).toBeLessThan(GENEROUS_MS);
    });
  }
});

/** 0 and −0 are one value here: they compare equal, so either may stand first. */
function closeToZero(value: number | undefined): unknown {
  return value === 0 ? expect.toSatisfy((actual: number) => actual === 0) : value;
}
