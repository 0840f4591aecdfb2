/** Generated packages as they are written, in a copy of the workspace: all but the contract kit is content with them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aggregatorGenerator, gridGenerator, readerGenerator } from "../generators/index.mjs";
import { copyWorkspace, type WorkspaceCopy } from "./workspace-copy.js";

/** The compiler and the linter take seconds each on an idle machine. */
const TIMEOUT_MS = 300_000;

let workspace: WorkspaceCopy;

beforeAll(async () => {
  workspace = copyWorkspace();
  const at = (path: string) => join(workspace.root, path);
  const tree = {
    exists: (path: string) => existsSync(at(path)),
    read: (path: string) => readFileSync(at(path), "utf8"),
    write: (path: string, text: string) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
  };
  await gridGenerator(tree, { name: "grid-tiles" });
  await aggregatorGenerator(tree, { name: "aggregator-spread" });
  await readerGenerator(tree, { name: "reader-table" });
}, TIMEOUT_MS);
afterAll(() => workspace.remove());

it("build and typecheck as they are written", { timeout: TIMEOUT_MS }, async () => {
  const { status, output } = await workspace.run(
    "npx tsgo --build packages/grid-tiles packages/aggregator-spread packages/reader-table",
  );
  expect(status, output).toBe(0);
});

it("lint as they are written", { timeout: TIMEOUT_MS }, async () => {
  const { status, output } = await workspace.run(
    "npx eslint packages/grid-tiles packages/aggregator-spread packages/reader-table",
  );
  expect(status, output).toBe(0);
});
