/** Writes the JSON form of a shard map. */
import { jsonText, textOf } from "./json-text.js";
import { shardKeysText } from "./shard-keys.js";
import type { GranuleRecord, ShardMap } from "./shard-map.js";

/**
 * The map as JSON: `metadata`, `grid_signature`, `shard_keys`, `granules`, then the extras, indented by two spaces,
 * ASCII only, without a line break at the end. What was read from a file of that form is written back byte for byte.
 * @throws RangeError when the text would exceed the longest string, about 512 MB
 */
export function serializeShardMap(map: ShardMap): string {
  const members: readonly (readonly [string, string])[] = [
    ["metadata", jsonText(map.metadata, "  ")],
    ["grid_signature", jsonText(map.gridSignature, "  ")],
    ["shard_keys", shardKeysText(map.shardKeys, "  ")],
    ["granules", list(map.granules.map(granulesText), "  ")],
    ...Object.entries(map.extras),
  ];
  return `{\n${members.map(([key, text]) => `  ${jsonText(key, "")}: ${text}`).join(",\n")}\n}`;
}

function granulesText(granules: readonly GranuleRecord[]): string {
  const isPlain = granules.every((record) => textOf(record) === undefined);
  if (isPlain) return jsonText(granules, "    ");
  return list(
    granules.map((record) => jsonText(record, "      ")),
    "    ",
  );
}

function list(entries: readonly string[], indent: string): string {
  return entries.length === 0 ? "[]" : `[\n${indent}  ${entries.join(`,\n${indent}  `)}\n${indent}]`;
}
