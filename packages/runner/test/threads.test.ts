import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { validateConfig, type Composition, type Json, type ShardResult } from "@zagg/core";
import { contentHash } from "@zagg/core/node";
import { createShardMap } from "@zagg/shardmap";
import { executeRun, inlineExecutor, planRun, type RunOptions } from "../src/index.js";
import { threadsExecutor } from "../src/threads.js";
import { FIRST_KEY } from "./plugins/boxes-grid.mjs";
import { composeRegistry } from "./plugins/composition.mjs";

const folder = mkdtempSync(join(tmpdir(), "zagg-runner-"));
afterAll(() => rmSync(folder, { recursive: true }));

const registry = composeRegistry();
const composition: Composition = {
  specifier: new URL("./plugins/composition.mjs", import.meta.url).href,
  version: null,
  sharedDisk: true,
  export: "composeRegistry",
};
/** The worker is a built file, so that threads need no loader. */
const isBuilt = existsSync(new URL("../dist/worker.js", import.meta.url));
/** The height 666 is 1 in 1000 of these points, and surely among this many. */
const MANY = 20_000;

function run(name: string, fn: string, points: readonly number[], options: Partial<RunOptions> = {}) {
  const { config } = validateConfig(
    {
      data_source: {
        reader: "table",
        groups: ["g"],
        coordinates: { latitude: "/{group}/lat", longitude: "/{group}/lon" },
        variables: { h: "/{group}/h" },
      },
      aggregation: { variables: { x: { function: fn, source: "h" } } },
      output: { grid: { type: "boxes", columns: 4, cells: 32 } },
    } as Json,
    registry,
  );
  const shardMap = createShardMap({
    metadata: {},
    gridSignature: null,
    shardKeys: BigUint64Array.from(points, (_n, i) => FIRST_KEY + BigInt(i)),
    granules: points.map((n, i) => [{ id: `${i}`, s3: null, https: null, file: `table://made/${n}/${i}` }]),
  });
  const storeUri = join(folder, name);
  const plan = planRun({ registry, config, shardMap, mapBase: "/", storeUri });
  return executeRun(plan, { registry, composition, executor: threadsExecutor, workers: 2, ...options });
}

const untimed = ({ duration_s: _time, ...result }: ShardResult) => result;

describe.runIf(isBuilt)("threads", () => {
  it("give the same results and the same bytes as this thread", async () => {
    const points = [MANY, 0, 500, 3];
    const threaded = await run("threads", "mean", points);
    const inline = await run("inline", "mean", points, { executor: inlineExecutor });
    expect(threaded.completed).toBe(true);
    expect(threaded.executor).toBe("threads");
    expect(threaded.results.map(untimed)).toEqual(inline.results.map(untimed));
    expect(contents("threads")).toEqual(contents("inline"));
  });

  it("hand the further plugins of a composition to its function", async () => {
    const { href } = new URL("./plugins/aggregators.mjs", import.meta.url);
    const plugins = [{ specifier: href, version: null, sharedDisk: true as const }];
    const further = { ...composition, export: "composeWithModules", plugins };
    expect((await run("further", "mean", [3, 3], { composition: further })).completed).toBe(true);
    const { plugins: _plugins, ...without } = further;
    const refused = await run("without", "mean", [3, 3], { composition: without });
    expect(refused.results.map(({ error }) => error?.code)).toContain("PLUGIN_UNKNOWN");
  });

  it("refuse a module that was changed since it was approved, and run nothing of it", async () => {
    const specifier = pathToFileURL(join(folder, "own.mjs")).href;
    writeFileSync(join(folder, "own.mjs"), "export const plugins = [];");
    const hash = contentHash(specifier);
    const changed = { ...composition, export: "composeWithModules" };
    const plugins = [{ specifier, version: null, sharedDisk: true as const, hash }];
    writeFileSync(join(folder, "own.mjs"), 'throw new Error("it ran");');
    const summary = await run("changed", "mean", [3, 3], {
      composition: { ...changed, plugins },
      workers: 1,
    });
    expect(summary).toMatchObject({
      completed: false,
      stopped_by: { code: "COMPOSITION_HASH" },
      cells_left: 1,
    });
  });

  it("turn the end of a worker into a failed shard, and go on with the others", async () => {
    const { results, completed } = await run("crash", "crash", [3, MANY, 3, 3]);
    expect(results.map(({ error }) => error?.code ?? null)).toEqual([null, "WORKER_CRASHED", null, null]);
    expect(completed).toBe(false);
    expect(existsSync(join(folder, "crash"))).toBe(false);
  });

  it.each([
    ["is not there", { ...composition, specifier: "file:///nowhere/composition.mjs" }],
    ["has no such export", { ...composition, export: "other" }],
  ])("stop the run when the module of the registry %s", async (_what, broken) => {
    const summary = await run("broken", "mean", [3, 3, 3, 3], { composition: broken, workers: 1 });
    expect(summary).toMatchObject({
      completed: false,
      stopped_by: { code: "COMPOSITION_INVALID" },
      cells_left: 3,
    });
  });
});

/** Every file of a store, by name. */
function contents(name: string): Record<string, string> {
  const root = join(folder, name);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(root, path), "hex")]));
}
