import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";

import { codes } from "../src/index.js";

it("lists every code that is thrown, and no other, in order", () => {
  const folder = new URL("../src/", import.meta.url);
  const thrown = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const source = readFileSync(new URL(name, folder), "utf8");
    for (const [, code] of source.matchAll(/new ReaderError\(\s*"([A-Z_]+)"/g)) thrown.add(code as string);
  }
  expect(Object.keys(codes)).toEqual([...thrown].sort());
});
