/** `zagg shardmap subset`: a part of a shard map, by place and time. */
import { ConfigError, type JsonObject } from "@zagg/core";
import { serializeShardMapChunks, subsetShardMap, type ShardMap } from "@zagg/shardmap";
import { openConfig, type PluginFlags } from "../../inputs/config.js";
import { assertWritable, writeOutput } from "../../inputs/files.js";
import { readRegion } from "../../inputs/region.js";
import { assertMapFits, openShardMapFor } from "../../inputs/shard-map.js";
import { parseTimeRange } from "../../inputs/time-range.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

export interface SubsetOptions extends PluginFlags {
  out: string;
  config?: string;
  region?: string;
  bbox?: string;
  time?: string;
  shards?: readonly string[];
  json?: boolean;
}

/** Writes a part of a shard map, and prints a report. */
export async function shardmapSubset(path: string, options: SubsetOptions, session: Session): Promise<void> {
  const { terminal } = session;
  const { region, bbox, time, shards } = options;
  if ([region, bbox, time, shards].every((option) => option === undefined)) {
    throw new ConfigError("CLI_USAGE", {
      what: "nothing is asked for",
      why: "a subset is taken by region, box, time or shards",
      mend: "add --region FILE, --bbox=W,S,E,N, --time START..END or --shards KEY …",
    });
  }
  await assertWritable(options.out);
  const map = await openShardMapFor(path, options.out);
  const { map: subset, report } = subsetShardMap({
    map,
    shardKeys: await wantedShards(path, map, options, session),
    time: time === undefined ? undefined : parseTimeRange(time),
    asked: askedFor(options),
  });
  await writeOutput(options.out, serializeShardMapChunks(subset));
  if (options.json === true) {
    return printJson(terminal, { version: "zagg-shardmap-subset/1", out: options.out, ...report });
  }
  print(
    terminal,
    `ShardMap: ${thousands(report.shards)} of ${counted(report.shards + report.shardsDropped, "shard")}, ${thousands(report.pairs)} of ${counted(report.pairs + report.pairsDropped, "pair")}, ${counted(report.granules, "granule")} -> ${options.out}`,
  );
  if (report.granulesWithoutTime > 0) {
    print(terminal, `${counted(report.granulesWithoutTime, "granule")} without a time, kept`);
  }
}

/** The shards of the place and the list that were asked for; undefined when neither was. */
async function wantedShards(
  path: string,
  map: ShardMap,
  options: SubsetOptions,
  session: Session,
): Promise<BigUint64Array | undefined> {
  const { terminal } = session;
  const region = await readRegion(terminal, options);
  const { shards, config } = options;
  if (region === undefined && shards === undefined) return undefined;
  if (region !== undefined && config === undefined) {
    throw new ConfigError("CLI_USAGE", {
      what: "a region is given without a configuration",
      why: "which shards it touches is for their grid to say",
      mend: "add --config FILE, the configuration of the map's grid",
    });
  }
  const grid = config === undefined ? undefined : (await openConfig(session, config, "grid", options)).grid;
  if (grid !== undefined) assertMapFits(terminal, path, map, grid);
  const labels = new Map<string, bigint>();
  if (shards !== undefined) {
    for (const key of map.shardKeys) {
      if (grid !== undefined) labels.set(grid.shardLabel(key), key);
      labels.set(String(key), key);
    }
  }
  const listed = shards?.map((name) => labels.get(name) ?? unknownShard(name, grid !== undefined));
  if (region === undefined) return BigUint64Array.from(listed ?? []);
  const covered = grid!.coverer(region).shardKeys;
  const wanted = new Set(listed);
  return listed === undefined ? covered : covered.filter((key) => wanted.has(key));
}

function unknownShard(name: string, hasLabels: boolean): never {
  throw new ConfigError("CLI_USAGE", {
    what: `the map has no shard ${name}`,
    why: hasLabels
      ? "it is neither the key nor the label of one of its shards"
      : "it is not the key of one of its shards; labels are known with --config",
    mend: "list the shards with zagg shardmap geojson, which has keys and labels",
  });
}

function askedFor({ region, bbox, time, shards }: SubsetOptions): JsonObject {
  return {
    ...(region === undefined ? {} : { region }),
    ...(bbox === undefined ? {} : { bbox }),
    ...(time === undefined ? {} : { time }),
    ...(shards === undefined ? {} : { shards: [...shards] }),
  };
}
