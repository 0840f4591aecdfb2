/** The executor of one machine: a pool of threads, each with a registry of its own. */
import { workerDied, type Executor, type ShardResult } from "@zagg/core";
import { startThreads } from "@zagg/shardmap/threads";

/** Threads that stay: a worker keeps its registry and its working memory from shard to shard. */
export const threadsExecutor: Executor = {
  kind: "executor",
  apiVersion: 2,
  name: "threads",
  description: "Threads of this machine, one shard each at a time.",
  paramsSchema: { type: "object", additionalProperties: false, properties: {} },
  sharesDisk: true,
  retry: { attempts: 2, backoffMs: 500 },
  async open(context, { workers }) {
    const concurrency = Math.max(1, workers);
    const pool = await startThreads<ShardResult>({
      module: { packageName: "@zagg/runner", file: "thread-worker.js", from: import.meta.url },
      task: "processShard",
      count: concurrency,
      workerData: context,
    });
    return {
      concurrency,
      /** A thread that ends takes its shard with it, and the pool starts another; one that cannot start ends the session. */
      async process(job) {
        const startedMs = performance.now();
        const done = pool.run(job).catch((cause: unknown) => workerDied(job, cause, startedMs));
        return await Promise.race([done, pool.lost]);
      },
      close: () => pool.close(),
    };
  },
};
