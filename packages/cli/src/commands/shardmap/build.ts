/** `zagg shardmap build`: which granules touch which shards. */
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { ConfigError } from "@zagg/core";
import {
  buildShardMap,
  buildShardMapFromPoints,
  configBounds,
  relativeHref,
  serializeShardMapChunks,
  type Bounds,
  type ShardMapBuild,
} from "@zagg/shardmap";
import { threadedCovering } from "@zagg/shardmap/threads";
import { zaggComposition } from "../../composition.js";
import { openConfig, type PluginFlags } from "../../inputs/config.js";
import { assertWritable, writeOutput } from "../../inputs/files.js";
import { findGranules, type LocalGranule } from "../../inputs/granules.js";
import { openGranuleCatalog } from "../../inputs/catalog.js";
import { inFile, warningIn } from "../../inputs/in-file.js";
import { readRegion, regionOfCatalog } from "../../inputs/region.js";
import { tellWarnings } from "../../output/errors.js";
import { startProgress } from "../../output/progress.js";
import { tellSkipped } from "../../output/skipped.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson, tell, type Terminal } from "../../output/terminal.js";
import { MOST_THREADS } from "../../program/shardmap/most-threads.js";
import type { Session } from "../../session.js";
import { cliVersion } from "../../version.js";

export interface BuildOptions extends PluginFlags {
  config: string;
  out: string;
  granules?: string[];
  catalog?: string;
  region?: string;
  bbox?: string;
  threads?: number;
  reproducible?: boolean;
  json?: boolean;
}

/** Builds and writes a shard map, and prints a report. */
export async function shardmapBuild(options: BuildOptions, session: Session): Promise<void> {
  await assertWritable(options.out);
  const build = await buildMap(options, session);
  await writeOutput(options.out, serializeShardMapChunks(build.map));
  report(session.terminal, options, build);
}

/** What a build needs to know: a configuration, granules or a catalog, and a region. */
export type MapRequest = Omit<BuildOptions, "json">;

/** The shard map that a request asks for; nothing is written. */
export async function buildMap(request: MapRequest, session: Session): Promise<ShardMapBuild> {
  const { terminal } = session;
  if ((request.granules === undefined) === (request.catalog === undefined)) {
    throw new ConfigError("CLI_USAGE", {
      what:
        request.granules === undefined
          ? "neither --granules nor --catalog is given"
          : "both --granules and --catalog are given",
      why: "a shard map is built from one of them",
      mend: "give --granules 'folder/*.h5' or --catalog items.json",
    });
  }
  const opened = await openConfig(session, request.config, "grid", request);
  const { config, grid, registry, modules } = opened;
  const bounds = inFile(request.config, () =>
    configBounds(config, (warning) => tellWarnings(terminal, [warningIn(request.config, warning)])),
  );
  const { time } = bounds;
  tellOverridden(terminal, request, bounds);
  const provenance = { version: cliVersion(), reproducible: request.reproducible, signal: session.signal };
  if (request.granules !== undefined) {
    const region = (await readRegion(terminal, request)) ?? bounds.region;
    const { granules, warnings } = await findGranules(request.granules);
    tellWarnings(terminal, warnings);
    const files = pointFiles(granules, request.out);
    return withProgress(terminal, files.length, (onProgress) =>
      buildShardMapFromPoints({
        grid,
        sources: registry,
        reader: registry.reader(config.data_source.reader),
        dataSource: config.data_source,
        files,
        region,
        time,
        metadata: { source: "local files" },
        onProgress,
        ...provenance,
      }),
    );
  }
  const catalog = request.catalog as string;
  const { granules, metadata, entries } = await openGranuleCatalog(catalog, dirname(resolve(request.out)));
  const region =
    (await readRegion(terminal, request)) ?? bounds.region ?? regionOfCatalog(terminal, catalog, metadata);
  const covering = threadedCovering({
    threads: request.threads ?? Math.min(availableParallelism(), MOST_THREADS),
    composition: zaggComposition(modules.map(({ source }) => source.reference)),
    config,
  });
  return withProgress(terminal, entries, (onProgress) =>
    buildShardMap({ grid, granules, region, time, metadata, covering, onProgress, ...provenance }),
  );
}

/** A region of the command line goes before that of the configuration, which a run keeps to all the same. */
function tellOverridden(terminal: Terminal, { config, region, bbox }: MapRequest, bounds: Bounds): void {
  if (bounds.region === undefined || (region === undefined && bbox === undefined)) return;
  const option = region === undefined ? "--bbox" : "--region";
  tellWarnings(terminal, [
    {
      code: "CLI_BOUNDS_OVERRIDDEN",
      what: `${option} limits the map, and bounds.spatial does not`,
      why: "an option goes before the configuration; a run with this configuration takes of the map only what lies in its bounds",
      mend: `leave ${option} out to build the map for the bounds`,
      path: "/bounds/spatial",
      details: { file: config },
    },
  ]);
}

/** Shows how many of the granules are done, and how many were skipped, while a build goes on. */
async function withProgress<T>(
  terminal: Terminal,
  total: number,
  build: (onProgress: (progress: { readonly done: number; readonly skipped: number }) => void) => Promise<T>,
): Promise<T> {
  const progress = startProgress(terminal, { total, noun: "granules" });
  try {
    return await build(({ done, skipped }) => progress.update(done, skipped));
  } finally {
    progress.stop();
  }
}

function pointFiles(
  granules: readonly LocalGranule[],
  out: string,
): { id: string; href: string; recordHref: string }[] {
  const folder = dirname(resolve(out));
  return granules.map(({ id, path }) => ({ id, href: path, recordHref: relativeHref(folder, path) }));
}

function report(terminal: Terminal, { out, json }: BuildOptions, { report: counts }: ShardMapBuild): void {
  tellSkipped(terminal, counts.skipped);
  tellWarnings(terminal, counts.warnings);
  if (json === true) return printJson(terminal, { version: "zagg-shardmap-build/1", out, ...counts });
  const { granulesConsidered, granulesAssigned, granulesOutside, granulesOutsideTime, granulesWithoutTime } =
    counts;
  tell(
    terminal,
    `${counted(granulesConsidered, "granule")}: ${thousands(granulesAssigned)} assigned, ${thousands(granulesOutside)} outside the region and the grid, ${granulesOutsideTime > 0 ? `${thousands(granulesOutsideTime)} at another time, ` : ""}${thousands(counts.skipped.length)} skipped`,
  );
  if (granulesWithoutTime > 0)
    tell(
      terminal,
      `${counted(granulesWithoutTime, "granule")} without a time, taken whatever bounds.temporal says`,
    );
  if (counts.points !== null) {
    const { read, invalid, outsideGrid } = counts.points;
    tell(
      terminal,
      `${counted(read, "point")}, ${thousands(invalid)} invalid, ${thousands(outsideGrid)} outside the grid`,
    );
  }
  const skipped = counts.skipped.length > 0 ? `, ${counted(counts.skipped.length, "granule")} skipped` : "";
  print(
    terminal,
    `ShardMap: ${counted(counts.shards, "shard")}, ${counted(counts.pairs, "pair")}, ${counted(counts.granulesAssigned, "granule")}${skipped} -> ${out}`,
  );
}
