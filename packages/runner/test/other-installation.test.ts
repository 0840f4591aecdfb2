/** A worker in another process, another folder, with an installation of its own: only text reaches it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { Composition, RunContext, ShardJob, ShardResult } from "@zagg/core";
import { threadsExecutor } from "../src/threads.js";
import { executorScene, folderContents, removeScenes } from "./executor-scene.js";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const isBuilt = existsSync(join(packages, "runner/dist/worker.js"));
const home = mkdtempSync(join(tmpdir(), "zagg-elsewhere-"));
afterAll(() => {
  rmSync(home, { recursive: true });
  removeScenes();
});

const PROGRAM = `
import { createInterface } from "node:readline";
import { openWorker } from "@zagg/runner/worker";
let worker;
for await (const line of createInterface({ input: process.stdin })) {
  try {
    if (worker === undefined) {
      worker = await openWorker(line);
      console.log("{}");
    } else console.log(await worker.process(line));
  } catch (error) {
    console.log(JSON.stringify({ refused: error.toJSON() }));
  }
}
`;

const composition: Composition = {
  specifier: "made-composition/registry",
  version: "1.0.0",
  export: "composeRegistry",
};

/** A folder with packages of its own, and the test plugins as one of them. */
function install(): void {
  const modules = join(home, "node_modules");
  for (const name of ["core", "runner"]) {
    const link = join(modules, "@zagg", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(packages, name), link);
  }
  const made = join(modules, "made-composition");
  cpSync(join(packages, "runner/test/plugins"), made, { recursive: true });
  const manifest = {
    name: "made-composition",
    version: "1.0.0",
    exports: { "./registry": "./composition.mjs" },
  };
  writeFileSync(join(made, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(home, "worker.mjs"), PROGRAM);
}

async function work(
  context: RunContext,
  jobs: readonly ShardJob[],
): Promise<readonly Record<string, unknown>[]> {
  const child = spawn(process.execPath, ["worker.mjs"], { cwd: home, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end([context, ...jobs].map((message) => `${JSON.stringify(message)}\n`).join(""));
  const answers: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    answers.push(JSON.parse(line) as Record<string, unknown>);
  if (child.exitCode === null) await once(child, "exit");
  return answers;
}

describe.runIf(isBuilt)("a worker in another process and folder, with its own installation", () => {
  it("writes the same bytes as threads of this process", async () => {
    install();
    const here = executorScene();
    const session = await threadsExecutor.open(here.context, {
      ...{ workers: 2, params: {} },
      registry: here.registry,
    });
    const expected: ShardResult[] = [];
    for (const job of here.jobs) expected.push(await session.process(job));
    await session.close();

    const there = executorScene(composition);
    const [opened, ...results] = await work(there.context, there.jobs);
    expect(opened).toEqual({});
    const untimed = (result: object) => ({ ...result, duration_s: 0 });
    expect(results.map(untimed)).toEqual(expected.map(untimed));
    expect(folderContents(there.storeUri)).toEqual(folderContents(here.storeUri));
  });

  it("refuses a run that was planned with another version of a package, and files of this disk", async () => {
    const planned = { ...composition, version: "1.0.1" };
    const [refused] = await work(executorScene(planned).context, []);
    expect(refused).toMatchObject({ refused: { code: "COMPOSITION_VERSION" } });
    expect(JSON.stringify(refused)).toMatch(/1\.0\.1.*1\.0\.0/);
    const [byPath] = await work(executorScene().context, []);
    expect(byPath).toMatchObject({ refused: { code: "COMPOSITION_PATH" } });
  });
});
