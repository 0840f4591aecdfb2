/** `zagg config`: the configurations that come with the command. */
import { builtInConfigText, builtInConfigs } from "../inputs/built-in-configs.js";
import { table } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

/** Prints the names of the built-in configurations. */
export function configList({ json }: { json?: boolean }, { terminal }: Session): void {
  if (json === true) return printJson(terminal, { version: "zagg-config-list/1", configs: builtInConfigs });
  print(
    terminal,
    table(
      builtInConfigs.map(({ name, title }) => [name, title]),
      ["name", "makes"],
    ),
  );
}

/** Prints one of them. @throws ConfigError `CLI_CONFIG_UNKNOWN` */
export async function configShow(name: string, { terminal }: Session): Promise<void> {
  print(terminal, (await builtInConfigText(name)).trimEnd());
}
