/** `zagg run`: aggregates the granules of a shard map into a store. */
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import {
  ConfigError,
  executorParams,
  uriScheme,
  type CodedErrorJson,
  type JsonObject,
  type Warning,
  type ZaggConfig,
} from "@zagg/core";
import { dryRunReport, executeRun, planRun, type RunSummary } from "@zagg/runner";
import { zaggComposition } from "../composition.js";
import { openConfig, type PluginFlags } from "../inputs/config.js";
import { inFile, warningIn } from "../inputs/in-file.js";
import { openShardMap } from "../inputs/shard-map.js";
import { tellWarnings } from "../output/errors.js";
import { exitCodes } from "../output/exit-codes.js";
import { startProgress } from "../output/progress.js";
import { printSummary, tellDryRun, tellProblems } from "../output/run-report.js";
import { printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

/** Warnings of one code that are told of shards; all of them are in the summary. */
const MOST_WARNINGS = 12;

export interface RunCommandOptions extends PluginFlags {
  config: string;
  catalog?: string;
  store?: string;
  maxCells?: number;
  cell?: string;
  workers?: number;
  executor: string;
  executorParam?: JsonObject;
  attempts?: number;
  driver?: string;
  memory?: number;
  overwrite?: boolean;
  dryRun?: boolean;
  strict?: boolean;
  json?: boolean;
}

/** Runs, and prints what came of it. */
export async function runCommand(options: RunCommandOptions, session: Session): Promise<void> {
  const summary = await run(options, session);
  if (summary === undefined) return;
  if (options.json === true) printJson(session.terminal, { version: "zagg-run/1", ...summary });
  else printSummary(session.terminal, summary);
  tellProblems(session.terminal, summary);
  if (!summary.completed) {
    session.exit.code = summary.stopped_by?.name === "StoreError" ? exitCodes.outOfReach : exitCodes.inPart;
  }
}

/** Plans and runs; undefined after a dry run. */
export async function run(options: RunCommandOptions, session: Session): Promise<RunSummary | undefined> {
  const { terminal, signal } = session;
  const opened = await openConfig(session, options.config, "run", options);
  const { config, registry, modules } = opened;
  const catalog =
    options.catalog || config.catalog || missing("CLI_CATALOG_MISSING", "shard map", "--catalog", "catalog");
  const storeUri = storeTarget(
    options.store || config.output.store || missing("CLI_STORE_MISSING", "store", "--store", "output.store"),
  );
  registry.store(storeUri);
  const executor = registry.executor(options.executor);
  const executorParam = await executorParams(executor, options.executorParam);
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
  let summary: RunSummary;
  try {
    summary = await executeRun(plan, {
      registry,
      composition: zaggComposition(modules.map(({ source }) => source.reference)),
      executor,
      executorParams: executorParam,
      ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
      workers: options.workers ?? availableParallelism(),
      overwrite: options.overwrite ?? false,
      signal,
      onProgress: ({ done, failed }) => progress.update(done + failed, failed),
    });
  } finally {
    progress.stop();
  }
  tellWarnings(terminal, firstOfEach(summary.warnings.filter((one) => !plan.warnings.includes(one))));
  return summary;
}

/** The first warnings of each code: shards have theirs, and can be many. */
function firstOfEach(warnings: readonly Warning[]): readonly Warning[] {
  const told = new Map<string, number>();
  return warnings.filter(({ code }) => {
    const count = (told.get(code) ?? 0) + 1;
    told.set(code, count);
    return count <= MOST_WARNINGS;
  });
}

/** Whether a plan fails for its shard map, rather than for its configuration. */
function isAboutShardMap({ name, path }: CodedErrorJson): boolean {
  return name === "ShardMapError" || (name === "RunError" && path === undefined);
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
