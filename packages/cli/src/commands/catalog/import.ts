/** `zagg catalog import`: a catalog of what is at hand, saved once. */
import { dirname, resolve } from "node:path";
import type { CatalogItem, CatalogProblem } from "@zagg/catalog";
import { writeCatalog } from "@zagg/catalog/fs";
import { ConfigError, type Warning } from "@zagg/core";
import { openConfig, type PluginFlags } from "../../inputs/config.js";
import { assertWritable } from "../../inputs/files.js";
import type { GranuleOpening, PointSource } from "../../inputs/granule-item.js";
import { openImport } from "../../inputs/import-sources.js";
import { tellWarnings } from "../../output/errors.js";
import { exitCodes } from "../../output/exit-codes.js";
import { startProgress } from "../../output/progress.js";
import { tellSkipped } from "../../output/skipped.js";
import { counted } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

export interface ImportOptions extends PluginFlags {
  readonly out: string;
  readonly config?: string;
  readonly browse?: boolean;
  readonly json?: boolean;
}

/** Products whose coordinates are looked for when no configuration is named. */
const KNOWN_CONFIGS = ["atl06", "atl03"];

/** Writes a catalog of files, and prints a report. Nothing is written when no input gives a granule. @throws ConfigError `CLI_IMPORT_EMPTY` */
export async function catalogImport(
  inputs: string[],
  options: ImportOptions,
  session: Session,
): Promise<void> {
  const { terminal, exit } = session;
  await assertWritable(options.out);
  const skipped: CatalogProblem[] = [];
  const onProblem = (problem: CatalogProblem): void => void skipped.push(problem);
  let done = 0;
  let tellDone = (): void => undefined;
  const warnings = new Map<string, Warning>();
  const sources = await openImport({
    inputs,
    base: dirname(resolve(options.out)),
    ...(await pointSources(session, options, (warning) => {
      warnings.set(JSON.stringify(warning), warning);
    })),
    options: { browse: options.browse === true },
    onProblem,
    onRead: (entries) => {
      done += entries;
      tellDone();
    },
    signal: session.signal,
  });
  tellWarnings(terminal, sources.warnings);
  const assets = await sources.assets();
  const progress = startProgress(terminal, { total: sources.entries, noun: "granules" });
  tellDone = () => progress.update(done, skipped.length);
  let granules = 0;
  async function* countedItems(): AsyncGenerator<readonly CatalogItem[]> {
    for await (const items of sources.batches()) {
      granules += items.length;
      yield items;
    }
    if (granules === 0) throw nothingImported(sources.entries);
  }
  try {
    await writeCatalog(options.out, countedItems(), { metadata: sources.metadata, assets, onProblem });
  } finally {
    progress.stop();
    tellSkipped(terminal, skipped);
    tellWarnings(terminal, [...warnings.values()]);
  }
  if (granules < sources.entries) exit.code = exitCodes.inPart;
  if (options.json === true) {
    return printJson(terminal, {
      version: "zagg-catalog-import/1",
      out: options.out,
      granules,
      skipped,
      metadata: sources.metadata,
    });
  }
  const left = skipped.length > 0 ? `, ${counted(skipped.length, "problem")}` : "";
  print(terminal, `Catalog: ${counted(granules, "granule")}${left} -> ${options.out}`);
}

function nothingImported(entries: number): ConfigError {
  return new ConfigError("CLI_IMPORT_EMPTY", {
    what: `none of ${counted(entries, "granule")} could be imported`,
    why:
      entries === 0
        ? "the inputs hold none"
        : "none can be read as a granule; each is told above with its reason",
    mend: "mend or leave out those inputs; --config says where granules of other products have their coordinates",
  });
}

/** Where granules have their points: as a configuration says, or as the built-in ones do. */
async function pointSources(
  session: Session,
  { config, ...flags }: ImportOptions,
  warn: GranuleOpening["warn"],
): Promise<{ readonly opening: GranuleOpening; readonly sources: readonly PointSource[] }> {
  const opened = await Promise.all(
    (config === undefined ? KNOWN_CONFIGS : [config]).map((name) => openConfig(session, name, "grid", flags)),
  );
  const first = opened[0]!;
  return {
    opening: {
      registry: first.registry,
      reader: first.registry.reader(first.config.data_source.reader),
      warn,
    },
    sources: opened.map(({ config: { data_source: source } }) => source),
  };
}
