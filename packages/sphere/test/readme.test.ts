/** The examples of the README run as they stand there. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { regionFromBbox } from "../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "zagg-readme-"));
const entry = JSON.stringify(join(import.meta.dirname, "../src/index.ts"));
const text = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const examples = [...text.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]!);

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs an example after what it takes as given, and returns what is exported after it. */
async function run(number: number, given: string, exports: string): Promise<Record<string, unknown>> {
  const file = join(folder, `example${number}.ts`);
  const example = examples[number]!.replace('"@zagg/sphere"', entry);
  writeFileSync(file, `${given}\n${example}\n${exports}\n`);
  return (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
}

describe("the examples of the README", () => {
  it("give the box and the hemisphere of a region across the antimeridian", async () => {
    const { box, cap } = await run(
      0,
      "",
      "export const box = boxOfRegion(region), cap = hemisphereOf(vectors, 0, 4);",
    );
    expect(box).toEqual([170, expect.closeTo(-20.28, 2), -170, -10]);
    expect(cap).toBeDefined();
  });

  it("cover a region with the shards of a grid", async () => {
    const given = `
      import { regionFromBbox } from ${entry};
      const keys = BigUint64Array.of(3n);
      const [west, south, east, north] = [0, 0, 10, 10];
      const footprint = (key: bigint) => regionFromBbox([20, 0, 30, 10]);
      const region = regionFromBbox([5, 5, 6, 6]);`;
    const { boxes, others } = await run(1, given, "export { boxes, others };");
    const region = regionFromBbox([5, 5, 6, 6]);
    const keysOf = (coverer: unknown): BigUint64Array =>
      (coverer as (of: typeof region) => { shardKeys: BigUint64Array })(region).shardKeys;
    expect(keysOf(boxes)).toEqual(BigUint64Array.of(3n));
    expect(keysOf(others)).toEqual(BigUint64Array.of());
  });
});
