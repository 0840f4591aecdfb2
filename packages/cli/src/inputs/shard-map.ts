/** A shard map from a file. */
import { dirname, resolve } from "node:path";
import {
  createShardMap,
  parseShardMap,
  relativeHref,
  type GranuleRecord,
  type ShardMap,
} from "@zagg/shardmap";
import { inputChunks } from "./files.js";

/** @throws ConfigError `CLI_FILE_UNREADABLE` @throws ShardMapError when it is not a shard map */
export async function openShardMap(path: string): Promise<ShardMap> {
  return parseShardMap(inputChunks(path, "shard map"), { file: path });
}

/** As {@link openShardMap}; local files, which a map names from its own folder, are named from that of `out`. */
export async function openShardMapFor(path: string, out: string): Promise<ShardMap> {
  const map = await openShardMap(path);
  const [from, to] = [dirname(resolve(path)), dirname(resolve(out))];
  if (from === to) return map;
  const moved = new Map<GranuleRecord, GranuleRecord>();
  const move = (record: GranuleRecord): GranuleRecord => {
    const { file } = record;
    if (typeof file !== "string" || file === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(file)) return record;
    let known = moved.get(record);
    if (known === undefined) {
      known = { ...record, file: relativeHref(to, resolve(from, file)) };
      moved.set(record, known);
    }
    return known;
  };
  return createShardMap({ ...map, granules: map.granules.map((list) => list.map(move)) });
}
