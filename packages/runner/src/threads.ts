/** The executor of one machine: a pool of threads, each with a registry of its own. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { RunError, type Executor, type ShardResult } from "@zagg/core";
import { failedShard } from "./shard/shard-result.js";

/** Threads that stay: a worker keeps its registry and its working memory from shard to shard. */
export const threadsExecutor: Executor = {
  kind: "executor",
  apiVersion: 2,
  name: "threads",
  description: "Threads of this machine, one shard each at a time.",
  async open(context, { workers }) {
    const { Piscina } = await import("piscina");
    const concurrency = Math.max(1, workers);
    const pool = new Piscina({
      filename: workerFile(),
      name: "processShard",
      minThreads: concurrency,
      maxThreads: concurrency,
      workerData: context,
      // Workers load built files, whatever conditions this process resolves packages under.
      execArgv: [],
    });
    const lost = new Promise<never>((_resolve, reject) => pool.on("error", reject));
    lost.catch(() => undefined);
    return {
      concurrency,
      /** A worker that ends takes its shard with it, and the pool starts another; one that cannot start ends the session. */
      async process(job, signal) {
        const startedMs = performance.now();
        const done = pool.run(job, signal === undefined ? {} : { signal }).catch((cause: unknown) => {
          if (signal?.aborted === true) throw cause;
          return failedShard(job, crashed(job.shardKey, cause), startedMs);
        });
        return (await Promise.race([done, lost])) as ShardResult;
      },
      close: () => pool.destroy(),
    };
  },
};

/** The built worker, also when this module runs from its source. */
function workerFile(): string {
  const packageJson = createRequire(import.meta.url).resolve("@zagg/runner/package.json");
  return join(dirname(packageJson), "dist", "worker.js");
}

function crashed(shardKey: string, cause: unknown): RunError {
  return new RunError("WORKER_CRASHED", {
    what: `the worker of shard ${shardKey} ended (${cause instanceof Error ? cause.message : String(cause)})`,
    why: "it ran out of memory, or a plugin ended its thread",
    mend: "run again with fewer workers, or with smaller shards; the shards that are done are kept",
    details: { shard_key: shardKey },
    cause,
  });
}
