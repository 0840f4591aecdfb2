/** The pure parts: widening of 64-bit integers and the cutting of ranges. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cutRows } from "../src/blocks.js";
import type { Described } from "../src/describe.js";
import { passesOf } from "../src/passes.js";
import { NO_FILL, fill64, widen64, widenAll64 } from "../src/widen64.js";

const EXACT = 2n ** 53n;
/** Twice the exact range, so that about half of the values do not fit. */
const nearExact = fc.oneof(
  fc.bigInt({ min: -2n * EXACT, max: 2n * EXACT }),
  fc.bigInt({ min: EXACT - 3n, max: EXACT + 3n }),
  fc.bigInt({ min: -EXACT - 3n, max: -EXACT + 3n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);

function lanes(values: readonly bigint[]): Uint32Array {
  return new Uint32Array(BigInt64Array.from(values).buffer);
}

describe("widen64", () => {
  it("agrees with BigInt, and stops at the first integer that does not fit", () => {
    fc.assert(
      fc.property(fc.array(nearExact, { maxLength: 20 }), (values) => {
        const out = new Float64Array(values.length);
        const first = values.findIndex((value) => value > EXACT || value < -EXACT);
        expect(widen64(lanes(values), true, NO_FILL, out, 0)).toBe(first);
        const fitting = first < 0 ? values.length : first;
        expect(Array.from(out.subarray(0, fitting), BigInt)).toEqual(values.slice(0, fitting));
      }),
    );
  });

  it("agrees with BigInt on unsigned integers", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 20 }), (values) => {
        const raw = new Uint32Array(BigUint64Array.from(values).buffer);
        const first = values.findIndex((value) => value > EXACT);
        expect(widen64(raw, false, NO_FILL, new Float64Array(values.length), 0)).toBe(first);
      }),
    );
  });

  it("lets each of several fill values pass, and nothing between them", () => {
    const [top, bottom] = [2n ** 63n - 1n, -(2n ** 63n)];
    const fills = [top, bottom].map(fill64);
    const out = new Float64Array(5).fill(7);
    expect(widenAll64(lanes([bottom, 5n, top, bottom]), true, fills, out, 1)).toBe(-1);
    expect(Array.from(out)).toEqual([7, -(2 ** 63), 5, 2 ** 63, -(2 ** 63)]);
    expect(widenAll64(lanes([bottom, top, top - 1n]), true, fills, out, 0)).toBe(2);
    expect(widenAll64(lanes([top]), true, [], out, 0)).toBe(0);
  });

  it("lets the fill value pass, whatever it is, and writes from a given row on", () => {
    const top = 2n ** 63n - 1n;
    const out = new Float64Array(4);
    expect(widen64(lanes([5n, top, -1n]), true, fill64(top), out, 1)).toBe(-1);
    expect(Array.from(out)).toEqual([0, 5, 2 ** 63, -1]);
    expect(widen64(lanes([5n, top - 1n]), true, fill64(top), out, 0)).toBe(1);
  });
});

describe("cutRows", () => {
  const ranges = fc.record({
    start: fc.nat(5_000_000),
    length: fc.integer({ min: 1, max: 5_000_000 }),
    itemBytes: fc.constantFrom(1, 2, 4, 8),
    chunkRows: fc.option(fc.integer({ min: 1, max: 3_000_000 })),
  });
  const BLOCK_BYTES = 8 * 2 ** 20;

  it("covers the range, in pieces cut on chunk bounds and no longer than a block or a chunk", () => {
    fc.assert(
      fc.property(ranges, ({ start, length, itemBytes, chunkRows }) => {
        const cuts = cutRows(start, start + length, itemBytes, chunkRows);
        expect(cuts[0]).toBe(start);
        expect(cuts.at(-1)).toBe(start + length);
        const longest = Math.max(BLOCK_BYTES / itemBytes, chunkRows ?? 1);
        for (let i = 1; i < cuts.length; i++) {
          const piece = cuts[i]! - cuts[i - 1]!;
          expect(piece).toBeGreaterThan(0);
          expect(piece).toBeLessThanOrEqual(longest);
        }
        for (const cut of cuts.slice(1, -1)) expect(cut % (chunkRows ?? 1)).toBe(0);
      }),
    );
  });

  it("reads what fits a block in one piece", () => {
    expect(cutRows(3, 900_000, 8, 10_000)).toEqual([3, 900_000]);
  });
});

describe("passesOf", () => {
  const dataset = (path: string, chunkColumns: number | null): Described => ({
    path,
    info: { shape: [100, 10], dtype: "int8", fillValue: null, chunkRows: null },
    chunkColumns,
    fills: [],
  });
  const [table, halves, line] = [dataset("/t", null), dataset("/h", 5), dataset("/l", null)];
  const rows = { start: 3, stop: 9 };

  it("makes one read of the columns of a dataset that are stored together", () => {
    const passes = passesOf([
      { dataset: table, range: { ...rows, column: 7 } },
      { dataset: line, range: rows },
      { dataset: table, range: { ...rows, column: 2 } },
      { dataset: table, range: { ...rows, column: 7 } },
    ]);
    expect(passes.map(({ dataset: { path }, column, width }) => [path, column, width])).toEqual([
      ["/t", 2, 6],
      ["/l", null, 1],
    ]);
    expect(passes[0]!.asked).toEqual([
      { place: 0, offset: 5 },
      { place: 2, offset: 0 },
      { place: 3, offset: 5 },
    ]);
  });

  it("reads columns of other chunks and other rows apart", () => {
    const passes = passesOf([
      { dataset: halves, range: { ...rows, column: 0 } },
      { dataset: halves, range: { ...rows, column: 5 } },
      { dataset: halves, range: { ...rows, column: 4 } },
      { dataset: halves, range: { ...rows, stop: 8, column: 4 } },
    ]);
    expect(passes.map(({ column, width, stop }) => [column, width, stop])).toEqual([
      [0, 5, 9],
      [5, 1, 9],
      [4, 1, 8],
    ]);
  });
});
