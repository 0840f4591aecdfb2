/** `zagg shardmap geojson`: the outlines of a map's shards, for maps and GIS. */
import { shardMapGeoJson } from "@zagg/shardmap";
import { openConfig, type PluginFlags } from "../../inputs/config.js";
import { assertWritable, writeOutput } from "../../inputs/files.js";
import { assertMapFits, openShardMap } from "../../inputs/shard-map.js";
import { counted } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

export interface GeoJsonOptions extends PluginFlags {
  config: string;
  out: string;
  json?: boolean;
}

/** Writes the outlines of the shards of a map. */
export async function shardmapGeoJson(
  path: string,
  options: GeoJsonOptions,
  session: Session,
): Promise<void> {
  const { terminal } = session;
  await assertWritable(options.out);
  const { grid } = await openConfig(session, options.config, "grid", options);
  const map = await openShardMap(path);
  assertMapFits(terminal, path, map, grid);
  await writeOutput(options.out, shardMapGeoJson(map, grid));
  const features = map.shardKeys.length;
  if (options.json === true) {
    return printJson(terminal, { version: "zagg-shardmap-geojson/1", out: options.out, features });
  }
  print(terminal, `GeoJSON: ${counted(features, "shard")} -> ${options.out}`);
}
