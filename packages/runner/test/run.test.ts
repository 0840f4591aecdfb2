import { describe, expect, it } from "vitest";
import type { Executor, ShardJob, StoreFactory } from "@zagg/core";
import { inlineExecutor, type RunProgress } from "../src/index.js";
import {
  STORE,
  block,
  createConfig,
  createMap,
  createScene,
  errorOf,
  execute,
  plan,
  points,
  type Scene,
} from "./scene.js";

const granules = {
  a: points([-175, 0, 1], [-175, 0, 2]),
  b: points([-85, 0, 666]),
  c: points([5, 0, 3]),
};
const map = createMap({ 0: ["a"], 1: ["b"], 2: ["c"], 3: ["a", "b", "c"] });
const boom = { variables: { x: { function: "boom", source: "h" } } };

const workOf = ({ disk }: Scene) => [...disk.stores.keys()].filter((uri) => uri.endsWith(".partial"));
const target = ({ disk }: Scene) => disk.stores.get(STORE);
const ledgerOf = (scene: Scene) =>
  [...(scene.disk.stores.get(workOf(scene)[0] ?? "")?.keys() ?? [])].filter((key) =>
    key.startsWith(".zagg-shard"),
  );

/** The inline executor, with a look at every job before it is done. */
function watched(scene: Scene, before: (job: ShardJob) => unknown): Executor {
  const inline = inlineExecutor(scene.registry);
  return {
    ...inline,
    open: async (context, options) => {
      const session = await inline.open(context, options);
      const process = async (job: ShardJob) => {
        await before(job);
        return session.process(job);
      };
      return { ...session, process };
    },
  };
}

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
      resumed: 0,
    });
    expect(summary.bytes_written).toBeGreaterThan(0);
    expect(summary.run_id).toMatch(/^[0-9a-f]{16}$/);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
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
    const inline = inlineExecutor(scene.registry);
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
    expect([target(scene), scene.log.read, scene.disk.begun]).toEqual([before, reads, 1]);
  });

  it.each([false, true])("that holds something else is never replaced (overwrite: %s)", async (overwrite) => {
    const scene = createScene(granules);
    scene.disk.stores.set(STORE, new Map([["thesis.doc", new Uint8Array(1)]]));
    const error = await errorOf(() => execute(scene, plan(scene, createConfig(scene), map), { overwrite }));
    expect([error.code, error.details]).toEqual(["STORE_NOT_RECOGNIZED", { found: "thesis.doc" }]);
    expect([...target(scene)!.keys()]).toEqual(["thesis.doc"]);
    expect([scene.log.opened, scene.disk.begun]).toEqual([[], 0]);
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

describe("a store that an interrupted commit had set aside", () => {
  it("is put back by the next run, and not replaced without overwrite", async () => {
    const scene = createScene(granules);
    await execute(scene, plan(scene, createConfig(scene), map));
    const before = target(scene)!;
    const opened = scene.log.opened.length;
    const memory = scene.registry.store(STORE);
    scene.disk.stores.delete(STORE);
    const recovering: StoreFactory = {
      ...memory,
      begin: async (uri, id) => {
        scene.disk.stores.set(STORE, before);
        return memory.begin(uri, id);
      },
    };
    const registry = { ...scene.registry, store: () => recovering };
    const error = await errorOf(() => execute({ registry }, plan(scene, createConfig(scene), map)));
    expect([error.code, target(scene), workOf(scene)]).toEqual(["STORE_EXISTS", before, []]);
    expect(scene.log.opened).toHaveLength(opened);
  });
});

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

  it("does again a shard that had to leave a granule out", async () => {
    const scene = createScene({ ...granules, d: {} });
    const some = createMap({ 0: ["a", "d"], 1: ["b"] });
    const runPlan = plan(scene, createConfig(scene, boom), some);
    expect((await execute(scene, runPlan)).results[0]?.skipped_granules).toHaveLength(1);
    scene.granules.set("d", points([-175, 0, 7])).set("b", points([-85, 0, 4]));
    expect(await execute(scene, runPlan)).toMatchObject({ completed: true, resumed: 0, total_obs: 4 });
  });

  it("does again a shard whose ledger entry was cut off, and says so", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene, boom), map);
    await execute(scene, runPlan);
    const torn = ledgerOf(scene)[0]!;
    scene.disk.stores.get(workOf(scene)[0]!)!.set(torn, new TextEncoder().encode('{"shard_key":'));
    scene.granules.set("b", points([-85, 0, 4]));
    const summary = await execute(scene, runPlan);
    expect([summary.resumed, summary.warnings.map(({ code }) => code)]).toEqual([2, ["RUN_LEDGER_CORRUPT"]]);
    expect(summary.completed).toBe(true);
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
});

describe("two runs at the same time", () => {
  /** Runs another plan, to its end, when so many shards of this one are done. */
  const during = (scene: Scene, done: number, other: () => Promise<unknown>): Executor => {
    let jobs = 0;
    return watched(scene, async () => {
      if (jobs++ === done) await other();
    });
  };

  it("of one plan: the earlier stops, and the store of the later stays whole", async () => {
    for (const overwrite of [false, true]) {
      const scene = createScene(granules);
      const runPlan = plan(scene, createConfig(scene), map);
      await execute(scene, runPlan);
      const whole = new Map(target(scene));
      if (!overwrite) scene.disk.stores.delete(STORE);
      const executor = during(scene, 1, () => execute(scene, runPlan, { overwrite }));
      const error = await errorOf(() => execute(scene, runPlan, { executor, overwrite }));
      expect(error.code).toBe("STORE_IN_USE");
      expect(target(scene)).toEqual(whole);
      expect(workOf(scene)).toEqual([]);
    }
  });

  it("of one plan: the earlier stops even when all of its shards are done", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene), map);
    const inline = inlineExecutor(scene.registry);
    const executor: Executor = {
      ...inline,
      open: async (context, options) => {
        const session = await inline.open(context, options);
        return { ...session, close: async () => void (await execute(scene, runPlan)) };
      },
    };
    expect((await errorOf(() => execute(scene, runPlan, { executor, overwrite: true }))).code).toBe(
      "STORE_IN_USE",
    );
    expect(target(scene)!.has("root.json")).toBe(true);
  });

  it("of one plan: the earlier leaves the work to a later one that is not done yet", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene, boom), map);
    const executor = during(scene, 0, () => execute(scene, runPlan));
    expect((await errorOf(() => execute(scene, runPlan, { executor }))).code).toBe("STORE_IN_USE");
    expect(ledgerOf(scene)).toHaveLength(3);
  });

  it("of two plans: the later to end does not replace the store of the other unless it is told to", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene), map);
    const other = plan(scene, createConfig(scene), map, { maxCells: 1 });
    const executor = during(scene, 1, () => execute(scene, other));
    expect((await errorOf(() => execute(scene, runPlan, { executor }))).code).toBe("STORE_EXISTS");
    expect(await execute(scene, runPlan, { overwrite: true })).toMatchObject({ completed: true, resumed: 4 });
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
      ...inlineExecutor(scene.registry),
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
