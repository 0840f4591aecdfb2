/** `zagg shardmap build`: which granules touch which shards. */
import { Option, type Command } from "commander";
import type { BuildOptions } from "../../commands/shardmap/build.js";
import type { Session } from "../../session.js";
import { pluginOption, trustOption } from "../plugin-option.js";
import { MOST_THREADS } from "./most-threads.js";
import { wholeNumber } from "../whole-number.js";

export function addShardmapBuild(shardmap: Command, session: Session): void {
  shardmap
    .command("build")
    .description("build a shard map from local granules, exactly, or from a list of granules with footprints")
    .requiredOption(
      "--config <file>",
      "configuration: a file, or a name that zagg config list shows; only its grid, data source and bounds matter",
    )
    .requiredOption("--out <file>", "shard map to write")
    .option("--granules <patterns...>", "local granules: their own points are assigned")
    .option(
      "--catalog <file>",
      "stac-geoparquet, STAC items or UMM-JSON: footprints are intersected with the region",
    )
    .option(
      "--region <geojson>",
      "only shards that this region touches; else the config's bounds.spatial, else the bbox of the catalog's metadata",
    )
    .option("--bbox <w,s,e,n>", "only shards that this box touches, degrees")
    .addOption(
      new Option(
        "--threads <n>",
        `threads that footprints of a catalog are intersected in; else one per core, at most ${MOST_THREADS}`,
      )
        .env("ZAGG_THREADS")
        .argParser(wholeNumber),
    )
    .option(
      "--reproducible",
      "leave the seconds the build took out of the map, so that equal input gives equal bytes",
    )
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "the report as one JSON object")
    .action(async (options: BuildOptions) =>
      (await import("../../commands/shardmap/build.js")).shardmapBuild(options, session),
    );
}
