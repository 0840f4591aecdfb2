/** `zagg shardmap check`: the reuse guard's answer, as prose or as data. */
import { checkShardMap, explainCheck } from "@zagg/shardmap";
import { openConfig, type PluginFlags } from "../../inputs/config.js";
import { openShardMap } from "../../inputs/shard-map.js";
import { exitCodes } from "../../output/exit-codes.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

export interface CheckOptions extends PluginFlags {
  config: string;
  shardmap: string;
  strict?: boolean;
  json?: boolean;
}

/** Prints whether a shard map may be used with a configuration. */
export async function shardmapCheck(options: CheckOptions, session: Session): Promise<void> {
  const { terminal, exit } = session;
  const { grid } = await openConfig(session, options.config, "grid", options);
  const map = await openShardMap(options.shardmap);
  const check = checkShardMap(map, grid, { strict: options.strict ?? false });
  if (check.verdict === "refused") exit.code = exitCodes.usage;
  if (options.json === true) return printJson(terminal, { version: "zagg-shardmap-check/1", ...check });
  print(terminal, explainCheck(check));
}
