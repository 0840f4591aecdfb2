/** `zagg grid signature`: the fingerprint of a configuration's grid. */
import type { Command } from "commander";
import { openConfig } from "../inputs/config.js";
import { printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export function addGrid(program: Command, { terminal, registry }: Session): void {
  program
    .command("grid")
    .description("about the grid of a configuration")
    .command("signature")
    .description("print the signature of the grid as JSON")
    .requiredOption("--config <file>", "configuration")
    .option("--spatial", "the spatial signature: without output fields")
    .action(async ({ config, spatial }: { config: string; spatial?: boolean }) => {
      const { grid } = await openConfig(terminal, registry, config, "grid");
      printJson(terminal, spatial === true ? grid.spatialSignature() : grid.signature());
    });
}
