/** `zagg shardmap check`: the reuse guard's answer, as prose or as data. */
import { checkShardMap, explainCheck } from "@zagg/shardmap";
import type { Command } from "commander";
import { openConfig } from "../../inputs/config.js";
import { openShardMap } from "../../inputs/shard-map.js";
import { exitCodes } from "../../output/exit-codes.js";
import { print, printJson } from "../../output/terminal.js";
import { pluginOption } from "../../plugins/option.js";
import type { Session } from "../../session.js";

interface CheckOptions {
  config: string;
  shardmap: string;
  strict?: boolean;
  json?: boolean;
  plugin?: readonly string[];
}

export function addShardmapCheck(shardmap: Command, { terminal, registry, exit }: Session): void {
  shardmap
    .command("check")
    .description("say whether a shard map may be reused with a configuration: spatial signatures only")
    .requiredOption("--config <file>", "configuration: a file, or a name that zagg config list shows")
    .requiredOption("--shardmap <file>", "shard map")
    .option("--strict", "refuse what a run would only warn of")
    .addOption(pluginOption())
    .option("--json", "as one JSON object")
    .addHelpText("after", "\nExits 0 when the map may be used, 2 when it is refused.")
    .action(async (options: CheckOptions) => {
      const { grid } = await openConfig(terminal, registry, options.config, "grid", options.plugin);
      const map = await openShardMap(options.shardmap);
      const check = checkShardMap(map, grid, { strict: options.strict ?? false });
      if (check.verdict === "refused") exit.code = exitCodes.usage;
      if (options.json === true) return printJson(terminal, { version: "zagg-shardmap-check/1", ...check });
      print(terminal, explainCheck(check));
    });
}
