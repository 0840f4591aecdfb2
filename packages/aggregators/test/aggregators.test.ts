import fc from "fast-check";
import { createRegistry, isCodedError } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { builtins } from "../src/index.js";
import { aggregate, bind, scalarField } from "./fields.js";
import { cellsOf, segmentsOf } from "./segments.js";

/** The specification writes its examples with this many digits. */
const SPEC_TOLERANCE = 1e-6;
/** Binary64 sums of a few hundred terms in another order. */
const ORDER_TOLERANCE = 1e-12;
/** Values of 1e8 leave eight digits to their deviations, whose squares are summed. */
const DIGITS_FAR_FROM_ZERO = 1e-7;

const params: Readonly<Record<string, Record<string, number | string>>> = {
  quantile: { q: 0.3 },
  percentile: { q: 30 },
  nanquantile: { q: 0.3 },
  nanpercentile: { q: 30 },
  expression: { expression: "np.sum(v) / len(v)" },
};
/** Those that reduce one column by themselves. */
const scalars = builtins.filter(
  ({ kinds, paramsSchema }) =>
    kinds.includes("scalar") &&
    !/by|weights/.test(String((paramsSchema as { required?: string[] }).required ?? "")),
);
const names = scalars.map((aggregator) => aggregator.name);

describe("blocks of one cell", () => {
  it.each(["min", "max", "nanmin", "nanmax"])("give %s the zero of one pass, whatever its sign", (name) => {
    const bound = bind(name);
    for (const rows of [
      [0, -0],
      [-0, 0],
      [-0, NaN, 0],
      [NaN, 0, -0],
    ]) {
      const whole = new Float64Array(1);
      bound.aggregate(cellsOf([rows]), whole);
      const state = bound.partial?.init(1);
      for (const row of rows) bound.partial?.update(state, cellsOf([[row]]));
      const blocks = new Float64Array(1);
      bound.partial?.finish(state, blocks);
      expect(blocks).toEqual(whole);
    }
  });
});

describe("the examples of the specification", () => {
  const v = Float64Array.of(1, 2, 4, 8);
  const s = Float64Array.of(0.1, 0.2, 0.3, 0.4);
  const segments = segmentsOf([0, 4], { v, s });
  const columns = ["v", "s"];

  it("weights by an expression", () => {
    expect(aggregate("average", segments, { weights: "1.0 / s**2" }, columns)[0]).toBeCloseTo(
      1.7170731707317073,
      14,
    );
  });
  it("weights by a column", () => {
    expect(aggregate("average", segments, { weights: "s" }, columns)[0]).toBeCloseTo(4.9, 14);
  });
  it("combines uncertainties by an expression", () => {
    const sigma = { expression: "1.0 / np.sqrt(np.sum(1.0 / s**2))" };
    expect(aggregate("expression", segments, sigma, columns)[0]).toBeCloseTo(0.08381163549234939, 14);
  });
  it("takes the population variance and linear quantiles", () => {
    expect(aggregate("var", segments)[0]).toBe(7.1875);
    expect([0.25, 0.5, 0.75].map((q) => aggregate("quantile", segments, { q })[0])).toEqual([1.75, 3, 5]);
  });
  it("reduces float32 heights", () => {
    const heights = cellsOf([[100.1, 100.2, 103.7, 99.9]], "float32");
    for (const [name, wanted] of [
      ["mean", 100.975],
      ["median", 100.149994],
      ["var", 2.486872],
    ] as const) {
      const [value] = aggregate(name, heights) as unknown as [number];
      expect(Math.abs(value / wanted - 1)).toBeLessThan(SPEC_TOLERANCE);
    }
  });
});

describe("every aggregator", () => {
  it("answers to its NumPy names in one registry", () => {
    const registry = createRegistry(builtins);
    for (const name of [
      "len",
      "count",
      "np.amin",
      "numpy.nanmean",
      "np.quantile",
      "np.average",
      "expression",
    ]) {
      expect(registry.aggregator(name).kind).toBe("aggregator");
    }
  });

  for (const name of names) {
    it(`${name} leaves empty cells as they are, and an empty chunk`, () => {
      const out = aggregate(name, cellsOf([[], [1, 2, 3], [], []]), params[name]);
      expect([out[0], out[2], out[3]]).toEqual([-999, -999, -999]);
      expect(out[1]).not.toBe(-999);
      expect(aggregate(name, cellsOf([]), params[name])).toHaveLength(0);
    });

    it(`${name} gives the same bytes twice, and reads only what it declares`, () => {
      const cells = cellsOf([[0.1, 0.2, NaN], [3], Array.from({ length: 300 }, (_, i) => Math.sin(i))]);
      expect(aggregate(name, cells, params[name])).toEqual(aggregate(name, cells, params[name]));
      const read = new Set<string>();
      const bound = bind(name, params[name]);
      const { column, scratch, ...rest } = cells;
      const watch =
        <T>(reader: (column: string) => T) =>
        (column: string): T => {
          read.add(column);
          return reader(column);
        };
      bound.aggregate({ ...rest, column: watch(column), scratch: watch(scratch) }, new Float64Array(3));
      expect([...read].sort()).toEqual([...bound.inputs].sort());
    });

    it(`${name} of one chunk is that of its cells one by one, whatever the order of rows`, () => {
      // No magnitudes below 1e-3 but 0: the order of a product decides where tiny factors underflow.
      const number = fc
        .double({ min: -1e3, max: 1e3, noNaN: true })
        .map((value) => (Math.abs(value) < 1e-3 ? 0 : value));
      const cells = fc.array(fc.array(number, { maxLength: 40 }), { maxLength: 6 });
      fc.assert(
        fc.property(cells, fc.nat(), (lists, seed) => {
          const together = aggregate(name, cellsOf(lists), params[name]);
          for (const [cell, list] of lists.entries()) {
            const turn = list.length === 0 ? 0 : seed % list.length;
            const turned = [...list.slice(turn), ...list.slice(0, turn)].reverse();
            const [alone] = aggregate(name, cellsOf([list]), params[name]) as unknown as [number];
            const [shuffled] = aggregate(name, cellsOf([turned]), params[name]) as unknown as [number];
            expect(together[cell]).toBe(alone);
            const scale = /prod/.test(name) ? Math.abs(alone) : 1e6;
            if (Number.isFinite(alone))
              expect(Math.abs(alone - shuffled)).toBeLessThanOrEqual(ORDER_TOLERANCE * scale);
            else expect(shuffled).toBe(alone);
          }
        }),
        { numRuns: 30 },
      );
    });
  }
});

describe("merge laws", () => {
  const halves = (name: string, list: readonly number[], cut: number) =>
    [list.slice(0, cut), list.slice(cut)]
      .filter((half) => half.length > 0)
      .map((half) => aggregate(name, cellsOf([half]))[0]!);
  const merges: Readonly<Record<string, (parts: readonly number[]) => number>> = {
    count: (parts) => parts.reduce((a, b) => a + b),
    min: (parts) => Math.min(...parts),
    max: (parts) => Math.max(...parts),
    sum: (parts) => parts.reduce((a, b) => a + b),
    nansum: (parts) => parts.reduce((a, b) => a + b),
    nanmin: (parts) => Math.min(...parts),
    nanmax: (parts) => Math.max(...parts),
  };

  it("are declared by exactly those whose results combine", () => {
    const merging = builtins.filter((plugin) => plugin.mergeLaw.law !== "none").map((plugin) => plugin.name);
    // These combine by partial results of their own, which the contract kit checks.
    const byState = [
      ...[
        "average",
        "covariance",
        "distinct",
        "max_by",
        "mean",
        "min_by",
        "nanmean",
        "nanprod",
        "nanstd",
        "nanvar",
      ],
      ...["prod", "ptp", "std", "tdigest", "var"],
    ];
    expect(merging.sort()).toEqual([...Object.keys(merges), ...byState].sort());
  });

  it("of a variance holds for values far from zero, to the digits that the values have", () => {
    const values = Array.from({ length: 300 }, (_, i) => 1e8 + Math.sin(i));
    for (const name of ["var", "std", "nanvar", "nanstd"]) {
      const field = bind(name, { ddof: 1 });
      const partial = field.partial as NonNullable<typeof field.partial>;
      const state = partial.init(1);
      for (let start = 0; start < values.length; start += 7) {
        const block = partial.init(1);
        partial.update(block, cellsOf([values.slice(start, start + 7)]));
        partial.merge(state, block);
      }
      const out = new Float64Array(1);
      partial.finish(state, out);
      const whole = aggregate(name, cellsOf([values]), { ddof: 1 })[0]!;
      expect(Math.abs(out[0]! / whole - 1)).toBeLessThan(DIGITS_FAR_FROM_ZERO);
    }
  });

  for (const [name, merge] of Object.entries(merges)) {
    it(`of ${name} hold however its rows are split`, () => {
      const list = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
        minLength: 1,
        maxLength: 300,
      });
      const law = builtins.find((plugin) => plugin.name === name)?.mergeLaw;
      const tolerance = law?.law === "approximate" ? law.tolerance : 0;
      fc.assert(
        fc.property(list, fc.nat(300), (values, cut) => {
          const whole = aggregate(name, cellsOf([values]))[0]!;
          const merged = merge(halves(name, values, cut));
          const scale = values.reduce((sum, value) => sum + Math.abs(value), 0);
          expect(Math.abs(whole - merged)).toBeLessThanOrEqual(tolerance * scale);
        }),
      );
    });
  }
});

describe("at the edges", () => {
  it("a zero sum of weights gives NaN in that cell alone", () => {
    const segments = segmentsOf([0, 2, 4], {
      v: Float64Array.of(1, 2, 3, 4),
      w: Float64Array.of(1, -1, 1, 3),
    });
    expect([...aggregate("average", segments, { weights: "w" }, ["v", "w"])]).toEqual([NaN, 3.75]);
  });
  it("a sample variance of one value is NaN", () => {
    expect(aggregate("var", cellsOf([[5]]), { ddof: 1 })[0]).toBeNaN();
  });
  it("a variance does not lose small deviations from a large mean", () => {
    expect(aggregate("var", cellsOf([[1e9, 1e9 + 1, 1e9 + 2]]))[0]).toBeCloseTo(2 / 3, 12);
  });
  it("a sum of a million float32 keeps their digits", () => {
    const v = new Float32Array(1_000_000).fill(0.1);
    expect(aggregate("sum", segmentsOf([0, v.length], { v }))[0]).toBeCloseTo(1e6 * Math.fround(0.1), 6);
  });
  it("a quantile does not disturb the column that others read", () => {
    const v = Float64Array.of(3, 1, 2);
    aggregate("median", segmentsOf([0, 3], { v }));
    expect([...v]).toEqual([3, 1, 2]);
  });
});

describe("a field that cannot be computed is refused when it is bound", () => {
  const code = (action: () => unknown): unknown => {
    try {
      action();
    } catch (error) {
      return isCodedError(error) ? error : undefined;
    }
    return undefined;
  };
  it("without a source, or with one there is not, and a suggestion", () => {
    const mean = createRegistry(builtins).aggregator("mean");
    const request = { field: scalarField, params: {}, columns: ["h_li", "s_li"], chunkValues: [] };
    expect(code(() => mean.bind({ ...request, source: undefined }))).toMatchObject({
      code: "AGGREGATOR_SOURCE",
    });
    expect(code(() => mean.bind({ ...request, source: "h_l" }))).toMatchObject({
      code: "AGGREGATOR_SOURCE",
      mend: 'did you mean "h_li"?',
      path: "/aggregation/variables/field/source",
    });
  });
  it("with weights that are not one per row", () => {
    expect(code(() => bind("average", { weights: "np.sum(v)" }))).toMatchObject({ code: "EXPRESSION_RANK" });
  });
  it("with an expression that gives a value per row", () => {
    expect(code(() => bind("expression", { expression: "v + 1" }))).toMatchObject({
      code: "EXPRESSION_RANK",
      path: "/aggregation/variables/field/expression",
    });
  });
});
