import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as runner from "../src/index.js";
import * as threads from "../src/threads.js";
import * as worker from "../src/worker.js";

const root = fileURLToPath(new URL("../src/", import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);
const textOf = (file: string) => readFileSync(`${root}/${file}`, "utf8");

describe("the public surface", () => {
  it("is what the index names", () => {
    expect(Object.keys(runner).sort()).toMatchInlineSnapshot(`
      [
        "bindConfig",
        "bindFields",
        "checkCompatible",
        "codes",
        "createShardProcessor",
        "dryRunReport",
        "executeRun",
        "groupByPosition",
        "inlineExecutor",
        "permuteRows",
        "planRun",
        "validateCompatible",
      ]
    `);
  });

  it("keeps platform code in subpaths of its own", () => {
    expect([Object.keys(threads), Object.keys(worker)]).toEqual([["threadsExecutor"], ["openWorker"]]);
    const platformFiles = sources.filter((file) => /from "(node:|piscina)/.test(textOf(file)));
    expect(platformFiles.sort()).toEqual(["thread-worker.ts"]);
  });
});

describe("the codes", () => {
  const text = sources.map(textOf).join("\n");
  const thrown = new Set(
    [...text.matchAll(/Error\(\s*"([A-Z_]+)"|code: "([A-Z_]+)"/g)].map(([, a, b]) => a ?? b),
  );
  /** Codes of the contract, which core lists. */
  const ofCore = ["COLUMN_UNKNOWN", "COMPOSITION_PATH"];

  it("are listed, each of them, in order, and nothing else is", () => {
    const listed = Object.keys(runner.codes);
    expect(listed).toEqual([...listed].sort());
    expect([...thrown].filter((code) => !ofCore.includes(code as string)).sort()).toEqual(listed);
  });
});
