import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dryRunReport, executeRun, inlineExecutor, planRun } from "../src/index.js";
import { createConfig, createMap, createScene, points } from "./scene.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("the example of the README", () => {
  it("is under fifteen lines, and runs", async () => {
    const code = /```ts\n([^]*?)```/.exec(readme)?.[1] ?? "";
    expect(code.trim().split("\n").length).toBeLessThan(15);

    const scene = createScene({ a: points([-175, 0, 1], [-175, 0, 3]) });
    const lines: string[] = [];
    const names = { dryRunReport, executeRun, inlineExecutor, planRun, registry: scene.registry };
    const given = { ...names, config: createConfig(scene), shardMap: createMap({ 0: ["a"] }) };
    const console = { log: (...parts: unknown[]) => lines.push(parts.join(" ")) };
    const run = runnable(code, Object.keys(given));
    await run(console, ...Object.values(given));
    expect(lines).toEqual(["1 shards", "0 of 1", "1 of 1", "true 2"]);
  });
});

/** The example as a function of the names it uses. */
function runnable(code: string, names: readonly string[]): (...values: unknown[]) => Promise<void> {
  const body = code.replace("import.meta.url", '"file:///composition.js"');
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
    ...parts: string[]
  ) => (...values: unknown[]) => Promise<void>;
  return new AsyncFunction("console", ...names, body);
}
