/** `zagg grid signature`: the fingerprint of a configuration's grid. */
import type { Command } from "commander";
import type { SignatureOptions } from "../commands/grid.js";
import type { Session } from "../session.js";
import { pluginOption, trustOption } from "./plugin-option.js";

export function addGrid(program: Command, session: Session): void {
  program
    .command("grid")
    .description("about the grid of a configuration")
    .command("signature")
    .description("print the signature of the grid as JSON")
    .requiredOption("--config <file>", "configuration: a file, or a name that zagg config list shows")
    .option("--spatial", "the spatial signature: without output fields")
    .addOption(pluginOption())
    .addOption(trustOption())
    .action(async (options: SignatureOptions) =>
      (await import("../commands/grid.js")).gridSignature(options, session),
    );
}
