/** The executor of one machine: a pool of threads, each with a registry of its own. */
import { createRequire } from "node:module";
import { RunError, type Executor, type ShardResult } from "@zagg/core";
import { failedShard } from "./shard/shard-result.js";

/** Threads that stay: a worker keeps its registry and its working memory from shard to shard. */
export const threadsExecutor: Executor = {
  kind: "executor",
  apiVersion: 1,
  name: "threads",
  description: "Threads of this machine, one shard each at a time.",
  async open(context, { workers }) {
    const { Piscina } = await import("piscina");
    const concurrency = Math.max(1, workers);
    const pool = new Piscina({
      filename: createRequire(import.meta.url).resolve("@zagg/runner/worker"),
      name: "processShard",
      minThreads: concurrency,
      maxThreads: concurrency,
      workerData: context,
    });
    return {
      concurrency,
      /** A worker that ends takes its shard with it, and the pool starts another. */
      async process(job, signal) {
        const startedMs = performance.now();
        try {
          const options = signal === undefined ? {} : { signal };
          return (await pool.run(job, options)) as ShardResult;
        } catch (cause) {
          if (signal?.aborted === true) throw cause;
          return failedShard(job, crashed(job.shardKey, cause), startedMs);
        }
      },
      close: () => pool.destroy(),
    };
  },
};

function crashed(shardKey: string, cause: unknown): RunError {
  return new RunError("WORKER_CRASHED", {
    what: `the worker of shard ${shardKey} ended (${cause instanceof Error ? cause.message : String(cause)})`,
    why: "it ran out of memory, or a plugin ended its thread",
    mend: "run again with fewer workers, or with smaller shards; the shards that are done are kept",
    details: { shard_key: shardKey },
    cause,
  });
}
