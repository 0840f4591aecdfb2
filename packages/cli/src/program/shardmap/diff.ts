/** `zagg shardmap diff`: what two shard maps do not have in common. */
import type { Command } from "commander";
import type { Session } from "../../session.js";

export function addShardmapDiff(shardmap: Command, session: Session): void {
  shardmap
    .command("diff")
    .description("compare two shard maps: grid, shards, pairs, granules; what B adds to A and what it lacks")
    .argument("<a>", "shard map")
    .argument("<b>", "shard map")
    .option("--exit-code", "exit 2 when they differ")
    .option("--json", "as one JSON object, with every shard and granule that differs")
    .addHelpText("after", "\nExits 0 whether they differ or not, unless --exit-code is given.")
    .action(async (a: string, b: string, options: { exitCode?: boolean; json?: boolean }) =>
      (await import("../../commands/shardmap/diff.js")).shardmapDiff(a, b, options, session),
    );
}
