/** `zagg shardmap rekey`: a map for other shards or chunks of the same cells, without asking a catalog again. */
import { dirname, resolve } from "node:path";
import { createGrid, type GridPlugin } from "@zagg/core";
import { gridOfMap, rekeyShardMap, serializeShardMapChunks, type RekeyReport } from "@zagg/shardmap";
import { openGranuleCatalog } from "../../inputs/catalog.js";
import { openConfig, type PluginFlags } from "../../inputs/config.js";
import { assertWritable, writeOutput } from "../../inputs/files.js";
import { assertMapFits, openShardMapFor } from "../../inputs/shard-map.js";
import { tellExtrasDropped } from "../../output/derived-map.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson, type Terminal } from "../../output/terminal.js";
import type { Session } from "../../session.js";

export interface RekeyOptions extends PluginFlags {
  config: string;
  out: string;
  from?: string;
  catalog?: string;
  json?: boolean;
}

/** Writes a map for other shards of the same grid, and prints a report. */
export async function shardmapRekey(path: string, options: RekeyOptions, session: Session): Promise<void> {
  const { terminal } = session;
  await assertWritable(options.out);
  const opened = await openConfig(session, options.config, "grid", options);
  const map = await openShardMapFor(path, options.out);
  let from: GridPlugin;
  if (options.from === undefined) {
    from = gridOfMap(map, opened.config, opened.registry);
  } else {
    const { config } = await openConfig(session, options.from, "grid", options);
    const output = { ...opened.config.output, grid: config.output.grid };
    from = createGrid(opened.registry, { ...opened.config, output });
  }
  assertMapFits(terminal, path, map, from);
  const footprints =
    options.catalog === undefined
      ? undefined
      : (await openGranuleCatalog(options.catalog, dirname(resolve(options.out)))).granules;
  const { map: rekeyed, report } = await rekeyShardMap({ map, from, to: opened.grid, footprints });
  await writeOutput(options.out, serializeShardMapChunks(rekeyed));
  tellExtrasDropped(terminal, report.extrasDropped);
  if (options.json === true) {
    return printJson(terminal, { version: "zagg-shardmap-rekey/1", out: options.out, ...report });
  }
  printReport(terminal, options, report);
}

const meanings: Readonly<Record<RekeyReport["exactness"], string>> = {
  exact: "exact: the pairs are those of a build for the new grid over the area of the old map's shards",
  "exact-where-covered":
    "exact in the area of the old map's shards; granules that are only outside it are not known",
  conservative:
    "conservative: no granule is missing in the area of the old map, but shards may list some that do not touch them; --catalog takes those out",
};

function printReport(terminal: Terminal, { out }: RekeyOptions, report: RekeyReport): void {
  const { shards, pairs, partlyCovered, refinement, exactness } = report;
  print(
    terminal,
    `ShardMap: ${thousands(shards.before)} -> ${counted(shards.after, "shard")}, ${thousands(pairs.before)} -> ${counted(pairs.after, "pair")} -> ${out}`,
  );
  print(terminal, meanings[exactness]);
  if (partlyCovered > 0) {
    print(terminal, `reaching beyond the old map's shards: ${counted(partlyCovered, "new shard")}`);
  }
  if (refinement !== null) {
    print(
      terminal,
      `footprints: ${counted(refinement.known, "granule")} placed anew, ${thousands(refinement.unknown)} without a footprint, ${counted(refinement.pairsRemoved, "pair")} taken out`,
    );
  }
}
