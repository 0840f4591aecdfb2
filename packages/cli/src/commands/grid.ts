/** `zagg grid signature`: the fingerprint of a configuration's grid. */
import type { Command } from "commander";
import { openConfig } from "../inputs/config.js";
import { printJson } from "../output/terminal.js";
import { pluginOption } from "../plugins/option.js";
import type { Session } from "../session.js";

interface SignatureOptions {
  config: string;
  spatial?: boolean;
  plugin?: readonly string[];
}

export function addGrid(program: Command, { terminal, registry }: Session): void {
  program
    .command("grid")
    .description("about the grid of a configuration")
    .command("signature")
    .description("print the signature of the grid as JSON")
    .requiredOption("--config <file>", "configuration: a file, or a name that zagg config list shows")
    .option("--spatial", "the spatial signature: without output fields")
    .addOption(pluginOption())
    .action(async ({ config, spatial, plugin }: SignatureOptions) => {
      const { grid } = await openConfig(terminal, registry, config, "grid", plugin);
      printJson(terminal, spatial === true ? grid.spatialSignature() : grid.signature());
    });
}
