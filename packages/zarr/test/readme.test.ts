/** The example of the README does what the README says. */
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fileStore } from "../src/fs.js";
import { readHierarchy } from "../src/index.js";
import { readAll } from "./zarrita-oracle.js";

const MOST_LINES = 15;
const folder = mkdtempSync(join(tmpdir(), "zagg-readme-"));
const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";

afterAll(() => rmSync(folder, { recursive: true }));

describe("the example of the README", () => {
  it(`has at most ${MOST_LINES} lines`, () => {
    const lines = example.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
  });

  it("writes the store that it speaks of, which zarrita reads", async () => {
    const source = example
      .replace('"@zagg/zarr"', JSON.stringify(join(import.meta.dirname, "../src/index.ts")))
      .replace('"@zagg/zarr/fs"', JSON.stringify(join(import.meta.dirname, "../src/fs.ts")))
      .replace('"out.zarr"', JSON.stringify(join(folder, "out.zarr")));
    const file = join(folder, "example.ts");
    writeFileSync(file, source);
    await import(/* @vite-ignore */ file);
    const store = fileStore.open(join(folder, "out.zarr"));
    expect((await readHierarchy(store)).arrays.map(({ path, objects }) => [path, objects])).toEqual([
      ["12/count", 1],
    ]);
    const values = await readAll(store, "12/count");
    expect(values).toHaveLength(64);
    expect(values.slice(14, 34)).toEqual([
      ...new Array<number>(2).fill(0),
      ...new Array<number>(16).fill(7),
      0,
      0,
    ]);
  });
});
