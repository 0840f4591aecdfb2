/** The example of the README does what the README says. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";

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

  it("writes a catalog, and reads the granule that it tells of", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const source = example
      .replace('"@zagg/catalog"', JSON.stringify(join(import.meta.dirname, "../src/index.ts")))
      .replace('"@zagg/catalog/fs"', JSON.stringify(join(import.meta.dirname, "../src/fs.ts")))
      .replaceAll('"granules.parquet"', JSON.stringify(join(folder, "granules.parquet")));
    const file = join(folder, "example.ts");
    writeFileSync(file, `${source}\nexport { problems };\n`);
    const { problems } = (await import(/* @vite-ignore */ file)) as { problems: { id: string }[] };
    expect(log.mock.calls).toEqual([["https://data.example.org/A.h5", 1, undefined]]);
    expect(problems.map(({ id }) => id)).toEqual(["entry 1"]);
    log.mockRestore();
  });
});
