/** The report of a run. */
import type {
  CodedErrorJson,
  DroppedRows,
  Executor,
  ReadAmount,
  ShardJob,
  ShardResult,
  SkippedGranule,
  Warning,
} from "@zagg/core";

/** What came of the granules of a run, each counted once however many shards list it. */
export interface GranuleSummary {
  readonly read: number;
  readonly skipped: readonly SkippedGranule[];
}

/** Names and order of the first eight keys are those of the original. */
export interface RunSummary {
  /** Shards that were to be processed. */
  readonly total_cells: number;
  readonly cells_with_data: number;
  readonly cells_error: number;
  /** Rows that were aggregated. */
  readonly total_obs: number;
  readonly wall_time_s: number;
  readonly store_path: string;
  /** `local` for an executor on this machine, as in the original; else its name. */
  readonly backend: string;
  /** In ascending order of shard key, failed shards included; shards that were not begun are not there. */
  readonly results: readonly ShardResult[];
  /** Whether every shard is done and the store stands at `store_path`. */
  readonly completed: boolean;
  /** Shards that are done and hold nothing. */
  readonly cells_empty: number;
  /** Shards that were not begun, because the run stopped early. */
  readonly cells_left: number;
  /** The failure that stopped the run early, because it would have met every shard. */
  readonly stopped_by: CodedErrorJson | null;
  readonly executor: string;
  readonly granules: GranuleSummary;
  /** Sums over shards, in which each dropped row counts once: an invalid point in the first shard that reads its granule. */
  readonly dropped: DroppedRows;
  /** Groups that granules did not have, or had without a needed dataset: each group of a granule once. */
  readonly groups_skipped: number;
  readonly warnings: readonly Warning[];
  readonly bytes_written: number;
  /** Sums over shards: a granule counts in each shard that lists it. */
  readonly read: ReadAmount;
  readonly run_id: string;
  /** Shards that an earlier, unfinished attempt had done. */
  readonly resumed: number;
}

/** What a summary is made from. */
export interface SummaryParts {
  readonly jobs: readonly ShardJob[];
  /** By shard key. */
  readonly results: ReadonlyMap<string, ShardResult>;
  readonly wallTimeS: number;
  readonly storeUri: string;
  readonly stoppedBy: CodedErrorJson | null;
  readonly executor: Pick<Executor, "name" | "sharesDisk">;
  readonly warnings: readonly Warning[];
  readonly runId: string;
  readonly resumed: number;
}

export function runSummary(parts: SummaryParts): RunSummary {
  const { jobs } = parts;
  const results = jobs.flatMap(({ shardKey }) => parts.results.get(shardKey) ?? []);
  const done = results.filter(({ error }) => error === null);
  const withData = done.filter(({ empty }) => empty === null);
  return {
    total_cells: jobs.length,
    cells_with_data: withData.length,
    cells_error: results.length - done.length,
    total_obs: sum(done, ({ total_obs }) => total_obs),
    wall_time_s: parts.wallTimeS,
    store_path: parts.storeUri,
    backend: parts.executor.sharesDisk ? "local" : parts.executor.name,
    results,
    completed: done.length === jobs.length,
    cells_empty: done.length - withData.length,
    cells_left: jobs.length - results.length,
    stopped_by: parts.stoppedBy,
    executor: parts.executor.name,
    granules: granuleSummary(jobs, parts.results),
    dropped: {
      invalid: sum(results, ({ dropped }) => dropped.invalid),
      fill: sum(results, ({ dropped }) => dropped.fill),
      filtered: sum(results, ({ dropped }) => dropped.filtered),
    },
    groups_skipped: sum(results, ({ groups_skipped }) => groups_skipped),
    warnings: distinct([...parts.warnings, ...results.flatMap(({ warnings }) => warnings)]),
    bytes_written: sum(results, ({ bytes_written }) => bytes_written),
    read: {
      rows: sum(results, ({ read }) => read.rows),
      bytes: sum(results, ({ read }) => read.bytes),
      rows_held: sum(results, ({ read }) => read.rows_held),
      bytes_held: sum(results, ({ read }) => read.bytes_held),
    },
    run_id: parts.runId,
    resumed: parts.resumed,
  };
}

/** A granule that any shard had to skip counts as skipped; one that a shard read, or tried to, counts as read. */
function granuleSummary(
  jobs: readonly ShardJob[],
  results: ReadonlyMap<string, ShardResult>,
): GranuleSummary {
  const skipped = new Map<string, SkippedGranule>();
  for (const { shardKey } of jobs) {
    for (const granule of results.get(shardKey)?.skipped_granules ?? []) {
      if (!skipped.has(granule.href)) skipped.set(granule.href, granule);
    }
  }
  const read = new Set<string>();
  for (const { shardKey, granules } of jobs) {
    if ((results.get(shardKey)?.files_processed ?? 0) === 0) continue;
    for (const { href } of granules) if (!skipped.has(href)) read.add(href);
  }
  return { read: read.size, skipped: [...skipped.values()] };
}

/** Each warning once, however many shards have it. */
function distinct(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

function sum(results: readonly ShardResult[], of: (result: ShardResult) => number): number {
  return results.reduce((total, result) => total + of(result), 0);
}
