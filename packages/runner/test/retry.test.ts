import { describe, expect, it } from "vitest";
import {
  ReaderError,
  shardResult,
  workerDied,
  type Executor,
  type ShardJob,
  type ShardResult,
} from "@zagg/core";
import { remoteLikeExecutor } from "@zagg/core/testing";
import { inlineExecutor } from "../src/index.js";
import { openWorker } from "../src/worker.js";
import { granules, map } from "./run-scene.js";
import { createConfig, createScene, errorOf, execute, plan } from "./scene.js";

/** The inline executor, whose results are first those given, by shard. */
function failing(first: (job: ShardJob, attempt: number) => ShardResult | undefined): {
  executor: Executor;
  tries: Map<string, number>;
} {
  const tries = new Map<string, number>();
  const executor: Executor = {
    ...inlineExecutor,
    retry: { attempts: 3, backoffMs: 1 },
    open: async (context, options) => {
      const session = await inlineExecutor.open(context, options);
      const process = async (job: ShardJob) => {
        const attempt = (tries.get(job.shardKey) ?? 0) + 1;
        tries.set(job.shardKey, attempt);
        return first(job, attempt) ?? session.process(job);
      };
      return { ...session, process };
    },
  };
  return { executor, tries };
}

async function run(executor: Executor, attempts?: number) {
  const scene = createScene(granules);
  const one = plan(scene, createConfig(scene), map);
  return execute(scene, one, { executor, ...(attempts === undefined ? {} : { attempts }) });
}

describe("a shard is tried again", () => {
  it("when its worker died, and its result says how often", async () => {
    const { executor } = failing((job, attempt) =>
      attempt < 3 && job.granules.length === 3 ? workerDied(job, "gone") : undefined,
    );
    const { completed, results } = await run(executor);
    expect(completed).toBe(true);
    expect(results.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 3]);
    expect(Object.keys(results[0] ?? {}).at(-1)).toBe("attempts");
  });

  it("when a granule's source failed in passing", async () => {
    const error = new ReaderError("SOURCE_BUSY", {
      what: "w",
      why: "y",
      mend: "m",
      transient: true,
    }).toJSON();
    const { executor, tries } = failing((job, attempt) =>
      attempt === 1 ? shardResult(job, { skipped_granules: [{ id: "a", href: "h", error }] }) : undefined,
    );
    expect((await run(executor)).completed).toBe(true);
    expect([...tries.values()]).toEqual([2, 2, 2, 2]);
  });

  it.each([
    [3, undefined],
    [5, 5],
    [1, 1],
  ])("%s times at most, with --attempts %s", async (most, attempts) => {
    const { executor, tries } = failing((job) => workerDied(job, "gone"));
    const { completed, results } = await run(executor, attempts);
    expect(completed).toBe(false);
    expect([...tries.values()]).toEqual(results.map(() => most));
    expect(results.every((result) => result.error?.code === "WORKER_CRASHED")).toBe(true);
  });

  it("but not for what stays wrong", async () => {
    const { tries, executor } = failing((job) => {
      const error = new ReaderError("SHARD_UNREADABLE", { what: "w", why: "y", mend: "m" });
      return shardResult(job, { error: error.toJSON() });
    });
    await run(executor);
    expect([...tries.values()]).toEqual([1, 1, 1, 1]);
  });
});

describe("an executor whose workers have another disk", () => {
  const remote = remoteLikeExecutor({ startWorker: (text) => openWorker(text) });

  it("is refused plugins that are named by a path, before anything is written", async () => {
    const scene = createScene(granules);
    const composition = { specifier: "file:///a.mjs", version: null, sharedDisk: true, export: "c" } as const;
    const one = plan(scene, createConfig(scene), map);
    const error = await errorOf(() => execute(scene, one, { executor: remote, composition }));
    expect(error.code).toBe("COMPOSITION_PATH");
    expect([...scene.disk.stores.keys()]).toEqual([]);
  });

  it("is refused a store that is a folder", async () => {
    const scene = createScene(granules);
    const one = { ...plan(scene, createConfig(scene), map), storeUri: "/a/folder" };
    expect((await errorOf(() => execute(scene, one, { executor: remote }))).code).toBe("EXECUTOR_DISK");
  });

  it("is refused parameters that its schema does not know", async () => {
    const scene = createScene(granules);
    const one = plan(scene, createConfig(scene), map);
    const refused = () => execute(scene, one, { executor: remote, executorParams: { prefetsh: 2 } });
    expect(await errorOf(refused)).toMatchObject({
      code: "EXECUTOR_PARAMS",
      mend: expect.stringMatching(/prefetch/) as string,
    });
  });

  it("runs to the bytes of this thread, though jobs come twice, answers are lost and workers die", async () => {
    const fates = ["lost", "died", "twice", "done"] as const;
    const scene = createScene(granules);
    const executor = remoteLikeExecutor({
      startWorker: (text) => openWorker(text, { registry: scene.registry }),
      fate: (delivery) => fates[delivery % fates.length]!,
    });
    const options = { executor, workers: 3, attempts: 9 };
    const summary = await execute(scene, plan(scene, createConfig(scene), map), options);
    const { completed, results } = summary;
    expect(completed).toBe(true);
    expect([summary.executor, summary.backend]).toEqual([executor.name, executor.name]);
    expect(Math.max(...results.map(({ attempts }) => attempts))).toBeGreaterThan(1);
    const inline = createScene(granules);
    await execute(inline, plan(inline, createConfig(inline), map));
    expect(scene.disk.stores).toEqual(inline.disk.stores);
  });
});
