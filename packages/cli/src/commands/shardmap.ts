/** `zagg shardmap`: the life of a shard map. */
import type { Command } from "commander";
import type { Session } from "../session.js";
import { addShardmapBuild } from "./shardmap-build.js";
import { addShardmapCheck } from "./shardmap-check.js";
import { addShardmapInfo } from "./shardmap-info.js";

export function addShardmap(program: Command, session: Session): void {
  const shardmap = program.command("shardmap").description("build, check and describe shard maps");
  for (const add of [addShardmapBuild, addShardmapCheck, addShardmapInfo]) add(shardmap, session);
}
