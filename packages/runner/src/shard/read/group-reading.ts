/** One group of a granule, about to be read for a shard. */
import type { Granule, GridPlugin, Warning } from "@zagg/core";
import type { ColumnReads, Describe } from "./column-reads.js";
import type { GranuleMemory } from "./granule-memory.js";
import type { GroupLayout } from "./group-layout.js";
import type { ShardCap } from "./planned-rows.js";
import type { RowPlan } from "./row-plan.js";

/** Where a granule is read from, and for which shard. */
export interface GranuleReading {
  readonly granule: Granule;
  readonly reads: ColumnReads;
  readonly href: string;
  /** Whether this shard counts the invalid points, which are in no shard. */
  readonly tells: boolean;
  readonly plan: RowPlan;
  readonly grid: GridPlugin;
  readonly shardKey: bigint;
  /** About the shard; null when it is too large for one to gain anything. */
  readonly cap: () => ShardCap | null;
  readonly memory: GranuleMemory;
  readonly warn: (warning: Warning) => void;
  /** Called when rows may have been added. */
  readonly afterStretch: () => void;
}

export interface GroupReading extends GranuleReading {
  readonly group: string;
  readonly describe: Describe;
  readonly layout: GroupLayout;
}
