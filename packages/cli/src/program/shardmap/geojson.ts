/** `zagg shardmap geojson`: the outlines of a map's shards, for maps and GIS. */
import type { Command } from "commander";
import type { GeoJsonOptions } from "../../commands/shardmap/geojson.js";
import type { Session } from "../../session.js";
import { pluginOption, trustOption } from "../plugin-option.js";

export function addShardmapGeoJson(shardmap: Command, session: Session): void {
  shardmap
    .command("geojson")
    .description(
      "write the outlines of the shards as GeoJSON, with key, label, number of granules and time range",
    )
    .argument("<shardmap>", "shard map")
    .requiredOption("--config <file>", "configuration of the map's grid: a file, or a built-in name")
    .requiredOption("--out <file>", "GeoJSON to write")
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "the report as one JSON object")
    .addHelpText(
      "after",
      "\nOutlines are cut at the antimeridian and closed along ±90 around a pole (RFC 7946). Keys are texts: they exceed 2^53.",
    )
    .action(async (path: string, options: GeoJsonOptions) =>
      (await import("../../commands/shardmap/geojson.js")).shardmapGeoJson(path, options, session),
    );
}
