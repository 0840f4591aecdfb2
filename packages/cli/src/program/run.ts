/** `zagg run`: aggregates the granules of a shard map into a store. */
import { Option, type Command } from "commander";
import type { RunCommandOptions } from "../commands/run.js";
import type { Session } from "../session.js";
import { byteSize } from "./byte-size.js";
import { executorParam } from "./executor-param.js";
import { pluginOption, trustOption } from "./plugin-option.js";
import { schemeWord } from "./scheme-word.js";
import { wholeNumber } from "./whole-number.js";

export function addRun(program: Command, session: Session): void {
  program
    .command("run")
    .description("aggregate the granules of a shard map into a store")
    .requiredOption("--config <file>", "configuration: a file, or a name that zagg config list shows")
    .addOption(new Option("--catalog <file>", "shard map; else the config's catalog").env("ZAGG_CATALOG"))
    .addOption(new Option("--store <uri>", "store to make; else the config's output.store").env("ZAGG_STORE"))
    .option("--max-cells <n>", "only the first n shards of the map", wholeNumber)
    .option("--cell <key>", "only this shard: its key or its label")
    .addOption(
      new Option("--workers <n>", "shards at once; else one per core")
        .env("ZAGG_WORKERS")
        .argParser(wholeNumber),
    )
    .addOption(
      new Option(
        "--executor <name>",
        "where shards are processed; zagg plugins lists the executors there are",
      ).default("threads"),
    )
    .option("--executor-param <key=value>", "parameter of the executor; may be given again", executorParam)
    .option(
      "--attempts <n>",
      "tries of a shard whose worker died or whose store or source failed in passing; else the executor's number",
      wholeNumber,
    )
    .option(
      "--driver <scheme>",
      "which href to read first: file, s3, https or another scheme; else the config's driver",
      schemeWord,
    )
    .option(
      "--memory <size>",
      "rows that a shard may hold at once, such as 512MB or 2GiB; more are aggregated in blocks",
      byteSize,
    )
    .option("--overwrite", "replace the store that is there, once the new one is whole")
    .option("--dry-run", "say what would be done, and do nothing")
    .option("--strict", "refuse a shard map that states less than the grid's whole spatial signature")
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "the summary as one JSON object")
    .addHelpText(
      "after",
      "\nA run that was interrupted, or had failed shards, goes on when the same command is given again.",
    )
    .action(async (options: RunCommandOptions) =>
      (await import("../commands/run.js")).runCommand(options, session),
    );
}
