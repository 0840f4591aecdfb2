/** `zagg shardmap check`: the reuse guard's answer, as prose or as data. */
import type { Command } from "commander";
import type { CheckOptions } from "../../commands/shardmap/check.js";
import type { Session } from "../../session.js";
import { pluginOption, trustOption } from "../plugin-option.js";

export function addShardmapCheck(shardmap: Command, session: Session): void {
  shardmap
    .command("check")
    .description("say whether a shard map may be reused with a configuration: spatial signatures only")
    .requiredOption("--config <file>", "configuration: a file, or a name that zagg config list shows")
    .requiredOption("--shardmap <file>", "shard map")
    .option("--strict", "refuse what a run would only warn of")
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "as one JSON object")
    .addHelpText("after", "\nExits 0 when the map may be used, 2 when it is refused.")
    .action(async (options: CheckOptions) =>
      (await import("../../commands/shardmap/check.js")).shardmapCheck(options, session),
    );
}
