import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { codes } from "../src/index.js";

const source = new URL("../src/", import.meta.url);

it("lists its codes in order, each used somewhere in the package", () => {
  const names = Object.keys(codes);
  expect(names).toEqual([...names].sort());
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && file !== "codes.ts",
  );
  const text = files.map((file) => readFileSync(new URL(file, source), "utf8")).join("\n");
  const used = new Set(
    Array.from(text.matchAll(/"((?:BOUNDS|SHARDMAP|GRANULE)_[A-Z_]+)"/g), ([, code]) => code!),
  );
  expect([...used].sort()).toEqual(names);
});
