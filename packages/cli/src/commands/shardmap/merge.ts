/** `zagg shardmap merge`: one map of several. */
import { mergeShardMaps, serializeShardMapChunks, type NamedShardMap } from "@zagg/shardmap";
import type { Command } from "commander";
import { assertWritable, writeOutput } from "../../inputs/files.js";
import { openShardMapFor } from "../../inputs/shard-map.js";
import { tellExtrasDropped } from "../../output/derived-map.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

export function addShardmapMerge(shardmap: Command, { terminal }: Session): void {
  shardmap
    .command("merge")
    .description("unite shard maps of one grid: the shards of all, and under each the granules of all, by id")
    .argument("<shardmaps...>", "shard maps, the one whose records count first")
    .requiredOption("--out <file>", "shard map to write")
    .option("--json", "the report as one JSON object")
    .addHelpText(
      "after",
      "\nA granule whose records differ is taken from the first map that has it; hrefs it lacks there are filled in\nfrom the next.",
    )
    .action(async (paths: readonly string[], options: { out: string; json?: boolean }) => {
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
    });
}
