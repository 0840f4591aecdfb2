/** Expressions of any shape, beside what NumPy makes of them: fixtures/PROVENANCE.md. */
import { readFileSync } from "node:fs";
import { isCodedError, type ChunkValue, type DType } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { storedType } from "../src/expression/array/array-compiler.js";
import { compileArrayExpression, compileExpression } from "../src/index.js";
import { fixtureNumber, segmentsOf } from "./segments.js";

interface Stored {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}
interface Case {
  readonly expression: string;
  /** Whether the result is one of Python's own numbers, or a tuple. */
  readonly kind: "python" | "numpy";
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

const fixture = JSON.parse(readFileSync(new URL("../fixtures/arrays.json", import.meta.url), "utf8")) as {
  readonly columns: Readonly<Record<string, Stored>>;
  readonly chunk: Readonly<Record<string, Stored>>;
  readonly cases: readonly Case[];
  readonly errors: readonly { readonly expression: string }[];
};

const arrayTypes = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
} as const;
const dataOf = ({ dtype, values }: Stored) =>
  arrayTypes[dtype as keyof typeof arrayTypes].from(values.map(fixtureNumber));
const columns = Object.fromEntries(
  Object.entries(fixture.columns).map(([name, column]) => [name, dataOf(column)]),
);
const chunk: Record<string, ChunkValue> = Object.fromEntries(
  Object.entries(fixture.chunk).map(([name, one]) => [
    name,
    { dtype: one.dtype, shape: one.shape, data: dataOf(one) },
  ]),
);
const rows = columns["h"]?.length ?? 0;
const context = { columns: Object.keys(columns), chunkValues: Object.keys(chunk) };
const segments = () => segmentsOf([0, rows], columns, chunk);

/** NumPy sums float32 in float32, we in float64; its float32 functions err by up to four units in the last place. */
const FLOAT32_TOLERANCE = 2e-6;
/** The order of a float64 sum, and the last place of the mathematical functions of another library. */
const FLOAT64_TOLERANCE = 1e-12;

function expectClose(found: ArrayLike<number>, { dtype, data }: Case): void {
  const tolerance = dtype === "float32" ? FLOAT32_TOLERANCE : dtype === "float64" ? FLOAT64_TOLERANCE : 0;
  for (const [i, value] of data.entries()) {
    const wanted = fixtureNumber(value);
    const actual = found[i]!;
    if (Object.is(actual, wanted) || actual === wanted) continue;
    expect(Math.abs(actual - wanted), `element ${i} is ${actual}, not ${wanted}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(wanted)),
    );
  }
}

describe("expressions over arrays give what NumPy gives", () => {
  it("for four hundred of them or more", () => {
    expect(fixture.cases.length).toBeGreaterThanOrEqual(400);
  });

  for (const one of fixture.cases) {
    it(one.expression, () => {
      const found = compileArrayExpression(one.expression, context).evaluate(segments(), 0);
      expect(found.shape).toEqual(one.shape);
      if (one.kind === "numpy") expect(storedType(found)).toBe(one.dtype);
      expect(found.data.length).toBe(one.data.length);
      expectClose(found.data, one);
      if (one.shape.length > 0) return;
      // The same number by whichever way a scalar field goes.
      const out = new Float64Array(1);
      compileExpression(one.expression, context).evaluateCells(segments(), out);
      expectClose(out, one);
    });
  }
});

describe("what NumPy refuses is refused with a code", () => {
  for (const { expression } of fixture.errors) {
    it(expression, () => {
      let thrown: unknown;
      try {
        compileArrayExpression(expression, context).evaluate(segments(), 0);
      } catch (error) {
        thrown = error;
      }
      expect(isCodedError(thrown)).toBe(true);
      expect((thrown as { code: string }).code).toMatch(/^EXPRESSION_/);
    });
  }
});

describe("what Python and NumPy compute without an error", () => {
  it.each([
    ["np.sum(h) / np.float32(0)", Infinity],
    ["(h - h)[0] / np.float32(0)", NaN],
    ["np.array([7])[0] // np.array([0])[0]", 0],
    ["np.array([7])[0] % np.array([0])[0]", 0],
    ["np.mean(h[h > 1e9])", NaN],
    ["np.float64(10.0) ** 400", Infinity],
    ["np.log(np.float64(-1))", NaN],
  ])("%s is %d", (expression, value) => {
    const out = new Float64Array(1);
    compileExpression(expression, context).evaluateCells(segments(), out);
    expect(out[0]).toBe(value);
  });
});
