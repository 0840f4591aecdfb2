/** What maps made from other maps have in common: counts that are true of them, and a record of what was done. */
import type { JsonObject } from "@zagg/core";
import { createShardMap, type ShardMap, type ShardMapParts } from "../map/shard-map.js";

/** One step of `zagg_history`; `action` is the command's name. */
export interface HistoryStep extends JsonObject {
  readonly action: string;
}

/**
 * A map of these parts whose metadata counts what it holds (`total_granules` distinct granules, `total_shards`,
 * `total_pairs`) and lists, under `zagg_history`, what was done since it was built.
 */
export function deriveShardMap(parts: ShardMapParts, step: HistoryStep): ShardMap {
  const { metadata, shardKeys, granules } = parts;
  const before = metadata["zagg_history"];
  const ids = new Set<string>();
  for (const list of granules) for (const { id } of list) ids.add(id);
  return createShardMap({
    ...parts,
    metadata: {
      ...metadata,
      total_granules: ids.size,
      total_shards: shardKeys.length,
      total_pairs: countPairs(granules),
      zagg_history: [...(Array.isArray(before) ? (before as readonly JsonObject[]) : []), step],
    },
  });
}

/** Granules summed over shards. */
export function countPairs(granules: ShardMap["granules"]): number {
  return granules.reduce((sum, list) => sum + list.length, 0);
}

/** The spatial part of a stored signature: older maps stored the output fields beside it. */
export function spatialPart(signature: JsonObject | null): JsonObject | null {
  if (signature === null) return null;
  const { output_fields: _fields, ...spatial } = signature;
  return spatial;
}
