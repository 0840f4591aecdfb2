/** `zagg shardmap`: the life of a shard map. */
import type { Command } from "commander";
import type { Session } from "../../session.js";
import { addShardmapBuild } from "./build.js";
import { addShardmapCheck } from "./check.js";
import { addShardmapDiff } from "./diff.js";
import { addShardmapGeoJson } from "./geojson.js";
import { addShardmapInfo } from "./info.js";
import { addShardmapMerge } from "./merge.js";
import { addShardmapRekey } from "./rekey.js";
import { addShardmapSubset } from "./subset.js";
import { addShardmapValidate } from "./validate.js";

/** In the order of the help. */
const commands = [
  addShardmapBuild,
  addShardmapCheck,
  addShardmapInfo,
  addShardmapValidate,
  addShardmapDiff,
  addShardmapRekey,
  addShardmapMerge,
  addShardmapSubset,
  addShardmapGeoJson,
];

export function addShardmap(program: Command, session: Session): void {
  const shardmap = program
    .command("shardmap")
    .description("build, check, describe, compare and change shard maps");
  for (const add of commands) add(shardmap, session);
}
