import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkShardMap, explainCheck, parseShardMap, serializeShardMap } from "../src/index.js";
import { readFixture } from "./shared.js";
import { createTileGrid } from "./tile-grid.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

function reuse(text: string, grid: Parameters<typeof checkShardMap>[1]): string {
  const map = parseShardMap(text, { file: "map.json" }); // keys are a BigUint64Array
  const check = checkShardMap(map, grid);
  if (check.verdict === "refused") throw new Error(explainCheck(check));
  return serializeShardMap(map); // the bytes that were read
}

it("holds the example that runs here", () => {
  const example = /```ts\n([^]*?)```/.exec(readme)![1]!.trim().split("\n");
  const here = readFileSync(new URL(import.meta.url), "utf8");
  expect(example.length).toBeLessThan(15);
  for (const line of example.slice(2)) expect(here).toContain(line.replace("export ", ""));
});

it("returns the bytes of a map that may be reused and throws for another grid's", () => {
  const text = readFixture("wide.json");
  const { gridSignature } = parseShardMap(text);
  expect(reuse(text, createTileGrid({ signature: gridSignature as never }))).toBe(text);
  expect(() => reuse(text, createTileGrid())).toThrow("ShardMap was built for a different grid");
});
