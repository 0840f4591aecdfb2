/** `zagg shardmap info`: what a shard map holds. */
import type { Command } from "commander";
import type { Session } from "../../session.js";

export function addShardmapInfo(shardmap: Command, session: Session): void {
  shardmap
    .command("info")
    .description("show what a shard map holds: shards, granules, sizes, times, versions, where it comes from")
    .argument("<shardmap>", "shard map")
    .option("--json", "as one JSON object")
    .action(async (path: string, options: { json?: boolean }) =>
      (await import("../../commands/shardmap/info.js")).shardmapInfo(path, options, session),
    );
}
