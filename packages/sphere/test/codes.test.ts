import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codes } from "../src/codes.js";

const sources = new URL("../src/", import.meta.url);

const thrown = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith("codes.ts"))
  .flatMap((path) => [
    ...readFileSync(new URL(path, sources), "utf8").matchAll(/(?:Error\(|code: )"([A-Z_]+)"/g),
  ])
  .map((match) => match[1]!);

describe("codes", () => {
  it("are those that the sources throw and warn with", () => {
    expect(Object.keys(codes)).toEqual([...new Set(thrown)].sort());
  });
});
