/** `zagg shardmap subset`: a part of a shard map, by place and time. */
import type { Command } from "commander";
import type { SubsetOptions } from "../../commands/shardmap/subset.js";
import type { Session } from "../../session.js";
import { pluginOption, trustOption } from "../plugin-option.js";

export function addShardmapSubset(shardmap: Command, session: Session): void {
  shardmap
    .command("subset")
    .description("take the shards of a place and the granules of a time out of a shard map")
    .argument("<shardmap>", "shard map")
    .requiredOption("--out <file>", "shard map to write")
    .option("--config <file>", "configuration of the map's grid; needed for a region, a box and labels")
    .option("--region <geojson>", "only shards that this region touches")
    .option("--bbox <w,s,e,n>", "only shards that this box touches, degrees")
    .option("--time <start..end>", "only granules with data in this time; days are meant whole")
    .option("--shards <keys...>", "only these shards, by key, or by label with --config")
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "the report as one JSON object")
    .addHelpText(
      "after",
      "\nShards that are left without granules are dropped. Granules are dated by their record, else by an ICESat-2 name\n(one orbit from the time in it); those without either are kept, and counted.",
    )
    .action(async (path: string, options: SubsetOptions) =>
      (await import("../../commands/shardmap/subset.js")).shardmapSubset(path, options, session),
    );
}
