/** `zagg plugins`: what is composed. */
import { namesOf, type Plugin } from "@zagg/core";
import type { Command } from "commander";
import { table } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export function addPlugins(program: Command, { terminal, registry }: Session): void {
  program
    .command("plugins")
    .description("list the grids, aggregators, readers, stores, formats and executors there are")
    .option("--json", "as one JSON object")
    .action(({ json }: { json?: boolean }) => {
      const plugins = registry.plugins.map(describe);
      if (json === true) return printJson(terminal, { version: "zagg-plugins/1", plugins });
      const rows = plugins.map(({ kind, name, aliases, description }) => [
        kind,
        [name, ...aliases].join(", "),
        description,
      ]);
      print(terminal, table(rows, ["kind", "name", "description"]));
    });
}

function describe(plugin: Plugin): {
  kind: string;
  name: string;
  aliases: readonly string[];
  description: string;
  apiVersion: number;
} {
  const [first = "", ...aliases] = namesOf(plugin);
  return {
    kind: plugin.kind,
    name: first,
    aliases,
    description: plugin.description,
    apiVersion: plugin.apiVersion,
  };
}
