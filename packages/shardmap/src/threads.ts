/** Covers footprints in threads of this machine, each with a grid of its own. */
import {
  ShardMapError,
  errorFromJson,
  type CodedErrorJson,
  type Composition,
  type Region,
  type ZaggConfig,
} from "@zagg/core";
import { coverFootprints, type CoveredFootprints, type Covering } from "./build/covering.js";
import { assertGoingOn } from "./build/interruption.js";
import { buffersOf, packFootprints } from "./build/packed-footprints.js";
import { startThreads, type ThreadPool } from "./thread-pool.js";

export type { ThreadPool, ThreadPoolRequest } from "./thread-pool.js";
export { startThreads } from "./thread-pool.js";

/** What takes no longer than this is done before threads would be ready. */
const ALONE_MS = 3000;

/** What each thread is started with. */
export interface WorkerContext {
  readonly composition: Composition;
  readonly config: ZaggConfig;
  readonly region: Region;
  /** Shards of the region, as the starting thread knows them. */
  readonly shards: number;
}

/** What a thread answers: errors cross as data. */
export type WorkerAnswer = CoveredFootprints | { readonly failed: CodedErrorJson };

export interface ThreadedCoveringOptions {
  readonly threads: number;
  /** How a thread comes by the grid: what it rebuilds the registry from, and the validated configuration. */
  readonly composition: Composition;
  readonly config: ZaggConfig;
  /** How long footprints are covered in this thread before others are started. */
  readonly aloneMs?: number;
}

/**
 * Covers in `threads` threads besides this one, which goes on reading. The map does not depend on how many. One thread is
 * this one, and others are started only when there is work for more than a moment.
 */
export function threadedCovering(options: ThreadedCoveringOptions): Covering {
  const { threads, composition, config, aloneMs = ALONE_MS } = options;
  return {
    open({ coverer, region, signal }) {
      const context: WorkerContext = { composition, config, region, shards: coverer.shardKeys.length };
      let pool: Promise<ThreadPool<WorkerAnswer>> | undefined;
      let spentMs = 0;
      let taken = 0;
      return {
        concurrency: threads > 1 ? 2 * threads : 1,
        async cover(footprints) {
          const before = taken;
          taken += footprints.length;
          if (threads > 1 && spentMs >= aloneMs) {
            pool ??= startThreads({
              module: { packageName: "@zagg/shardmap", file: "worker.js", from: import.meta.url },
              task: "coverBatch",
              count: threads,
              workerData: context,
            });
            return coverInPool(await pool, footprints, signal, before);
          }
          const startMs = performance.now();
          const covered = coverFootprints(coverer, footprints);
          spentMs += performance.now() - startMs;
          return covered;
        },
        async close() {
          await (await pool)?.close();
        },
      };
    },
  };
}

async function coverInPool(
  pool: ThreadPool<WorkerAnswer>,
  footprints: readonly Region[],
  signal: AbortSignal | undefined,
  granulesDone: number,
): Promise<CoveredFootprints> {
  const packed = packFootprints(footprints);
  let answer: WorkerAnswer;
  try {
    const options = { transferList: buffersOf(packed), ...(signal === undefined ? {} : { signal }) };
    answer = await Promise.race([pool.run(packed, options), pool.lost]);
  } catch (cause) {
    assertGoingOn(signal, granulesDone);
    throw crashed(cause);
  }
  if ("failed" in answer) throw errorFromJson(answer.failed);
  return answer;
}

function crashed(cause: unknown): ShardMapError {
  return new ShardMapError("SHARDMAP_WORKER", {
    what: `a thread that covers footprints ended (${cause instanceof Error ? cause.message : String(cause)})`,
    why: "it ran out of memory, or the grid failed without saying why",
    mend: "build with one thread: it takes less memory, and shows where the grid fails",
    cause,
  });
}
