/** A shard map from a file. */
import { parseShardMap, type ShardMap } from "@zagg/shardmap";
import { inputChunks } from "./files.js";

/** @throws ConfigError `CLI_FILE_UNREADABLE` @throws ShardMapError when it is not a shard map */
export async function openShardMap(path: string): Promise<ShardMap> {
  return parseShardMap(inputChunks(path, "shard map"), { file: path });
}
