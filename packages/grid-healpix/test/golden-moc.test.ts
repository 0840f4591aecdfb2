/** MOCs as mocpy makes them; see ../fixtures/PROVENANCE.md. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as api from "../src/moc.js";

interface GoldenCase {
  readonly a: string;
  readonly b: string;
  readonly order: number;
  readonly json: string;
  readonly union: string;
  readonly intersection: string;
  readonly difference: string;
  readonly symmetric_difference: string;
  readonly complement: string;
  readonly coarsened: Readonly<Record<string, string>>;
  readonly sky_fraction: number;
  readonly uniq: readonly string[];
  readonly inside: readonly number[];
}

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const golden = JSON.parse(fixture("mocpy_mocs.json").toString()) as {
  readonly lon_deg: readonly number[];
  readonly lat_deg: readonly number[];
  readonly cases: readonly GoldenCase[];
};

/** mocpy adds up doubles. */
const FRACTION_TOLERANCE = 1e-15;

describe.each(golden.cases.map((of, k) => [k, of] as const))("MOC %d of mocpy", (_k, of) => {
  const a = api.parseMocAscii(of.a);
  const b = api.parseMocAscii(of.b);

  it("comes out of ASCII, JSON and NUNIQ the same", () => {
    expect(a.order).toBe(of.order);
    expect(api.formatMocAscii(a)).toBe(of.a);
    expect(api.formatMocJson(a)).toBe(of.json);
    expect(api.parseMocJson(of.json)).toEqual(a);
    const uniq = api
      .mocLevels(a)
      .flatMap(({ order, nested }) => Array.from(nested, (id) => 4n ** BigInt(order + 1) + id));
    expect(uniq.map(String)).toEqual(of.uniq);
  });

  it("has the same union, intersection, differences and complement", () => {
    const made = [
      api.uniteMocs(a, b),
      api.intersectMocs(a, b),
      api.subtractMocs(a, b),
      api.xorMocs(a, b),
      api.complementMoc(a),
    ].map(api.formatMocAscii);
    expect(made).toEqual([of.union, of.intersection, of.difference, of.symmetric_difference, of.complement]);
  });

  it("is coarsened to the same cells", () => {
    for (const [order, text] of Object.entries(of.coarsened)) {
      expect(api.formatMocAscii(api.coarsenMoc(a, Number(order)))).toBe(text);
    }
  });

  it("covers the same part of the sky, and the same points", () => {
    expect(Math.abs(api.mocSkyFraction(a) - of.sky_fraction)).toBeLessThanOrEqual(FRACTION_TOLERANCE);
    const held = new Uint8Array(golden.lon_deg.length);
    const count = api.locateInMoc(
      a,
      Float64Array.from(golden.lon_deg),
      Float64Array.from(golden.lat_deg),
      "geodetic",
      held,
    );
    expect([...held]).toEqual(of.inside);
    expect(count).toBe(of.inside.filter((one) => one === 1).length);
  });
});

describe("FITS files of mocpy", () => {
  const sample = api.parseMocAscii(golden.cases[6]?.a as string);

  it.each(["mocpy_range.fits", "mocpy_nuniq.fits"])("%s is read", (name) => {
    expect(api.decodeMocFits(fixture(name))).toEqual(sample);
  });

  it.each([
    ["mocpy_range.fits", "RANGE"],
    ["mocpy_nuniq.fits", "NUNIQ"],
  ] as const)("%s has the table that we write", (name, ordering) => {
    const theirs = fixture(name).subarray(5760);
    expect([...api.encodeMocFits(sample, ordering).subarray(5760)]).toEqual([...theirs]);
  });
});
