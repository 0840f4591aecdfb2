import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as api from "../src/index.js";
import * as moc from "../src/moc.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("the README", () => {
  it("has an example that runs and gives what its comments say", () => {
    const { healpix, assignNested, coverRegion } = api;
    const ids = new BigUint64Array(1);
    assignNested(12, Float64Array.of(-76.55), Float64Array.of(38.89), "authalic", ids);
    const box = { lonDeg: Float64Array.of(10, 11, 11, 10), latDeg: Float64Array.of(50, 50, 51, 51) };
    const grid = healpix.create({ parent_order: 6, child_order: 12 }, []);
    const shown = [
      ["ids[0]", ids[0]],
      ['coverRegion([[box]], 3, "authalic")', [...coverRegion([[box]], 3, "authalic")]],
      ["grid.coverer([[box]]).shardKeys.length", grid.coverer([[box]]).shardKeys.length],
      [
        "grid.shardLabel(grid.coverer([[box]]).shardKeys[0])",
        grid.shardLabel(grid.coverer([[box]]).shardKeys[0]!),
      ],
    ] as const;
    for (const [expression, value] of shown) {
      const text = Array.isArray(value)
        ? value.map((id) => `${id}n`).join(", ")
        : typeof value === "bigint"
          ? `${value}n`
          : String(value);
      expect(readme).toContain(`${expression}; // ${text}`);
    }
  });

  it("has MOCs that are written as its comments say", () => {
    const { coarsenMoc, formatMocAscii, mocFromMortonWords, mocFromRegion, subtractMocs } = moc;
    const box = { lonDeg: Float64Array.of(10, 11, 11, 10), latDeg: Float64Array.of(50, 50, 51, 51) };
    const grid = api.healpix.create({ parent_order: 6, child_order: 12 }, []);
    const found = mocFromRegion([[box]], 7, "authalic");
    const shards = mocFromMortonWords(grid.coverer([[box]]).shardKeys);
    expect(readme).toContain(`formatMocAscii(moc); // "${formatMocAscii(found)}"`);
    const rest = formatMocAscii(subtractMocs(shards, coarsenMoc(found, 6)));
    expect(readme).toContain(`formatMocAscii(subtractMocs(shards, coarsenMoc(moc, 6))); // "${rest}"`);
  });

  it("lists every export", () => {
    for (const name of [...Object.keys(api), ...Object.keys(moc)]) expect(readme).toContain(`\`${name}\``);
  });
});
