import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { builtins, compileExpression } from "../src/index.js";
import { elementwiseFunctions } from "../src/expression/functions.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
import { segmentsOf } from "./segments.js";

it("shows an example that gives what it says", () => {
  const columns: Record<string, Float64Array> = {
    h_li: Float64Array.of(1, 2, 4, 8, 5),
    s_li: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5),
  };
  const segments = segmentsOf([0, 4, 5], columns);
  const text = "1.0 / np.sqrt(np.sum(1.0 / s_li**2))";
  expect(readme).toContain(`compileExpression("${text}"`);
  const out = new Float64Array(segments.cells);
  compileExpression(text, { columns: Object.keys(columns) }).evaluateCells(segments, out);
  expect(out[0]).toBeCloseTo(0.0838, 4);
  expect(out[1]).toBe(0.5);
});

it("names every aggregator and function", () => {
  for (const { name } of builtins) expect(readme).toMatch(new RegExp(`\\b${name}\\b`));
  const synonyms = ["absolute", "around", "deg2rad", "rad2deg"];
  for (const name of elementwiseFunctions.keys()) {
    if (!synonyms.includes(name)) expect(readme).toMatch(new RegExp(`\\b${name}\\b`));
  }
});
