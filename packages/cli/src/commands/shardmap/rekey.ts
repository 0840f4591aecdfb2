/** `zagg shardmap rekey`: a map for other shards or chunks of the same cells, without asking a catalog again. */
import { dirname, resolve } from "node:path";
import { createGrid, type GridPlugin } from "@zagg/core";
import { gridOfMap, rekeyShardMap, serializeShardMapChunks, type RekeyReport } from "@zagg/shardmap";
import type { Command } from "commander";
import { openGranuleCatalog } from "../../inputs/catalog.js";
import { openConfig } from "../../inputs/config.js";
import { assertWritable, writeOutput } from "../../inputs/files.js";
import { assertMapFits, openShardMapFor } from "../../inputs/shard-map.js";
import { tellExtrasDropped } from "../../output/derived-map.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson, type Terminal } from "../../output/terminal.js";
import { pluginOption } from "../../plugins/option.js";
import type { Session } from "../../session.js";

interface RekeyOptions {
  config: string;
  out: string;
  from?: string;
  catalog?: string;
  json?: boolean;
  plugin?: readonly string[];
}

export function addShardmapRekey(shardmap: Command, session: Session): void {
  const { terminal, registry } = session;
  shardmap
    .command("rekey")
    .description("bring a shard map to other shards or chunks of the same grid, without a new query")
    .argument("<shardmap>", "shard map")
    .requiredOption("--config <file>", "configuration of the new grid: a file, or a built-in name")
    .requiredOption("--out <file>", "shard map to write")
    .option("--from <config>", "configuration the map was built with; else it is told from its signature")
    .option(
      "--catalog <file>",
      "catalog with footprints of its granules, to leave out those that do not touch a finer shard",
    )
    .addOption(pluginOption())
    .option("--json", "the report as one JSON object")
    .addHelpText("after", `\n${AFTERWORD}`)
    .action(async (path: string, options: RekeyOptions) => {
      await assertWritable(options.out);
      const opened = await openConfig(terminal, registry, options.config, "grid", options.plugin);
      const map = await openShardMapFor(path, options.out);
      let from: GridPlugin;
      if (options.from === undefined) {
        from = gridOfMap(map, opened.config, opened.registry);
      } else {
        const { config } = await openConfig(terminal, registry, options.from, "grid", options.plugin);
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
    });
}

const AFTERWORD = `Other cells or chunks in the same shards: exact. Coarser shards: exact in the area of the old map; granules that
are only outside it are not known. Finer shards: each takes the granules of the shard it lies in, which is
conservative (nothing is missing, a run reads more than it needs), or exact with --catalog; those outside the
region of the old map are taken out by zagg shardmap subset --region. The report and the map's metadata say
which. Another latitude, CRS or extent is refused.`;

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
