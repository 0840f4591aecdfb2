/** What a worker keeps of granules from shard to shard. */
import type { RowBlock } from "@zagg/core";
import { createGroupCache, type GroupCache } from "./group-cache.js";
import { createLevelCache, type LevelCache } from "./level-cache.js";
import { createRowScratch, type RowScratch } from "./row-scratch.js";
import type { GroupStretches } from "./stretch-index.js";

/** One worker's: shards are read one after the other. */
export interface GranuleMemory {
  /** Working memory, which holds nothing between two calls. */
  readonly scratch: RowScratch;
  /** Which stretches of a group touch which shards, once its coordinates have been read. */
  readonly stretches: GroupCache<GroupStretches>;
  /** What granules say of where their rows lie; null for a group of which they do not. */
  readonly blocks: GroupCache<readonly RowBlock[] | null>;
  readonly levels: LevelCache;
}

export function createGranuleMemory(): GranuleMemory {
  return {
    scratch: createRowScratch(),
    stretches: createGroupCache(),
    blocks: createGroupCache(),
    levels: createLevelCache(),
  };
}
