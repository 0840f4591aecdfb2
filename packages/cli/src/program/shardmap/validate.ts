/** `zagg shardmap validate`: everything that is wrong with a shard map's file. */
import type { Command } from "commander";
import type { Session } from "../../session.js";

export function addShardmapValidate(shardmap: Command, session: Session): void {
  shardmap
    .command("validate")
    .description("list everything that is wrong with a shard map's file, with line and JSON pointer")
    .argument("<shardmap>", "shard map")
    .option("--json", "as one JSON object")
    .addHelpText("after", "\nExits 0 when the file is a shard map, 2 otherwise.")
    .action(async (path: string, options: { json?: boolean }) =>
      (await import("../../commands/shardmap/validate.js")).shardmapValidate(path, options, session),
    );
}
