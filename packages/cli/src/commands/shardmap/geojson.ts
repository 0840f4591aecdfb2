/** `zagg shardmap geojson`: the outlines of a map's shards, for maps and GIS. */
import { shardMapGeoJson } from "@zagg/shardmap";
import type { Command } from "commander";
import { openConfig } from "../../inputs/config.js";
import { assertWritable, writeOutput } from "../../inputs/files.js";
import { assertMapFits, openShardMap } from "../../inputs/shard-map.js";
import { counted } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import { pluginOption } from "../../plugins/option.js";
import type { Session } from "../../session.js";

interface GeoJsonOptions {
  config: string;
  out: string;
  json?: boolean;
  plugin?: readonly string[];
}

export function addShardmapGeoJson(shardmap: Command, { terminal, registry }: Session): void {
  shardmap
    .command("geojson")
    .description(
      "write the outlines of the shards as GeoJSON, with key, label, number of granules and time range",
    )
    .argument("<shardmap>", "shard map")
    .requiredOption("--config <file>", "configuration of the map's grid: a file, or a built-in name")
    .requiredOption("--out <file>", "GeoJSON to write")
    .addOption(pluginOption())
    .option("--json", "the report as one JSON object")
    .addHelpText(
      "after",
      "\nOutlines are cut at the antimeridian and closed along ±90 around a pole (RFC 7946). Keys are texts: they exceed 2^53.",
    )
    .action(async (path: string, options: GeoJsonOptions) => {
      await assertWritable(options.out);
      const { grid } = await openConfig(terminal, registry, options.config, "grid", options.plugin);
      const map = await openShardMap(path);
      assertMapFits(terminal, path, map, grid);
      await writeOutput(options.out, shardMapGeoJson(map, grid));
      const features = map.shardKeys.length;
      if (options.json === true) {
        return printJson(terminal, { version: "zagg-shardmap-geojson/1", out: options.out, features });
      }
      print(terminal, `GeoJSON: ${counted(features, "shard")} -> ${options.out}`);
    });
}
