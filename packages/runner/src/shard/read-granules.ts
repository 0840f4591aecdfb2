/** Reads every granule of a shard. One that cannot be read is left out whole, named and counted. */
import {
  ReaderError,
  errorFromJson,
  errorToJson,
  type CodedError,
  type GranuleReader,
  type GridPlugin,
  type ShardJob,
  type SkippedGranule,
} from "@zagg/core";
import { groupLayout } from "./group-layout.js";
import type { BlockIndex } from "./block-index.js";
import { readGroup, type BlockScratch, type GroupReading } from "./read-group.js";
import type { RowPlan } from "./row-plan.js";
import { ShardRows } from "./shard-rows.js";

export interface GranuleReading {
  readonly rows: ShardRows;
  readonly filesProcessed: number;
  readonly skipped: readonly SkippedGranule[];
  /** Of the granules that this shard tells of. */
  readonly groupsSkipped: number;
}

/** Rows keep the order of granules, then groups, then the datasets. @throws GridError when the shard is not the grid's */
export async function readGranules(
  reader: GranuleReader,
  plan: RowPlan,
  grid: GridPlugin,
  job: ShardJob,
  scratch: BlockScratch,
  index: BlockIndex,
): Promise<GranuleReading> {
  const rows = new ShardRows(plan.retained);
  const shardKey = BigInt(job.shardKey);
  const skipped: SkippedGranule[] = [];
  let groupsSkipped = 0;
  for (const { id, href, tells } of job.granules) {
    const mark = rows.mark();
    try {
      const granule = await reader.open(href);
      try {
        const reading = { granule, href, tells, plan, grid, shardKey };
        const missing = await readGranule(reading, rows, scratch, index);
        if (tells) groupsSkipped += missing;
      } finally {
        await granule.close();
      }
    } catch (error) {
      const json = errorToJson(error);
      if (json.name === "GridError") throw error;
      rows.rewind(mark);
      skipped.push({ id, href, error: json });
    }
  }
  return { rows, filesProcessed: job.granules.length - skipped.length, skipped, groupsSkipped };
}

/**
 * Why a shard none of whose granules could be read has failed: their common mistake in its own words, if it is the
 * configuration's. Of a reader's family even so: granules of other shards may be as the configuration has them.
 */
export function unreadableShard(job: ShardJob, skipped: readonly SkippedGranule[]): CodedError {
  const first = skipped[0]?.error;
  const same = skipped.every(({ error }) => error.code === first?.code);
  if (first?.name === "ConfigError" && same) return errorFromJson({ ...first, name: "ReaderError" });
  const reasons = [...new Set(skipped.map(({ error }) => error.code))].sort();
  return new ReaderError("SHARD_UNREADABLE", {
    what: `none of the ${job.granules.length} granules of shard ${job.shardKey} could be read`,
    why: `the reasons are ${reasons.join(", ")}; ${first === undefined ? "" : `the first: ${first.what}`}`,
    mend: "fetch those granules again, or correct their paths in the shard map, and repeat the run",
    details: { shard_key: job.shardKey, granules: skipped.map(({ id }) => id), codes: reasons },
  });
}

/** @returns how many groups the granule does not have */
async function readGranule(
  reading: Omit<GroupReading, "group" | "layout">,
  rows: ShardRows,
  scratch: BlockScratch,
  index: BlockIndex,
): Promise<number> {
  const { granule, plan } = reading;
  let missing = 0;
  for (const group of plan.groups) {
    const layout = await groupLayout(granule, plan, group);
    if (layout === null) missing++;
    else await readGroup({ ...reading, group, layout }, rows, scratch, index);
  }
  if (missing < plan.groups.length) return missing;
  throw new ReaderError("GRANULE_WRONG_PRODUCT", {
    what: `no group of the granule has all the datasets that the configuration names`,
    why: `the groups are ${plan.groups.join(", ")}; the datasets ${datasets(plan).join(", ")}`,
    mend: "check that the granule is of the product that the configuration is for",
  });
}

function datasets(plan: RowPlan): readonly string[] {
  const all = [plan.latitude, plan.longitude, ...plan.columns.map(({ dataset }) => dataset)];
  return [
    ...new Set([
      ...all,
      ...plan.filters.flatMap((filter) => (filter.on === "dataset" ? [filter.dataset] : [])),
    ]),
  ];
}
