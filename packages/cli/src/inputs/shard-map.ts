/** A shard map from a file. */
import { dirname, resolve } from "node:path";
import type { GridPlugin } from "@zagg/core";
import {
  assertShardMapFits,
  createShardMap,
  parseShardMap,
  type GranuleRecord,
  type ShardMap,
} from "@zagg/shardmap";
import { tellWarnings } from "../output/errors.js";
import type { Terminal } from "../output/terminal.js";
import { inputChunks } from "./files.js";
import { warningIn } from "./in-file.js";
import { movedHref } from "./moved-href.js";

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
    if (typeof file !== "string") return record;
    let known = moved.get(record);
    if (known === undefined) {
      const href = movedHref(file, from, to);
      known = href === file ? record : { ...record, file: href };
      moved.set(record, known);
    }
    return known;
  };
  return createShardMap({ ...map, granules: map.granules.map((list) => list.map(move)) });
}

/** Refuses a map of another grid, and tells what there is to warn of in it. @throws ShardMapError `SHARDMAP_GRID_MISMATCH` */
export function assertMapFits(terminal: Terminal, path: string, map: ShardMap, grid: GridPlugin): void {
  tellWarnings(
    terminal,
    assertShardMapFits(map, grid).map((warning) => warningIn(path, warning)),
  );
}
