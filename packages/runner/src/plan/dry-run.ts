/** The report of a dry run. */
import type { JsonObject } from "@zagg/core";
import type { RunPlan } from "./run-plan.js";

/** One shard that a run would process. */
export interface PlannedShard extends JsonObject {
  /** Decimal text of the unsigned 64-bit key. */
  readonly shard_key: string;
  readonly label: string;
  readonly granules: number;
}

/** What a run would do. The first six keys are those of the original, in its order. */
export interface DryRunReport extends JsonObject {
  readonly dry_run: true;
  readonly total_cells: number;
  readonly granules_per_cell_min: number;
  readonly granules_per_cell_max: number;
  readonly granules_per_cell_avg: number;
  readonly store_path: string;
  /** Distinct granules. */
  readonly granules: number;
  /** Their bytes; null when the shard map does not say. */
  readonly bytes: number | null;
  readonly shards: readonly PlannedShard[];
}

export function dryRunReport(plan: RunPlan): DryRunReport {
  const counts = plan.jobs.map(({ granules }) => granules.length);
  const pairs = counts.reduce((sum, count) => sum + count, 0);
  return {
    dry_run: true,
    total_cells: plan.jobs.length,
    granules_per_cell_min: counts.reduce((least, count) => Math.min(least, count), counts[0] ?? 0),
    granules_per_cell_max: counts.reduce((most, count) => Math.max(most, count), 0),
    granules_per_cell_avg: counts.length === 0 ? 0 : pairs / counts.length,
    store_path: plan.storeUri,
    granules: new Set(plan.jobs.flatMap(({ granules }) => granules.map(({ href }) => href))).size,
    bytes: plan.granuleBytes,
    shards: plan.jobs.map(({ shardKey, granules }, i) => ({
      shard_key: shardKey,
      label: plan.labels[i] ?? shardKey,
      granules: granules.length,
    })),
  };
}
