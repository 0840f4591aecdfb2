/** `zagg shardmap`: the life of a shard map. */
import type { Command } from "commander";
import type { Session } from "../session.js";
import { addShardmapBuild } from "./shardmap-build.js";
import { addShardmapCheck } from "./shardmap-check.js";
import { addShardmapDiff } from "./shardmap-diff.js";
import { addShardmapGeoJson } from "./shardmap-geojson.js";
import { addShardmapInfo } from "./shardmap-info.js";
import { addShardmapMerge } from "./shardmap-merge.js";
import { addShardmapRekey } from "./shardmap-rekey.js";
import { addShardmapSubset } from "./shardmap-subset.js";
import { addShardmapValidate } from "./shardmap-validate.js";

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
