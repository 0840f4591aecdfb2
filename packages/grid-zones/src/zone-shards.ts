/** Shards: runs of zones in the order of the features. */
import { shardIndices } from "@zagg/core";

export interface ZoneShards {
  readonly zones: number;
  readonly perShard: number;
  readonly count: number;
}

/** @throws GridError `GRID_SHARD_UNKNOWN` */
export function firstZoneOf(shardKey: bigint, { perShard, count }: ZoneShards): number {
  return shardIndices(shardKey, [count])[0]! * perShard;
}
