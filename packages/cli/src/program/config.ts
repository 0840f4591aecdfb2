/** `zagg config`: the configurations that come with the command. */
import type { Command } from "commander";
import type { Session } from "../session.js";

export function addConfig(program: Command, session: Session): void {
  const config = program
    .command("config")
    .description("the configurations that come with zagg: list them, or print one to start from");
  config
    .command("list")
    .description("names of the built-in configurations; --config takes them in place of a file")
    .option("--json", "as one JSON object")
    .action(async (options: { json?: boolean }) =>
      (await import("../commands/config.js")).configList(options, session),
    );
  config
    .command("show")
    .description("print a built-in configuration, to be saved and changed")
    .argument("<name>", "one of those that zagg config list names")
    .action(async (name: string) => (await import("../commands/config.js")).configShow(name, session));
}
