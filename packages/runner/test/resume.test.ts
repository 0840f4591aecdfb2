import { describe, expect, it } from "vitest";
import type { Executor } from "@zagg/core";
import { inlineExecutor } from "../src/index.js";
import { runId } from "../src/run/run-id.js";
import { boom, granules, ledgerOf, map, target, watched, workOf } from "./run-scene.js";
import {
  SIGNATURE,
  block,
  createConfig,
  createMap,
  createScene,
  errorOf,
  execute,
  plan,
  points,
} from "./scene.js";

describe("a run that did not complete", () => {
  it("holds no root, so that it does not look whole", async () => {
    const scene = createScene(granules);
    await execute(scene, plan(scene, createConfig(scene, boom), map));
    expect(target(scene)).toBeUndefined();
    expect(scene.disk.stores.get(workOf(scene)[0]!)?.has("root.json")).toBe(false);
  });

  it("is completed by running it again, which does only what is left", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene, boom), map);
    await execute(scene, runPlan);
    expect(ledgerOf(scene)).toHaveLength(3);
    scene.granules.set("b", points([-85, 0, 4]));
    scene.log.opened.length = 0;
    const summary = await execute(scene, runPlan);
    expect(scene.log.opened).toEqual(["table://b"]);
    expect(summary).toMatchObject({
      completed: true,
      resumed: 3,
      total_obs: 4,
      cells_with_data: 3,
      total_cells: 4,
    });
    expect(summary.results).toHaveLength(4);
    expect(workOf(scene)).toEqual([]);
    expect(block(scene, "boxes/x/0", Float32Array)?.[0]).toBe(0);
  });

  it("keeps what its finished shards tell of their granules", async () => {
    const scene = createScene({ a: points([-175, 0, 1], [-85, 0, 666], [NaN, 0, 1]) });
    const config = createConfig(scene, { ...boom, source: { groups: ["g", "k"] } });
    const runPlan = plan(scene, config, createMap({ 0: ["a"], 1: ["a"] }));
    const first = await execute(scene, runPlan);
    scene.granules.set("a", points([-175, 0, 1], [-85, 0, 4], [NaN, 0, 1]));
    const second = await execute(scene, runPlan);
    const told = { dropped: { invalid: 1 }, groups_skipped: 1 };
    expect(first).toMatchObject({ ...told, completed: false });
    expect(second).toMatchObject({ ...told, completed: true, resumed: 1 });
  });

  it("does again a shard that had to leave a granule out", async () => {
    const scene = createScene({ ...granules, d: {} });
    const some = createMap({ 0: ["a", "d"], 1: ["b"] });
    const runPlan = plan(scene, createConfig(scene, boom), some);
    expect((await execute(scene, runPlan)).results[0]?.skipped_granules).toHaveLength(1);
    scene.granules.set("d", points([-175, 0, 7])).set("b", points([-85, 0, 4]));
    expect(await execute(scene, runPlan)).toMatchObject({ completed: true, resumed: 0, total_obs: 4 });
  });

  it.each([
    ["was cut off", '{"shard_key":'],
    ["is of another shard", '{"shard_key": "7", "error": null, "skipped_granules": []}'],
    ["is of a failure", '{"shard_key": "9223372036854775808", "error": {}, "skipped_granules": []}'],
  ])("does again a shard whose ledger entry %s, and says so", async (_what, entry) => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene, boom), map);
    await execute(scene, runPlan);
    const work = scene.disk.stores.get(workOf(scene)[0]!)!;
    work.set(".zagg/shards/9223372036854775808.json", new TextEncoder().encode(entry));
    scene.granules.set("b", points([-85, 0, 4]));
    const summary = await execute(scene, runPlan);
    expect([summary.resumed, summary.warnings.map(({ code }) => code)]).toEqual([2, ["RUN_LEDGER_CORRUPT"]]);
    expect(summary.completed).toBe(true);
  });

  it("is taken up again whole, however many shards it has done", async () => {
    const scene = createScene({ ...granules, far: points([178, 0, 666]) });
    const columns = 90;
    const config = createConfig(scene, { ...boom, grid: { columns } });
    const boxesOf = Object.fromEntries(
      Array.from({ length: columns }, (_none, i) => [i, [i === 89 ? "far" : "a"]]),
    );
    const many = createMap(boxesOf, { ...SIGNATURE, columns });
    const runPlan = plan(scene, config, many);
    await execute(scene, runPlan);
    scene.granules.set("far", points([178, 0, 4]));
    const summary = await execute(scene, runPlan);
    expect(summary).toMatchObject({ completed: true, resumed: columns - 1 });
    expect([...target(scene)!.keys()].filter((key) => key.startsWith("."))).toEqual([]);
  });

  it("is another run when the config, the selection or the granules differ, but not when the store's place does", async () => {
    const scene = createScene(granules);
    const id = async (runPlan: ReturnType<typeof plan>) =>
      (await execute(scene, runPlan, { overwrite: true })).run_id;
    const own = await id(plan(scene, createConfig(scene), map));
    const ids = [
      await id(plan(scene, createConfig(scene, { source: { fill: "keep" } }), map)),
      await id(plan(scene, createConfig(scene), map, { maxCells: 2 })),
      await id(plan(scene, createConfig(scene), createMap({ 0: ["a"], 1: ["b"], 2: ["c"], 3: ["a"] }))),
    ];
    expect(new Set([own, ...ids]).size).toBe(4);
    expect(await id(plan(scene, createConfig(scene, { output: { store: "elsewhere" } }), map))).toBe(own);
  });

  it("is another run when the code of a plugin differs, but not when its place does", async () => {
    const runPlan = plan(createScene(granules), createConfig(createScene()), map);
    const id = (specifier: string, hash: string) =>
      runId(runPlan, { plugins: [{ specifier, version: null, hash }] });
    const own = await id("file:///a.mjs", "1");
    expect(await id("file:///b.mjs", "1")).toBe(own);
    expect(await id("file:///a.mjs", "2")).not.toBe(own);
    expect(await runId(runPlan, { plugins: [] })).toBe(await runId(runPlan));
  });
});

describe("an interrupt", () => {
  it("before the run leaves everything untouched", async () => {
    const scene = createScene(granules);
    const signal = AbortSignal.abort();
    const error = await errorOf(() => execute(scene, plan(scene, createConfig(scene), map), { signal }));
    expect([error.code, scene.disk.begun]).toEqual(["RUN_INTERRUPTED", 0]);
  });

  it("lets the running shard finish, begins no other, and the run goes on from there", async () => {
    const scene = createScene(granules);
    const abort = new AbortController();
    const executor = watched(scene, () => abort.abort());
    const runPlan = plan(scene, createConfig(scene), map);
    const error = await errorOf(() => execute(scene, runPlan, { executor, signal: abort.signal }));
    expect([error.code, error.details]).toMatchObject(["RUN_INTERRUPTED", { done: 1, left: 3 }]);
    expect(target(scene)).toBeUndefined();
    expect(await execute(scene, runPlan)).toMatchObject({ completed: true, resumed: 1, cells_with_data: 3 });
  });

  it("does not wait for a running shard longer than the grace", async () => {
    const scene = createScene(granules);
    const abort = new AbortController();
    let closed = false;
    const executor: Executor = {
      ...inlineExecutor,
      open: async () => ({
        concurrency: 1,
        process: () => {
          abort.abort();
          return new Promise(() => undefined);
        },
        close: async () => {
          closed = true;
        },
      }),
    };
    const options = { executor, signal: abort.signal, interruptGraceMs: 5 };
    const error = await errorOf(() => execute(scene, plan(scene, createConfig(scene), map), options));
    expect([error.code, closed]).toEqual(["RUN_INTERRUPTED", true]);
  });

  it("after the last shard does not undo the run", async () => {
    const scene = createScene(granules);
    const abort = new AbortController();
    const one = plan(scene, createConfig(scene), createMap({ 0: ["a"] }));
    const options = { executor: watched(scene, () => abort.abort()), signal: abort.signal };
    expect((await execute(scene, one, options)).completed).toBe(true);
  });
});
