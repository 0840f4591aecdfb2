/** `zagg shardmap info`: what a shard map holds. */
import { describeShardMap } from "@zagg/shardmap";
import type { Command } from "commander";
import { openShardMap } from "../inputs/shard-map.js";
import { table, thousands } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export function addShardmapInfo(shardmap: Command, { terminal }: Session): void {
  shardmap
    .command("info")
    .description("show what a shard map holds")
    .argument("<shardmap>", "shard map")
    .option("--json", "as one JSON object")
    .action(async (path: string, { json }: { json?: boolean }) => {
      const description = describeShardMap(await openShardMap(path));
      if (json === true)
        return printJson(terminal, { version: "zagg-shardmap-info/1", shardmap: path, ...description });
      const { granulesPerShard: each, time } = description;
      const rows: (readonly string[])[] = [
        ["shards", thousands(description.shards)],
        ["granules", thousands(description.granules)],
        ["pairs", thousands(description.pairs)],
      ];
      if (each !== null) {
        rows.push(["fewest granules", `${each.min.granules} in shard ${each.min.shardKey}`]);
        rows.push(["most granules", `${each.max.granules} in shard ${each.max.shardKey}`]);
        rows.push(["mean granules", each.mean.toFixed(1)]);
      }
      if (time !== null) rows.push(["time", `${time.start} to ${time.end}`]);
      for (const [source, count] of Object.entries(description.sources))
        rows.push([`from ${source}`, `${thousands(count)} granules`]);
      if (description.duplicates.length > 0)
        rows.push(["listed twice", `${description.duplicates.length} granules`]);
      rows.push(["grid", JSON.stringify(description.gridSignature)]);
      print(terminal, table(rows));
    });
}
