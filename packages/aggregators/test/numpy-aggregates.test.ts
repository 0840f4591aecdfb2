import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@zagg/core";
import { aggregate } from "./fields.js";
import { arrays, fixtureNumber, segmentsOf } from "./segments.js";

interface Fixture {
  readonly columns: Readonly<
    Record<string, { readonly offsets: readonly number[]; readonly values: readonly (number | string)[] }>
  >;
  readonly cases: readonly {
    readonly dtype: "float32" | "float64" | "int32" | "uint8";
    readonly function: string;
    readonly params: JsonObject;
    readonly result: readonly (number | string)[];
  }[];
}

/** NumPy sums float32 in float32; we sum in float64. */
const FLOAT32_SUMS = 1e-6;
/** Leaving NaN out shortens the sum where NumPy adds zeros, which changes its order. */
const NAN_SUMS = 1e-14;
const sums = /sum|prod|mean|average|var|std/;

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/aggregates.json", import.meta.url), "utf8"),
) as Fixture;

describe("aggregators give what NumPy gives", () => {
  for (const { dtype, function: name, params, result } of fixture.cases) {
    it(`${name} ${JSON.stringify(params)} of ${dtype}`, () => {
      const { offsets, values } = fixture.columns[dtype]!;
      const v = arrays[dtype].from(values.map(fixtureNumber));
      const actual = aggregate(`np.${name}`, segmentsOf(offsets, { v }), params);
      const tolerance = !sums.test(name)
        ? 0
        : dtype === "float32"
          ? FLOAT32_SUMS
          : /nan|prod/.test(name)
            ? NAN_SUMS
            : 0;
      for (const [cell, wanted] of result.map(fixtureNumber).entries()) {
        const got = (dtype === "float32" ? Math.fround(actual[cell]!) : actual[cell]) as number;
        if (!Number.isFinite(wanted)) expect(got, `cell ${cell}`).toBe(wanted);
        else expect(Math.abs(got - wanted), `cell ${cell}`).toBeLessThanOrEqual(tolerance * Math.abs(wanted));
      }
    });
  }
});
