/** `zagg inspect`: what a store holds. */
import type { Command } from "commander";
import type { Session } from "../session.js";

export function addInspect(program: Command, session: Session): void {
  program
    .command("inspect")
    .description("show the groups and arrays of a store, with their sizes")
    .argument("<store>", "path or URI of a store")
    .option("--json", "as one JSON object")
    .action(async (uri: string, options: { json?: boolean }) =>
      (await import("../commands/inspect.js")).inspect(uri, options, session),
    );
}
