/** `zagg run`: aggregates the granules of a shard map into a store. */
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import {
  ConfigError,
  uriScheme,
  type CodedErrorJson,
  type Executor,
  type Registry,
  type ZaggConfig,
} from "@zagg/core";
import { dryRunReport, executeRun, inlineExecutor, planRun, type RunSummary } from "@zagg/runner";
import { InvalidArgumentError, Option, type Command } from "commander";
import { zaggComposition } from "../composition.js";
import { openConfig } from "../inputs/config.js";
import { inFile, warningIn } from "../inputs/in-file.js";
import { openShardMap } from "../inputs/shard-map.js";
import { tellWarnings } from "../output/errors.js";
import { exitCodes } from "../output/exit-codes.js";
import { startProgress } from "../output/progress.js";
import { printSummary, tellDryRun, tellProblems } from "../output/run-report.js";
import { printJson } from "../output/terminal.js";
import { pluginOption } from "../plugins/option.js";
import { wholeNumber } from "./whole-number.js";
import type { Session } from "../session.js";

export interface RunCommandOptions {
  config: string;
  catalog?: string;
  store?: string;
  maxCells?: number;
  cell?: string;
  workers?: number;
  executor: "threads" | "inline";
  driver?: "s3" | "https" | "file";
  memory?: number;
  overwrite?: boolean;
  dryRun?: boolean;
  strict?: boolean;
  json?: boolean;
  plugin?: readonly string[];
}

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
      new Option("--workers <n>", "shards at once; else one a core")
        .env("ZAGG_WORKERS")
        .argParser(wholeNumber),
    )
    .addOption(
      new Option("--executor <name>", "where shards are processed")
        .choices(["threads", "inline"])
        .default("threads"),
    )
    .addOption(
      new Option("--driver <name>", "which href to read first; else the config's driver").choices([
        "s3",
        "https",
        "file",
      ]),
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
    .option("--json", "the summary as one JSON object")
    .addHelpText(
      "after",
      "\nA run that was interrupted, or had failed shards, goes on when the same command is given again.",
    )
    .action(async (options: RunCommandOptions) => {
      const summary = await run(options, session);
      if (summary === undefined) return;
      if (options.json === true) printJson(session.terminal, { version: "zagg-run/1", ...summary });
      else printSummary(session.terminal, summary);
      tellProblems(session.terminal, summary);
      if (!summary.completed) {
        session.exit.code =
          summary.stopped_by?.name === "StoreError" ? exitCodes.outOfReach : exitCodes.failedShards;
      }
    });
}

/** Plans and runs; undefined after a dry run. */
export async function run(options: RunCommandOptions, session: Session): Promise<RunSummary | undefined> {
  const { terminal, signal } = session;
  const opened = await openConfig(terminal, session.registry, options.config, "run", options.plugin);
  const { config, registry, modules } = opened;
  const catalog =
    options.catalog || config.catalog || missing("CLI_CATALOG_MISSING", "shard map", "--catalog", "catalog");
  const storeUri = storeTarget(
    options.store || config.output.store || missing("CLI_STORE_MISSING", "store", "--store", "output.store"),
  );
  registry.store(storeUri);
  const shardMap = await openShardMap(catalog);
  const plan = inFile(
    (error) => (isAboutShardMap(error) ? catalog : options.config),
    () =>
      planRun({
        registry,
        config,
        shardMap,
        mapBase: dirname(resolve(catalog)),
        storeUri,
        options: selection(options),
      }),
  );
  tellWarnings(
    terminal,
    plan.warnings.map((warning) =>
      warningIn(warning.path?.startsWith("/") === true ? options.config : catalog, warning),
    ),
  );
  if (options.dryRun === true) {
    const report = dryRunReport(plan);
    if (options.json === true) printJson(terminal, { version: "zagg-dry-run/1", ...report });
    else tellDryRun(terminal, report);
    return undefined;
  }
  const progress = startProgress(terminal, { total: plan.jobs.length, noun: "shards" });
  try {
    return await executeRun(plan, {
      registry,
      composition: { ...zaggComposition, plugins: modules.map(({ source }) => source.url) },
      executor: executorOf(options, registry),
      workers: options.workers ?? availableParallelism(),
      overwrite: options.overwrite ?? false,
      signal,
      onProgress: ({ done, failed }) => progress.update(done + failed, failed),
    });
  } finally {
    progress.stop();
  }
}

/** Whether a plan fails for its shard map, rather than for its configuration. */
function isAboutShardMap({ name, path }: CodedErrorJson): boolean {
  return name === "ShardMapError" || (name === "RunError" && path === undefined);
}

function executorOf({ executor }: RunCommandOptions, registry: Registry): Executor {
  return executor === "inline" ? inlineExecutor(registry) : registry.executor(executor);
}

function selection({
  memory,
  maxCells,
  cell,
  strict,
  driver,
}: RunCommandOptions): NonNullable<Parameters<typeof planRun>[0]["options"]> {
  return {
    ...(memory === undefined ? {} : { memoryBytes: memory }),
    ...(maxCells === undefined ? {} : { maxCells }),
    ...(cell === undefined ? {} : { cell }),
    ...(strict === undefined ? {} : { strict }),
    ...(driver === undefined ? {} : { driver }),
  };
}

/** A local store by its absolute path, so that workers and messages agree where it is. */
function storeTarget(uri: string): string {
  return uriScheme(uri) === "file" && !/^file:/i.test(uri) ? resolve(uri) : uri;
}

function missing(code: string, what: string, flag: string, key: keyof ZaggConfig | string): never {
  throw new ConfigError(code, {
    what: `no ${what} is named`,
    why: `neither ${flag} nor ${key} in the configuration says where it is`,
    mend: `add ${flag}`,
  });
}

const unitBytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** `2GiB`, `1.5GB`, `100000`: bytes when no unit is given. */
function byteSize(text: string): number {
  const [, number = "", unit = "B"] = /^([0-9]+(?:[.][0-9]+)?) ?([A-Za-z]+)?$/.exec(text) ?? [];
  const bytes = Number(number) * (unitBytes[unit] ?? NaN);
  if (number === "" || !(bytes >= 1)) {
    throw new InvalidArgumentError(
      `It must be a size such as 512MB or 2GiB; units are ${Object.keys(unitBytes).join(", ")}.`,
    );
  }
  return Math.floor(bytes);
}
