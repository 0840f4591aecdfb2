/** `zagg demo`: the whole way, from granules to stores, on data that it makes itself. */
import type { Command } from "commander";
import type { DemoCommandOptions } from "../commands/demo.js";
import type { Session } from "../session.js";

export function addDemo(program: Command, session: Session): void {
  program
    .command("demo")
    .description(
      "make synthetic granules, build their shard map, aggregate them twice with it, and show how to open the result",
    )
    .option("--out <folder>", "where everything goes", "zagg-demo")
    .option("--json", "the summary as one JSON object")
    .action(async (options: DemoCommandOptions) =>
      (await import("../commands/demo.js")).demo(options, session),
    );
}
