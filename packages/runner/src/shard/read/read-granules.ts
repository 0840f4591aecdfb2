/** Reads every granule of a shard. One that cannot be read is left out whole, named and counted. */
import {
  errorToJson,
  openGranule,
  type GranuleReader,
  type GridPlugin,
  type Registry,
  type ShardJob,
  type SkippedGranule,
  type Warning,
} from "@zagg/core";
import { columnReads } from "./column-reads.js";
import type { GranuleMemory } from "./granule-memory.js";
import { describeGroup, groupLayout } from "./group-layout.js";
import type { GranuleReading } from "./group-reading.js";
import { shardCap, type ShardCap } from "./planned-rows.js";
import { readGroup } from "./read-group.js";
import type { RowPlan } from "./row-plan.js";
import { ShardRows } from "../shard-rows.js";
import { wrongProduct } from "./unreadable.js";

/** What reading takes, the same for all shards of a worker. */
export interface GranuleAccess {
  readonly sources: Pick<Registry, "source">;
  readonly reader: GranuleReader;
  readonly plan: RowPlan;
  readonly grid: GridPlugin;
  readonly memory: GranuleMemory;
}

export interface ShardReading {
  readonly rows: ShardRows;
  readonly filesProcessed: number;
  readonly skipped: readonly SkippedGranule[];
  /** Of the granules that this shard tells of. */
  readonly groupsSkipped: number;
  /** About the datasets of the granules, each once. */
  readonly warnings: readonly Warning[];
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
 * Rows keep the order of granules, then groups, then the datasets. The sink may take them stretch by stretch; when it has
 * taken rows of a granule that then breaks, all is read again without that granule.
 * @throws GridError when the shard is not the grid's; what the sink throws
 */
export async function readGranules(
  access: GranuleAccess,
  job: ShardJob,
  sink?: RowSink,
  unreadable: Unreadable = new Map(),
): Promise<ShardReading> {
  const { sources, reader, plan, grid, memory } = access;
  const rows = new ShardRows(plan.retained);
  const shardKey = BigInt(job.shardKey);
  const cap = capOnce(grid, shardKey);
  if (plan.read !== null) cap();
  const skipped: SkippedGranule[] = [];
  let groupsSkipped = 0;
  const warnings = new Map<string, Warning>();
  const warn = (warning: Warning): void => void warnings.set(JSON.stringify(warning), warning);
  for (const [place, { id, href, tells }] of job.granules.entries()) {
    const broken = unreadable.get(place);
    if (broken !== undefined) {
      skipped.push(broken);
      continue;
    }
    const mark = rows.mark();
    let taken = false;
    let sinkFailure: unknown;
    const afterStretch = (): void => {
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
        const reads = columnReads(granule, rows.read);
        const reading = {
          granule,
          reads,
          href,
          tells,
          plan,
          grid,
          shardKey,
          cap,
          memory,
          warn,
          afterStretch,
        };
        const missing = await readGranule(reading, rows);
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
        return readGranules(access, job, sink, new Map([...unreadable, [place, one] as const]));
      }
      rows.rewind(mark);
      skipped.push(one);
    }
  }
  const filesProcessed = job.granules.length - skipped.length;
  return { rows, filesProcessed, skipped, groupsSkipped, warnings: [...warnings.values()] };
}

/** @returns how many groups the granule does not have */
async function readGranule(reading: GranuleReading, rows: ShardRows): Promise<number> {
  const { granule, reads, href, plan, memory, warn } = reading;
  let missing = 0;
  for (const group of plan.groups) {
    const place = { href, group, plan, levels: memory.levels, warn };
    const describe = describeGroup(granule, place);
    const layout = await groupLayout(describe, reads, place);
    if (layout === null) missing++;
    else await readGroup({ ...reading, group, describe, layout }, rows);
  }
  if (missing < plan.groups.length) return missing;
  throw await wrongProduct(granule, plan);
}

/** A cap about the shard, made when somebody asks. */
function capOnce(grid: GridPlugin, shardKey: bigint): () => ShardCap | null {
  let cap: ShardCap | null | undefined;
  return () => (cap === undefined ? (cap = shardCap(grid, shardKey)) : cap);
}
