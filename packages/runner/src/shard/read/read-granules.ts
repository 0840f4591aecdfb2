/** Reads every granule of a shard. One that cannot be read is left out whole, named and counted. */
import {
  errorToJson,
  openGranule,
  type GranuleReader,
  type GridPlugin,
  type Registry,
  type ShardJob,
  type SkippedGranule,
} from "@zagg/core";
import { countedDatasets } from "./granule-datasets.js";
import { groupLayout } from "./group-layout.js";
import type { BlockIndex } from "./block-index.js";
import type { LevelCache } from "./level-cache.js";
import { shardCap } from "./planned-rows.js";
import { readGroup, type BlockScratch, type GroupReading } from "./read-group.js";
import type { RowPlan } from "./row-plan.js";
import { ShardRows } from "../shard-rows.js";
import { wrongProduct } from "./unreadable.js";

export interface GranuleReading {
  readonly rows: ShardRows;
  readonly filesProcessed: number;
  readonly skipped: readonly SkippedGranule[];
  /** Of the granules that this shard tells of. */
  readonly groupsSkipped: number;
}

/** Takes rows while they are read. */
export interface RowSink {
  /** May take the rows that there are. @returns whether it did */
  relieve(rows: ShardRows): boolean;
  /** Forgets all that it took. */
  reset(): void;
}

/** Where a granule that cannot be read is listed, and why it cannot. */
type Unreadable = ReadonlyMap<number, SkippedGranule>;

/**
 * Rows keep the order of granules, then groups, then the datasets. The sink may take them block by block; when it has
 * taken rows of a granule that then breaks, all is read again without that granule.
 * @throws GridError when the shard is not the grid's; what the sink throws
 */
export async function readGranules(
  sources: Pick<Registry, "source">,
  reader: GranuleReader,
  plan: RowPlan,
  grid: GridPlugin,
  job: ShardJob,
  scratch: BlockScratch,
  index: BlockIndex,
  levels: LevelCache,
  sink?: RowSink,
  unreadable: Unreadable = new Map(),
): Promise<GranuleReading> {
  const rows = new ShardRows(plan.retained);
  const shardKey = BigInt(job.shardKey);
  const cap = plan.read === null ? null : shardCap(grid, shardKey);
  const skipped: SkippedGranule[] = [];
  let groupsSkipped = 0;
  for (const [place, { id, href, tells }] of job.granules.entries()) {
    const broken = unreadable.get(place);
    if (broken !== undefined) {
      skipped.push(broken);
      continue;
    }
    const mark = rows.mark();
    let taken = false;
    let sinkFailure: unknown;
    const afterBlock = (): void => {
      try {
        if (sink?.relieve(rows) === true) taken = true;
      } catch (error) {
        sinkFailure = error;
        throw error;
      }
    };
    try {
      const granule = await openGranule(sources, reader, href);
      try {
        const reading = {
          granule: countedDatasets(granule, rows.read),
          href,
          tells,
          plan,
          grid,
          shardKey,
          cap,
          afterBlock,
        };
        const missing = await readGranule(reading, rows, scratch, index, levels);
        if (tells) groupsSkipped += missing;
      } finally {
        await granule.close();
      }
    } catch (error) {
      const json = errorToJson(error);
      if (json.name === "GridError" || (error !== undefined && error === sinkFailure)) throw error;
      const one: SkippedGranule = { id, href, error: json };
      if (taken) {
        sink?.reset();
        const known = new Map([...unreadable, [place, one] as const]);
        return readGranules(sources, reader, plan, grid, job, scratch, index, levels, sink, known);
      }
      rows.rewind(mark);
      skipped.push(one);
    }
  }
  return { rows, filesProcessed: job.granules.length - skipped.length, skipped, groupsSkipped };
}

/** @returns how many groups the granule does not have */
async function readGranule(
  reading: Omit<GroupReading, "group" | "layout">,
  rows: ShardRows,
  scratch: BlockScratch,
  index: BlockIndex,
  levels: LevelCache,
): Promise<number> {
  const { granule, plan } = reading;
  let missing = 0;
  for (const group of plan.groups) {
    const layout = await groupLayout(granule, plan, group, reading.href, levels);
    if (layout === null) missing++;
    else await readGroup({ ...reading, group, layout }, rows, scratch, index, levels);
  }
  if (missing < plan.groups.length) return missing;
  throw await wrongProduct(granule, plan);
}
