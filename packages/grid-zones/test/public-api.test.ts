import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import * as api from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "codes",
      "zones",
      "zonesParams",
    ]
  `);
});

it("lists its error codes in order, and throws each of them and no others", () => {
  const names = Object.keys(api.codes);
  expect(names).toEqual([...names].sort());
  const src = new URL("../src/", import.meta.url);
  const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && file !== "codes.ts")
    .map((file) => readFileSync(new URL(file, src), "utf8"));
  const thrown = sources.flatMap((text) =>
    [...text.matchAll(/"((?:GRID|GEOMETRY)_[A-Z_]+)"/g)].map((match) => match[1]!),
  );
  expect([...new Set(thrown)].sort()).toEqual(names);
});
