import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as api from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "builtins",
      "codes",
      "compileArrayExpression",
      "compileExpression",
      "expressionFilter",
      "expressionMask",
    ]
  `);
});

it("registers these aggregators", () => {
  expect(api.builtins.flatMap(({ name, aliases }) => [name, ...aliases]).sort()).toMatchInlineSnapshot(`
    [
      "amax",
      "amin",
      "average",
      "build_tdigest",
      "count",
      "covariance",
      "distinct",
      "expression",
      "first",
      "iqr",
      "last",
      "len",
      "linear_fit",
      "mad",
      "max",
      "max_by",
      "mean",
      "median",
      "median_abs_deviation",
      "min",
      "min_by",
      "mode",
      "most_frequent",
      "nanmax",
      "nanmean",
      "nanmedian",
      "nanmin",
      "nanpercentile",
      "nanprod",
      "nanquantile",
      "nanstd",
      "nansum",
      "nanvar",
      "nunique",
      "percentile",
      "prod",
      "ptp",
      "quantile",
      "size",
      "std",
      "sum",
      "tdigest",
      "var",
      "weighted_quantile",
      "zagg.stats.tdigest.build_tdigest",
    ]
  `);
});

it("lists every code that it throws, sorted, and no other", () => {
  const root = new URL("../src/", import.meta.url);
  const text = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && file !== "codes.ts")
    .map((file) => readFileSync(new URL(file, root), "utf8"))
    .join("\n");
  const thrown = new Set(
    Array.from(text.matchAll(/(?:Error|failure|limit)\(\s*"([A-Z_]+)"/g), (match) => match[1]),
  );
  expect(Object.keys(api.codes)).toEqual(Object.keys(api.codes).sort());
  expect([...thrown].sort()).toEqual(Object.keys(api.codes));
});
