/** `zagg validate`: whether a configuration could run. */
import type { Command } from "commander";
import type { ValidateOptions } from "../commands/validate.js";
import type { Session } from "../session.js";
import { pluginOption, trustOption } from "./plugin-option.js";

export function addValidate(program: Command, session: Session): void {
  program
    .command("validate")
    .description("check a configuration against the schema and every plugin's own parameters")
    .argument("<config>", "configuration: a file, or a name that zagg config list shows")
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "as one JSON object")
    .option("--print-config", "print the configuration with its defaults filled in")
    .action(async (path: string, options: ValidateOptions) =>
      (await import("../commands/validate.js")).validate(path, options, session),
    );
}
