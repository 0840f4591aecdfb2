/** What a shard reports, and what is reported of one whose worker cannot. */
import { errorToJson, RunError } from "./errors.js";
import type { ShardJob, ShardResult } from "./executor.js";

/** A result of nothing read and nothing written, with what is known filled in. */
export function shardResult(job: ShardJob, known: Partial<ShardResult>): ShardResult {
  return {
    shard_key: job.shardKey,
    cells_with_data: 0,
    total_obs: 0,
    granule_count: job.granules.length,
    files_processed: 0,
    duration_s: 0,
    error: null,
    empty: null,
    dropped: { invalid: 0, fill: 0, filtered: 0 },
    skipped_granules: [],
    groups_skipped: 0,
    bytes_written: 0,
    read: { rows: 0, bytes: 0, rows_held: 0, bytes_held: 0 },
    warnings: [],
    attempts: 1,
    ...known,
  };
}

/** The result of a shard that failed before it could say more. @param startedMs from `performance.now()` */
export function failedShard(job: ShardJob, error: unknown, startedMs?: number): ShardResult {
  return shardResult(job, {
    error: errorToJson(error),
    ...(startedMs === undefined ? {} : { duration_s: Math.round(performance.now() - startedMs) / 1000 }),
  });
}

/** The result of a shard whose worker ended under it: `WORKER_CRASHED`, which costs an attempt. */
export function workerDied(job: ShardJob, cause: unknown, startedMs?: number): ShardResult {
  const error = new RunError("WORKER_CRASHED", {
    what: `the worker of shard ${job.shardKey} ended (${cause instanceof Error ? cause.message : String(cause)})`,
    why: "it ran out of memory, or a plugin or its host ended it",
    mend: "run again with fewer workers, or with smaller shards; the shards that are done are kept",
    details: { shard_key: job.shardKey },
    transient: true,
    cause,
  });
  return failedShard(job, error, startedMs);
}
