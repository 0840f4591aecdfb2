/** `zagg plugins`: what is composed, and where it comes from. */
import type { Command } from "commander";
import type { PluginsOptions } from "../commands/plugins.js";
import type { Session } from "../session.js";
import { pluginOption, trustOption } from "./plugin-option.js";

export function addPlugins(program: Command, session: Session): void {
  program
    .command("plugins")
    .description("list the grids, aggregators, sources, readers, stores, formats and executors there are")
    .option("--config <file>", "with the plugins that this configuration names")
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "as one JSON object")
    .action(async (options: PluginsOptions) =>
      (await import("../commands/plugins.js")).plugins(options, session),
    );
}
