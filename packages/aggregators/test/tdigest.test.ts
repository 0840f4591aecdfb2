import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buildDigests,
  cdf,
  losslessRows,
  mergeDigests,
  quantile,
  rawValues,
  toTensor,
  totalWeight,
} from "../src/tdigest/index.js";

type Centroids = readonly (readonly [mean: number, weight: number])[];

/** The digest of one cell. */
function digest(values: readonly number[], delta: number): Centroids {
  return pairs(buildDigests(Float64Array.from(values), Int32Array.of(0, values.length), delta).values);
}

function pairs(values: ArrayLike<number>): Centroids {
  return Array.from({ length: values.length / 2 }, (_, k) => [values[2 * k]!, values[2 * k + 1]!]);
}

const oneCell = (centroids: Centroids) => ({
  offsets: Int32Array.of(0, centroids.length),
  values: Float32Array.from(centroids.flat()),
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const oneToTwenty: Centroids = [
  [1, 1],
  [2.5, 2],
  [5, 3],
  [8, 3],
  [11, 3],
  [14, 3],
  [16.5, 2],
  [18.5, 2],
  [20, 1],
];

/** The walk as it is defined, value by value. */
function literal(values: readonly number[], delta: number): Centroids {
  const k = (q: number) => delta * (Math.asin(2 * Math.min(1, Math.max(0, q)) - 1) / Math.PI + 0.5);
  const v = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (v.length === 0) return [];
  const found: [number, number][] = [];
  let [mean, weight, left] = [v[0]!, 1, k(0)];
  for (let i = 1; i < v.length; i++) {
    if (k((i + 1) / v.length) - left <= 1) {
      mean += (v[i]! - mean) / (weight + 1);
      weight++;
    } else {
      found.push([mean, weight]);
      [mean, weight, left] = [v[i]!, 1, k(i / v.length)];
    }
  }
  found.push([mean, weight]);
  return found.map(([m, w]) => [Math.fround(m), Math.fround(w)]);
}

describe("a t-digest", () => {
  it("has the golden centroids", () => {
    expect(digest(range(1, 20), 8)).toEqual(oneToTwenty);
    expect(digest([5, 1, NaN, 3, Infinity], 4)).toEqual([
      [1, 1],
      [3, 1],
      [5, 1],
    ]);
    const curve = digest(
      range(0, 39).map((i) => 0.1 * i * i),
      10,
    );
    expect(curve.map(([, weight]) => weight)).toEqual([1, 2, 4, 5, 6, 6, 5, 5, 3, 2, 1]);
    expect(curve.map(([mean]) => mean)).toEqual(CURVE_MEANS);
  });

  it("is that of the definition, whatever the values, their order and delta", () => {
    const value = fc.oneof(
      fc.double({ min: -1e4, max: 1e4 }),
      fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 3),
    );
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 300 }),
        fc.constantFrom(1, 2, 7.5, 10, 50, 256),
        (values, delta) => {
          expect(digest(values, delta)).toEqual(literal(values, delta));
        },
      ),
    );
  });

  it.each([8, 64, 256, 512])(
    "of delta %d keeps every value of its cell up to the bound, and not far beyond",
    (delta) => {
      const rows = losslessRows(delta);
      for (const n of [rows - 1, rows]) {
        expect(literal(range(1, n), delta)).toHaveLength(n);
        expect(digest(range(1, n), delta)).toEqual(range(1, n).map((value) => [value, 1]));
      }
      expect(literal(range(1, rows + 3), delta).length).toBeLessThan(rows + 3);
    },
  );

  it("of many values has about delta centroids, in order, and weighs as much as the cell has finite values", () => {
    const values = range(1, 5_000).map((i) => Math.sin(i) * 50 + (i % 7));
    const centroids = digest([...values, NaN, Infinity], 100);
    expect(centroids.length).toBeLessThan(105);
    expect(centroids.reduce((sum, [, weight]) => sum + weight, 0)).toBe(5_000);
    expect(centroids).toEqual(literal(values, 100));
    expect(centroids.map(([mean]) => mean)).toEqual(
      centroids.map(([mean]) => mean).toSorted((a, b) => a - b),
    );
  });

  it("of each cell is its own, in float32 columns too; a cell without finite values has none", () => {
    const values = Float32Array.of(3, 1, 2, NaN, 5, 4);
    const { offsets, values: found } = buildDigests(values, Int32Array.of(0, 3, 4, 4, 6), 256);
    expect([...offsets]).toEqual([0, 3, 3, 3, 5]);
    expect([...found]).toEqual([1, 1, 2, 1, 3, 1, 4, 1, 5, 1]);
  });

  it("merges with another as the definition has it", () => {
    const [a, b] = [digest(range(1, 20), 8).flat(), digest(range(11, 30), 8).flat()];
    const golden = [
      [1, 1],
      [2.5, 2],
      [5, 3],
      [9.5, 6],
      [13, 6],
      [15.600000381469727, 5],
      [18.5, 6],
      [22.5, 6],
      [26.5, 2],
      [28.5, 2],
      [30, 1],
    ];
    expect(pairs(Float32Array.from(mergeDigests(a, b, 8)))).toEqual(golden);
    expect([...mergeDigests([], a, 8)]).toEqual(a);
    expect([...mergeDigests(a, [], 8)]).toEqual(a);
    expect([...mergeDigests([], [], 8)]).toEqual([]);
  });

  it("gives the golden quantiles and counts", () => {
    const digests = oneCell(oneToTwenty);
    const quantiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map((q) => quantile(digests, q)[0]);
    expect(quantiles).toEqual(
      [1, 1.65, 6.15625, 10.25, 13.5625, 20, 20].map((value) => expect.closeTo(value, 12) as number),
    );
    expect([0, 1, 5.5, 10.5, 20, 30].map((x) => cdf(digests, x)[0])).toEqual([0, 0.5, 5, 10, 19.5, 20]);
    expect([...totalWeight(digests)]).toEqual([20]);
  });

  it("of one centroid is a step, and of none has no quantile", () => {
    const digests = { offsets: Int32Array.of(0, 1, 1), values: [7, 3] };
    expect([...quantile(digests, 0.3)]).toEqual([7, NaN]);
    expect([6.9, 7, 7.1].map((x) => [...cdf(digests, x)])).toEqual([
      [0, 0],
      [3, 0],
      [3, 0],
    ]);
    expect(() => quantile(digests, 1.5)).toThrow(RangeError);
  });

  it("becomes a histogram per cell on an axis that all share", () => {
    const values = buildDigests(Float64Array.of(10.2, 10.7, 11.9, 12.1, 30), Int32Array.of(0, 4, 4, 5), 256);
    const tensor = toTensor(values, { bins: 64, resolution: 0.5 });
    expect(tensor).toMatchObject({ bins: 64, start: 10, resolution: 0.5 });
    const rows = [0, 1, 2].map((cell) => [...tensor.counts.subarray(64 * cell, 64 * (cell + 1))]);
    expect(rows[1]).toEqual(Array(64).fill(0));
    // The step of a single centroid at 30 ends the bin of 29.5 to 30.
    expect(rows[2]?.indexOf(1)).toBe(39);
    expect(rows[0]?.slice(0, 6).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(3);
  });

  it("that does not fit the axis is refused, or the axis changes as asked", () => {
    const digests = buildDigests(Float64Array.from(range(0, 100)), Int32Array.of(0, 101), 64);
    expect(() => toTensor(digests, { bins: 8 })).toThrow(expect.objectContaining({ code: "DIGEST_WINDOW" }));
    expect(toTensor(digests, { bins: 8, fit: "degrade_resolution" }).resolution).toBe(16);
    expect(toTensor(digests, { bins: 8, fit: "collapse_bins" }).resolution).toBe(16);
    expect(toTensor({ offsets: new Int32Array(3), values: [] }).start).toBeNaN();
  });

  it("gives its values back while each is a centroid", () => {
    const lossless = buildDigests(Float64Array.of(3, 1, 2), Int32Array.of(0, 3), 8);
    expect(rawValues(lossless)).toEqual({ offsets: Int32Array.of(0, 3), values: Float64Array.of(1, 2, 3) });
    expect(() => rawValues(oneCell(oneToTwenty))).toThrow(expect.objectContaining({ code: "DIGEST_LOSSY" }));
  });
});

const CURVE_MEANS = [
  0, 0.25, 2.1500000953674316, 8.300000190734863, 21.316667556762695, 42.31666564941406, 67.80000305175781,
  96.30000305175781, 122.56666564941406, 140.64999389648438, 152.10000610351562,
];
