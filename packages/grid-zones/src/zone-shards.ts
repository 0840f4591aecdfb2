/** Shards: runs of zones in the order of the features. */
import { GridError, type Region } from "@zagg/core";
import { polygonsMeet } from "./sphere/polygons-meet.js";
import { preparePolygon, type SolidPolygon } from "./sphere/solid-polygon.js";

export interface ZoneShards {
  readonly zones: number;
  readonly perShard: number;
  readonly count: number;
}

/** @throws GridError `GRID_SHARD_UNKNOWN` */
export function firstZoneOf(shardKey: bigint, { perShard, count }: ZoneShards): number {
  if (shardKey >= 0n && shardKey < BigInt(count)) return Number(shardKey) * perShard;
  throw new GridError("GRID_SHARD_UNKNOWN", {
    what: `shard key ${shardKey}`,
    why: `the grid has ${count} shards of ${perShard} zones, numbered from 0`,
    mend: `use a key below ${count}; check that the shard map belongs to this grid`,
    details: { shardKey: String(shardKey), shards: count },
  });
}

/** The listed shards that a region meets, as ascending indices into the list. @throws GeometryError */
export function shardsMeeting(
  region: Region,
  listed: readonly number[],
  solids: readonly (readonly SolidPolygon[])[],
  { perShard }: ZoneShards,
): readonly number[] {
  const prepared = region.map((polygon) => preparePolygon(polygon, "the region"));
  const meets = (polygon: SolidPolygon) => prepared.some((part) => polygonsMeet(polygon, part));
  return listed.flatMap((shard, index) =>
    solids.slice(shard * perShard, (shard + 1) * perShard).some((parts) => parts.some(meets)) ? [index] : [],
  );
}
