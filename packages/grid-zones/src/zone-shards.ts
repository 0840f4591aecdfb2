/** Shards: runs of zones in the order of the features. */
import { shardIndices, type Region } from "@zagg/core";
import { polygonsMeet } from "./sphere/polygons-meet.js";
import { preparePolygon, type SolidPolygon } from "./sphere/solid-polygon.js";

export interface ZoneShards {
  readonly zones: number;
  readonly perShard: number;
  readonly count: number;
}

/** @throws GridError `GRID_SHARD_UNKNOWN` */
export function firstZoneOf(shardKey: bigint, { perShard, count }: ZoneShards): number {
  return shardIndices(shardKey, [count])[0]! * perShard;
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
