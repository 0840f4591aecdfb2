/** `zagg check`: whether products can be aggregated together. */
import type { Command } from "commander";
import type { CheckOptions } from "../commands/check.js";
import type { Session } from "../session.js";
import { pluginOption, trustOption } from "./plugin-option.js";

export function addCheck(program: Command, session: Session): void {
  program
    .command("check")
    .description(
      "check pair by pair whether configurations can be aggregated together: they nest (one family, aligned, equal output fields) and overlap",
    )
    .argument("<configs...>", "two or more configurations: files, or names that zagg config list shows")
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "as one JSON object")
    .addHelpText("after", "\nExits 0 when every pair can, 2 otherwise.")
    .action(async (paths: readonly string[], options: CheckOptions) =>
      (await import("../commands/check.js")).check(paths, options, session),
    );
}
