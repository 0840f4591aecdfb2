/** `zagg shardmap info`: what a shard map holds. */
import { stat } from "node:fs/promises";
import { describeShardMap, type ShardMapDescription } from "@zagg/shardmap";
import { openShardMap } from "../../inputs/shard-map.js";
import { bytes, counted, table, thousands } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

/** Characters of a metadata value in prose. */
const SHOWN = 80;

/** Prints what a shard map holds. */
export async function shardmapInfo(
  path: string,
  { json }: { json?: boolean },
  { terminal }: Session,
): Promise<void> {
  const description = describeShardMap(await openShardMap(path));
  const fileBytes = (await stat(path)).size;
  if (json === true) {
    return printJson(terminal, {
      version: "zagg-shardmap-info/1",
      shardmap: path,
      fileBytes,
      ...description,
    });
  }
  print(terminal, table([...rowsOf(description), ["file", bytes(fileBytes)]]));
  print(terminal, "\nmetadata");
  print(terminal, table(metadataRows(description)));
}

function rowsOf(description: ShardMapDescription): (readonly string[])[] {
  const { granulesPerShard: each, time, versions, duplicates } = description;
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
  if (description.bytes !== null) {
    const { total, granules } = description.bytes;
    const all = granules === description.granules;
    rows.push(["granule bytes", `${bytes(total)}${all ? "" : ` in the ${thousands(granules)} that say`}`]);
  }
  for (const [source, count] of Object.entries(description.sources))
    rows.push([`from ${source}`, counted(count, "granule")]);
  if (duplicates.length > 0)
    rows.push(["listed twice", `${counted(duplicates.length, "granule")} in one shard`]);
  if (versions.superseded.length > 0) {
    const [{ id, by }] = versions.superseded as [{ id: string; by: string }];
    rows.push(["superseded", `${counted(versions.superseded.length, "granule")}, such as ${id} by ${by}`]);
  }
  if (versions.duplicates.length > 0) {
    rows.push([
      "duplicates",
      `${counted(versions.duplicates.length, "granule")} under several ids, such as ${versions.duplicates[0]!.join(" and ")}`,
    ]);
  }
  rows.push(["grid", JSON.stringify(description.gridSignature)]);
  return rows;
}

/** Where the map comes from, as it says. */
function metadataRows({ metadata }: ShardMapDescription): (readonly string[])[] {
  return Object.entries(metadata).map(([key, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return [`  ${key}`, text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text];
  });
}
