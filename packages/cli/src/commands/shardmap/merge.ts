/** `zagg shardmap merge`: one map of several. */
import { mergeShardMaps, serializeShardMapChunks, type NamedShardMap } from "@zagg/shardmap";
import { assertWritable, writeOutput } from "../../inputs/files.js";
import { openShardMapFor } from "../../inputs/shard-map.js";
import { tellExtrasDropped } from "../../output/derived-map.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

/** Writes one map of several, and prints a report. */
export async function shardmapMerge(
  paths: readonly string[],
  options: { out: string; json?: boolean },
  { terminal }: Session,
): Promise<void> {
  await assertWritable(options.out);
  const maps: NamedShardMap[] = [];
  for (const name of paths) maps.push({ name, map: await openShardMapFor(name, options.out) });
  const { map, report } = mergeShardMaps(maps);
  await writeOutput(options.out, serializeShardMapChunks(map));
  tellExtrasDropped(terminal, report.extrasDropped);
  if (options.json === true) {
    return printJson(terminal, { version: "zagg-shardmap-merge/1", out: options.out, ...report });
  }
  const { shards, pairs, granules, sharedShards, conflicts } = report;
  print(
    terminal,
    `ShardMap: ${counted(shards, "shard")} (${thousands(sharedShards)} in more than one map), ${counted(pairs, "pair")}, ${counted(granules, "granule")} -> ${options.out}`,
  );
  if (conflicts.length > 0) {
    print(
      terminal,
      `${counted(conflicts.length, "granule")} with other records in a later map: ${conflicts.slice(0, 5).join(" ")}${conflicts.length > 5 ? " …" : ""}`,
    );
  }
}
