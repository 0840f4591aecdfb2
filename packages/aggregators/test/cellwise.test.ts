/** Aggregators of one cell after another, beside NumPy: fixtures/PROVENANCE.md. */
import { readFileSync } from "node:fs";
import { createRegistry, type BoundDense, type JsonObject, type OutputField } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { builtins } from "../src/index.js";
import { scalarField } from "./fields.js";
import { segmentsOf } from "./segments.js";

interface Cell {
  readonly v: number[];
  readonly w: number[];
  readonly x: number[];
  readonly y: number[];
  readonly mad: number;
  readonly iqr: number;
  readonly weighted: Readonly<Record<string, number>>;
  readonly min_by: number;
  readonly max_by: number;
  readonly cov: number[] | null;
  readonly fit: number[] | null;
}

const cells = JSON.parse(
  readFileSync(new URL("../fixtures/cellwise.json", import.meta.url), "utf8"),
) as Cell[];
const registry = createRegistry(builtins);
/** Sums of another order. */
const DIGITS = 9;

function of(
  name: string,
  columns: Record<string, number[]>,
  params: JsonObject = {},
  trailingShape: number[] = [],
) {
  const field: OutputField = {
    ...scalarField,
    kind: trailingShape.length > 0 ? "vector" : "scalar",
    trailingShape,
  };
  const names = Object.keys(columns);
  const request = { field, source: names[0], params, columns: names, chunkValues: [] };
  const bound = registry.aggregator(name).bind(request) as BoundDense;
  const out = new Float64Array(trailingShape.reduce((product, extent) => product * extent, 1));
  const arrays = Object.fromEntries(
    Object.entries(columns).map(([key, values]) => [key, Float64Array.from(values)]),
  );
  bound.aggregate(segmentsOf([0, columns[names[0]!]?.length ?? 0], arrays), out);
  return [...out];
}

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, DIGITS) as number);

describe.each(cells)("of a cell of $v.length rows", ({ v, w, x, y, ...wanted }) => {
  it("the robust spreads are NumPy's", () => {
    expect(of("mad", { v })).toEqual(close([wanted.mad]));
    expect(of("mad", { v }, { scale: 2 })).toEqual(close([2 * wanted.mad]));
    expect(of("iqr", { v })).toEqual(close([wanted.iqr]));
  });

  it("the weighted quantiles are NumPy's", () => {
    for (const [q, value] of Object.entries(wanted.weighted)) {
      expect(of("weighted_quantile", { v, w }, { q: Number(q), weights: "w" })).toEqual([value]);
    }
  });

  it("the values at the extremes of another column are NumPy's", () => {
    expect(of("min_by", { v, x }, { by: "x" })).toEqual([wanted.min_by]);
    expect(of("max_by", { v, x }, { by: "x" })).toEqual([wanted.max_by]);
  });

  it("the covariance matrix is NumPy's", () => {
    const expected = wanted.cov === null ? Array<number>(9).fill(NaN) : close(wanted.cov);
    expect(of("covariance", { v, x, y }, { with: ["x", "y"] }, [3, 3])).toEqual(expected);
  });

  it("the linear fit is NumPy's, and NaN of too few rows", () => {
    const expected = wanted.fit === null ? Array<number>(4).fill(NaN) : close(wanted.fit);
    const found = of("linear_fit", { v, x, y }, { on: ["x", "y"] }, [4]);
    if (v.length > 3) expect(found).toEqual(expected);
    else if (v.length < 3) expect(found).toEqual(expected);
  });
});

describe("aggregators of one cell", () => {
  it("take the least of the most frequent values", () => {
    expect(of("mode", { v: [3, 1, 3, 1, 2] })).toEqual([1]);
    expect(of("mode", { v: [NaN, 5, NaN] })).toEqual([NaN]);
    expect(of("mode", { v: [0, -0, 4] })).toEqual([0]);
  });

  it("pass over rows without an order, and take the least of rows that tie", () => {
    expect(of("min_by", { v: [9, 4, 7], t: [NaN, 2, 2] }, { by: "t" })).toEqual([4]);
    expect(of("first", { v: [9, 4], t: [3, 1] }, { by: "t" })).toEqual([4]);
    expect(of("last", { v: [9, 4], t: [3, 1] }, { by: "t" })).toEqual([9]);
    expect(of("max_by", { v: [9], t: [NaN] }, { by: "t" })).toEqual([NaN]);
  });

  it("are NaN where weights make no sense", () => {
    const params = { q: 0.5, weights: "w" };
    for (const w of [
      [0, 0],
      [1, -1],
      [1, NaN],
    ])
      expect(of("weighted_quantile", { v: [1, 2], w }, params)).toEqual([NaN]);
  });

  it("are NaN where the columns do not determine the fit, and exact where they do", () => {
    const v = [1, 3, 5, 7];
    expect(of("linear_fit", { v, x: [2, 2, 2, 2] }, { on: ["x"] }, [3])).toEqual([NaN, NaN, NaN]);
    expect(of("linear_fit", { v, x: [0, 1, 2, 3], y: [0, 2, 4, 6] }, { on: ["x", "y"] }, [4])).toEqual(
      Array(4).fill(NaN),
    );
    expect(of("linear_fit", { v, x: [1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3] }, { on: ["x"] }, [3])).toEqual([
      expect.closeTo(2, 9) as number,
      expect.closeTo(1 - 2e6, 3) as number,
      expect.closeTo(1, 12) as number,
    ]);
  });

  it.each([1, 10, 100, 1_000, 30_000])("count %i different values within the error", (n) => {
    const values = Array.from({ length: 2 * n }, (_, i) => Math.sin(i % n) * 1e3);
    const [found = 0] = of("distinct", { v: values });
    expect(Math.abs(found - n)).toBeLessThanOrEqual(n <= 100 ? 0 : 4 * 0.01625 * n);
    expect(of("distinct", { v: values.toReversed() })).toEqual([found]);
  });

  it.each([
    ["linear_fit", { on: ["x"] }, [2]],
    ["covariance", { with: ["x"] }, [2]],
    ["tdigest", {}, []],
  ])("refuse a field whose shape they do not fill: %s", (name, params, trailingShape) => {
    expect(() => of(name, { v: [1], x: [2] }, params, trailingShape)).toThrow(
      expect.objectContaining({ code: "AGGREGATOR_SHAPE" }),
    );
  });
});
