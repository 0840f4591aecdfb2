/** `zagg config`: the configurations that come with the command. */
import type { Command } from "commander";
import { builtInConfigText, builtInConfigs } from "../inputs/built-in-configs.js";
import { table } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export function addConfig(program: Command, { terminal }: Session): void {
  const config = program
    .command("config")
    .description("the configurations that come with zagg: list them, or print one to start from");
  config
    .command("list")
    .description("names of the built-in configurations; --config takes them in place of a file")
    .option("--json", "as one JSON object")
    .action(({ json }: { json?: boolean }) => {
      if (json === true)
        return printJson(terminal, { version: "zagg-config-list/1", configs: builtInConfigs });
      print(
        terminal,
        table(
          builtInConfigs.map(({ name, title }) => [name, title]),
          ["name", "makes"],
        ),
      );
    });
  config
    .command("show")
    .description("print a built-in configuration, to be saved and changed")
    .argument("<name>", "one of those that zagg config list names")
    .action(async (name: string) => {
      print(terminal, (await builtInConfigText(name)).trimEnd());
    });
}
