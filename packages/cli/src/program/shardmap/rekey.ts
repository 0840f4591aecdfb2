/** `zagg shardmap rekey`: a map for other shards or chunks of the same cells, without asking a catalog again. */
import type { Command } from "commander";
import type { RekeyOptions } from "../../commands/shardmap/rekey.js";
import type { Session } from "../../session.js";
import { pluginOption, trustOption } from "../plugin-option.js";

export function addShardmapRekey(shardmap: Command, session: Session): void {
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
    .addOption(trustOption())
    .option("--json", "the report as one JSON object")
    .addHelpText("after", `\n${AFTERWORD}`)
    .action(async (path: string, options: RekeyOptions) =>
      (await import("../../commands/shardmap/rekey.js")).shardmapRekey(path, options, session),
    );
}

const AFTERWORD = `Other cells or chunks in the same shards: exact. Coarser shards: exact in the area of the old map; granules that
are only outside it are not known. Finer shards: each takes the granules of the shard it lies in, which is
conservative (nothing is missing, a run reads more than it needs), or exact with --catalog; those outside the
region of the old map are taken out by zagg shardmap subset --region. The report and the map's metadata say
which. Another latitude, CRS or extent is refused.`;
