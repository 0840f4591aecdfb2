import { describe, expect, it } from "vitest";
import type { Executor, ShardJob } from "@zagg/core";
import { inlineExecutor, type RunProgress } from "../src/index.js";
import { meetsEveryShard } from "../src/run/dispatch.js";
import { boom, granules, ledgerOf, map, target, watched, workOf } from "./run-scene.js";
import { STORE, createConfig, createMap, createScene, errorOf, execute, plan, points } from "./scene.js";

describe("a run", () => {
  it("reports under the names of the original, in its order, then more", async () => {
    const scene = createScene(granules);
    const summary = await execute(scene, plan(scene, createConfig(scene), map));
    expect(Object.keys(summary).slice(0, 8)).toEqual([
      "total_cells",
      "cells_with_data",
      "cells_error",
      "total_obs",
      "wall_time_s",
      "store_path",
      "backend",
      "results",
    ]);
    expect(summary).toMatchObject({
      total_cells: 4,
      cells_with_data: 3,
      cells_empty: 1,
      cells_error: 0,
      cells_left: 0,
      total_obs: 4,
      store_path: STORE,
      backend: "local",
      completed: true,
      stopped_by: null,
      executor: "inline",
      granules: { read: 3, skipped: [] },
      dropped: { invalid: 0, fill: 0, filtered: 0 },
      groups_skipped: 0,
      resumed: 0,
    });
    expect(summary.bytes_written).toBeGreaterThan(0);
    expect(summary.run_id).toMatch(/^[0-9a-f]{16}$/);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  it("counts an invalid point and a missing group once, however many shards read the granule", async () => {
    const scene = createScene({
      a: points([-175, 0, 1], [-85, 0, 1], [5, 0, 1], [NaN, 0, 1], [5, 91, 1]),
      b: points([-85, 0, 2], [5, 0, 1], [Infinity, 0, 1]),
    });
    const config = createConfig(scene, { source: { groups: ["g", "k"] } });
    const twice = createMap({ 0: ["a"], 1: ["a", "b"], 2: ["b", "a", "a"] });
    const summary = await execute(scene, plan(scene, config, twice));
    expect(summary).toMatchObject({ dropped: { invalid: 3 }, groups_skipped: 2, completed: true });
    expect(summary.results.map(({ dropped, groups_skipped }) => [dropped.invalid, groups_skipped])).toEqual([
      [2, 1],
      [1, 1],
      [0, 0],
    ]);
  });

  it("begins the shards with the most granules first, and reports in the order of the keys", async () => {
    const scene = createScene(granules);
    const begun: string[] = [];
    const executor = watched(scene, ({ shardKey }) => begun.push(shardKey.slice(-1)));
    const { results } = await execute(scene, plan(scene, createConfig(scene), map), { executor });
    expect(begun).toEqual(["1", "8", "9", "0"]);
    expect(results.map(({ shard_key }) => shard_key.slice(-2))).toEqual(["08", "09", "10", "11"]);
  });

  it("leaves neither its work nor its ledger behind", async () => {
    const scene = createScene(granules);
    await execute(scene, plan(scene, createConfig(scene), map));
    expect(workOf(scene)).toEqual([]);
    expect([...target(scene)!.keys()].filter((key) => key.includes("zagg"))).toEqual([]);
    expect(target(scene)!.has("root.json")).toBe(true);
  });

  it("writes the same bytes again", async () => {
    const scene = createScene(granules);
    const once = plan(scene, createConfig(scene), map);
    await execute(scene, once);
    const first = target(scene);
    await execute(scene, once, { overwrite: true });
    expect(target(scene)).toEqual(first);
  });

  it("tells how far it is", async () => {
    const scene = createScene(granules);
    const reports: RunProgress[] = [];
    const onProgress = (progress: RunProgress) => reports.push(progress);
    await execute(scene, plan(scene, createConfig(scene, boom), map), { onProgress });
    expect(reports.map(({ done, failed, total, totalObs }) => [done, failed, total, totalObs])).toEqual([
      [0, 0, 4, 0],
      [1, 0, 4, 0],
      [2, 0, 4, 2],
      [2, 1, 4, 2],
      [3, 1, 4, 3],
    ]);
    expect(reports[0]?.latest).toBeNull();
    expect(reports.at(-1)?.latest?.shard_key).toBe("9223372036854775810");
  });

  it("keeps to the number of jobs that the executor holds", async () => {
    const scene = createScene(granules);
    let running = 0;
    let most = 0;
    const inline = inlineExecutor;
    const executor: Executor = {
      ...inline,
      open: async (context, options) => {
        const session = await inline.open(context, options);
        const process = async (job: ShardJob) => {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setTimeout(resolve, 5));
          const result = await session.process(job);
          running--;
          return result;
        };
        return { ...session, concurrency: options.workers, process };
      },
    };
    const summary = await execute(scene, plan(scene, createConfig(scene), map), { executor, workers: 3 });
    expect([most, summary.completed]).toEqual([3, true]);
  });
});

describe("the target of a run", () => {
  it("that holds a store needs overwrite", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene), map);
    await execute(scene, runPlan);
    const before = target(scene);
    const reads = scene.log.read;
    expect((await errorOf(() => execute(scene, runPlan))).code).toBe("STORE_EXISTS");
    expect([target(scene), scene.log.read, workOf(scene)]).toEqual([before, reads, []]);
  });

  it.each([false, true])("that holds something else is never replaced (overwrite: %s)", async (overwrite) => {
    const scene = createScene(granules);
    scene.disk.stores.set(STORE, new Map([["thesis.doc", new Uint8Array(1)]]));
    const error = await errorOf(() => execute(scene, plan(scene, createConfig(scene), map), { overwrite }));
    expect([error.code, error.details]).toEqual(["STORE_NOT_RECOGNIZED", { found: "thesis.doc" }]);
    expect([...target(scene)!.keys()]).toEqual(["thesis.doc"]);
    expect([scene.log.opened, scene.disk.puts, workOf(scene)]).toEqual([[], [], []]);
  });

  it("keeps its old store when a shard of the new run fails", async () => {
    const scene = createScene(granules);
    await execute(scene, plan(scene, createConfig(scene), map));
    const before = new Map(target(scene));
    const failed = await execute(scene, plan(scene, createConfig(scene, boom), map), { overwrite: true });
    expect([failed.completed, failed.cells_error]).toEqual([false, 1]);
    expect(target(scene)).toEqual(before);
  });
});

describe("a failure that would meet every shard", () => {
  const small = { variables: { n: { function: "count", dtype: "int32" } } };

  it.each(["STORE_FULL", "STORE_UNWRITABLE"])("stops the run at once: %s", async (code) => {
    const scene = createScene(granules);
    scene.disk.refuse = (key) => (/boxes\/n\/\d/.test(key) ? code : undefined);
    const summary = await execute(scene, plan(scene, createConfig(scene, small), map));
    expect(summary).toMatchObject({ completed: false, cells_error: 1, cells_left: 3, stopped_by: { code } });
    expect(summary.results).toHaveLength(1);
  });

  it("stops the run when an aggregator finds the configuration wrong", async () => {
    const scene = createScene(granules);
    const config = createConfig(scene, { variables: { x: { function: "refusing", source: "h" } } });
    const summary = await execute(scene, plan(scene, config, createMap({ 0: ["a"], 2: ["c"] })));
    expect(summary).toMatchObject({ cells_left: 1, stopped_by: { code: "EXPRESSION_TYPE" } });
    expect(summary.stopped_by?.path).toBe("/aggregation/variables/x");
  });

  it("leaves no work behind when no shard was done", async () => {
    const scene = createScene(granules);
    scene.disk.refuse = (key) => (/boxes\/n\/\d/.test(key) ? "STORE_FULL" : undefined);
    await execute(scene, plan(scene, createConfig(scene, small), map));
    expect(workOf(scene)).toEqual([]);
  });

  it("is thrown when it comes before the first shard, and leaves no work behind", async () => {
    const scene = createScene(granules);
    scene.disk.refuse = () => "STORE_FULL";
    expect((await errorOf(() => execute(scene, plan(scene, createConfig(scene), map)))).code).toBe(
      "STORE_FULL",
    );
    expect([workOf(scene), scene.log.opened]).toEqual([[], []]);
  });

  it.each(["COMPOSITION_INVALID", "COLUMN_UNKNOWN", "STORE_UNWRITABLE"])("is one of %s", (code) => {
    const name = code === "COLUMN_UNKNOWN" ? "PluginError" : "RunError";
    expect(meetsEveryShard({ name, code, what: "", why: "", mend: "" })).toBe(true);
    expect(
      meetsEveryShard({ name: "ReaderError", code: "SHARD_UNREADABLE", what: "", why: "", mend: "" }),
    ).toBe(false);
  });

  it("is the loss of a worker: the others begin no further shard", async () => {
    const scene = createScene(granules);
    let begun = 0;
    const inline = inlineExecutor;
    const executor: Executor = {
      ...inline,
      open: async (context, options) => {
        const session = await inline.open(context, options);
        const process = async (job: ShardJob) => {
          if (++begun === 1) throw new Error("gone");
          await new Promise((resolve) => setTimeout(resolve, 5));
          return session.process(job);
        };
        return { ...session, concurrency: 2, process };
      },
    };
    await errorOf(() => execute(scene, plan(scene, createConfig(scene), map), { executor, workers: 2 }));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(begun).toBe(2);
  });

  it("keeps the finished shards when the workers are lost", async () => {
    const scene = createScene(granules);
    let jobs = 0;
    const executor = watched(scene, () => {
      if (++jobs === 3) throw new Error("gone");
    });
    const error = await errorOf(() => execute(scene, plan(scene, createConfig(scene), map), { executor }));
    expect(error.code).toBe("RUN_WORKERS_LOST");
    expect(ledgerOf(scene)).toHaveLength(2);
  });
});
