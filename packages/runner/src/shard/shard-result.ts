/** What a shard reports. */
import { errorToJson, type ShardJob, type ShardResult } from "@zagg/core";

/** The reasons of the original for a shard that is done and holds nothing. */
export const NO_GRANULES = "No granules found";
export const NO_DATA = "No data after filtering";

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
    ...known,
  };
}

/** The result of a shard that failed before it could say more. */
export function failedShard(job: ShardJob, error: unknown, startedMs?: number): ShardResult {
  return shardResult(job, {
    error: errorToJson(error),
    ...(startedMs === undefined ? {} : { duration_s: secondsSince(startedMs) }),
  });
}

/** Seconds, to the millisecond. @param startedMs from `performance.now()` */
export function secondsSince(startedMs: number): number {
  return Math.round(performance.now() - startedMs) / 1000;
}
