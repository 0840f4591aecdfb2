import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileArrayExpression, compileExpression } from "../src/index.js";
import { arrays, fixtureNumber, segmentsOf } from "./segments.js";

interface Fixture {
  readonly offsets: readonly number[];
  readonly columns: Readonly<Record<string, { dtype: keyof typeof arrays; values: (number | string)[] }>>;
  readonly cases: readonly {
    readonly expression: string;
    readonly rank: "cell" | "row";
    readonly types: readonly string[];
    readonly result: readonly (number | string | null)[];
  }[];
}

/** NumPy sums float32 in float32, we in float64; its float32 functions err by up to four units in the last place. */
const FLOAT32_TOLERANCE = 1e-6;
/** The order of a float64 sum, and the last place of the mathematical functions of another library. */
const FLOAT64_TOLERANCE = 1e-13;

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/expressions.json", import.meta.url), "utf8"),
) as Fixture;
const columns = Object.fromEntries(
  Object.entries(fixture.columns).map(([name, { dtype, values }]) => [
    name,
    arrays[dtype].from(values.map(fixtureNumber)),
  ]),
);
const segments = segmentsOf(fixture.offsets, columns);

describe("expressions give what NumPy gives", () => {
  it("for a hundred and fifty of them or more", () => {
    expect(fixture.cases.length).toBeGreaterThanOrEqual(150);
  });

  for (const { expression, rank, types, result } of fixture.cases) {
    it(`${rank}: ${expression}`, () => {
      const compiled = compileExpression(expression, { columns: Object.keys(columns) });
      const single = types.every((type) => type === "float32");
      let actual: ArrayLike<number>;
      if (rank === "cell") {
        const out = new Float64Array(segments.cells);
        compiled.evaluateCells(segments, out);
        actual = out;
      } else {
        expect(compiled.rank).toBe("row");
        actual = compiled.evaluateRows(segments);
        expect(actual).toBeInstanceOf(arrayOf[types[0]!]);
      }
      for (const [i, wanted] of result.entries()) {
        if (wanted === null) continue;
        expectClose(actual[i]!, fixtureNumber(wanted), single ? FLOAT32_TOLERANCE : FLOAT64_TOLERANCE);
        if (single) expect(Math.fround(actual[i]!)).toBe(actual[i]);
      }
      const byCell = cellByCell(expression, rank);
      for (const [i, wanted] of result.entries()) {
        const value = byCell[i]!;
        if (wanted !== null)
          expectClose(value, fixtureNumber(wanted), single ? FLOAT32_TOLERANCE : FLOAT64_TOLERANCE);
      }
    });
  }
});

/** What comes of an expression when it goes the way of arrays, one cell after another; a cell of one row is among them. */
function cellByCell(expression: string, rank: "cell" | "row"): readonly number[] {
  const { evaluate } = compileArrayExpression(expression, { columns: Object.keys(columns) });
  return Array.from({ length: segments.cells }, (_, cell) => {
    const rows = segments.offsets[cell + 1]! - segments.offsets[cell]!;
    if (rows === 0) return rank === "cell" ? [NaN] : [];
    return [...evaluate(segments, cell).data];
  }).flat();
}

/** How we hold what NumPy calls by these names. */
const arrayOf: Readonly<Record<string, abstract new () => ArrayLike<number>>> = {
  ...arrays,
  bool: Uint8Array,
  int8: Int8Array,
  int64: Float64Array,
};

function expectClose(actual: number, wanted: number, tolerance: number): void {
  if (!Number.isFinite(wanted)) expect(actual).toBe(wanted);
  else expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(tolerance * Math.abs(wanted));
}
