/** `zagg check`: whether products can be aggregated together. */
import { ConfigError } from "@zagg/core";
import { checkCompatible, type Product } from "@zagg/runner";
import type { Command } from "commander";
import { openConfig } from "../inputs/config.js";
import { exitCodes } from "../output/exit-codes.js";
import { pluginOption } from "../plugins/option.js";
import { table } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export function addCheck(program: Command, { terminal, registry, exit }: Session): void {
  program
    .command("check")
    .description(
      "check pair by pair whether configurations can be aggregated together: they nest (one family, aligned, equal output fields) and overlap",
    )
    .argument("<configs...>", "two or more configurations: files, or names that zagg config list shows")
    .addOption(pluginOption())
    .option("--json", "as one JSON object")
    .addHelpText("after", "\nExits 0 when every pair can, 2 otherwise.")
    .action(
      async (paths: readonly string[], { json, plugin }: { json?: boolean; plugin?: readonly string[] }) => {
        if (paths.length < 2) {
          throw new ConfigError("CLI_USAGE", {
            what: `only ${paths.join()} is given`,
            why: "configurations are checked in pairs",
            mend: "name two or more; zagg validate checks a single one",
          });
        }
        const products: Product[] = [];
        for (const path of paths) {
          const { grid } = await openConfig(terminal, registry, path, "grid", plugin);
          products.push({ name: path, grid });
        }
        const report = checkCompatible(products);
        if (!report.compatible) exit.code = exitCodes.usage;
        if (json === true) return printJson(terminal, { version: "zagg-check/1", ...report });
        const rows = report.pairs.map(({ a, b, nests, overlap, reason }) => [
          a,
          b,
          nests ? "nests" : "does not nest",
          overlap === null ? "unknown" : overlap ? "overlaps" : "lies apart",
          reason ?? "",
        ]);
        print(terminal, table(rows, ["configuration", "with", "verdict", "coverage", "because"]));
      },
    );
}
