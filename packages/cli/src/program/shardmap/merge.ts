/** `zagg shardmap merge`: one map of several. */
import type { Command } from "commander";
import type { Session } from "../../session.js";

export function addShardmapMerge(shardmap: Command, session: Session): void {
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
    .action(async (paths: readonly string[], options: { out: string; json?: boolean }) =>
      (await import("../../commands/shardmap/merge.js")).shardmapMerge(paths, options, session),
    );
}
