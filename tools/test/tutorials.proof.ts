/**
 * The pages for newcomers, followed word for word in a copy of the workspace: a block with a file name is that file, and
 * a block of `sh` is run line by line. A block marked `fails` must fail, and say what the next block, `output`, says.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageBlocks, type PageBlock } from "./page-blocks.js";
import { copyWorkspace, type WorkspaceCopy } from "./workspace-copy.js";

/** A page takes half a minute on two idle cores. */
const PAGE_TIMEOUT_MS = 600_000;

/** Every kit has more laws than this. */
const LAWS = 10;

/** @returns what each command that succeeded said */
async function follow(
  workspace: WorkspaceCopy,
  blocks: readonly PageBlock[],
): Promise<ReadonlyMap<string, string>> {
  const outputs = new Map<string, string>();
  let failed = "";
  for (const { language, rest, text } of blocks) {
    if (language === "sh") {
      for (const command of text.trim().split("\n")) {
        const { status, output } = await workspace.run(command);
        expect(status === 0, `${command}\n${output}`).toBe(rest !== "fails");
        if (rest === "fails") failed = output;
        else outputs.set(command, output);
      }
    } else if (language === "output") {
      for (const line of text.trim().split("\n")) expect(failed).toContain(line.trim());
    } else if (rest !== "") {
      mkdirSync(dirname(join(workspace.root, rest)), { recursive: true });
      writeFileSync(join(workspace.root, rest), text);
    }
  }
  return outputs;
}

describe.concurrent.each([
  ["add-a-grid.md", "packages/grid-boxes"],
  ["add-an-aggregator.md", "packages/aggregator-rms"],
])("docs/tutorials/%s", (name, folder) => {
  const blocks = pageBlocks(name);
  let workspace: WorkspaceCopy;
  beforeAll(() => {
    workspace = copyWorkspace();
  });
  afterAll(() => workspace.remove());

  it("has commands that succeed, one that fails first, and files", () => {
    expect(blocks.filter(({ rest }) => rest === "fails")).toHaveLength(1);
    expect(blocks.some(({ language, rest }) => language === "ts" && rest.startsWith(folder))).toBe(true);
    expect(blocks.at(-1)?.language).toBe("sh");
  });

  it(
    "leads to a package that passes its contract kit, builds and lints",
    { timeout: PAGE_TIMEOUT_MS },
    async () => {
      const outputs = await follow(workspace, blocks);
      const kit = outputs.get(`npx vitest run --project ${basename(folder)}`);
      expect(Number(/Tests\s+(\d+) passed/.exec(kit ?? "")?.[1])).toBeGreaterThan(LAWS);
    },
  );
});
