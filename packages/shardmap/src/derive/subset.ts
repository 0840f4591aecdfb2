/** A part of a shard map, by place and time. */
import { ShardMapError, type Json, type JsonObject } from "@zagg/core";
import { countPairs, deriveShardMap } from "./derive.js";
import type { ProductRule } from "@zagg/core/internal";
import { inTime, type TimeInterval } from "../granule/granule-time.js";
import { createMemberReader } from "../json/member-reader.js";
import type { GranuleRecord, ShardMap } from "../map/shard-map.js";

export interface SubsetInput {
  readonly map: ShardMap;
  /** Keeps only these shards; a grid's `coverage` of a region gives those of a place. */
  readonly shardKeys?: BigUint64Array | undefined;
  /** How the ids of granules are read that state no time; ICESat-2's names unless told. */
  readonly product?: ProductRule | undefined;
  /** Keeps only granules whose interval has an instant of this one; see `granuleInterval`. */
  readonly time?: TimeInterval | undefined;
  /** What was asked for, for the metadata. */
  readonly asked: JsonObject;
}

export interface SubsetReport {
  readonly shards: number;
  readonly pairs: number;
  readonly granules: number;
  readonly shardsDropped: number;
  readonly pairsDropped: number;
  /** Granules that were kept although nothing says when they were taken; only with `time`. */
  readonly granulesWithoutTime: number;
  /** Top-level members that the format does not name and that do not list something per shard: kept as they were. */
  readonly extrasKept: readonly string[];
}

/**
 * The shards and granules that are asked for; shards without granules are left out. Top-level members that list
 * something per shard are cut alike, others are kept.
 * @throws ShardMapError `SHARDMAP_EMPTY`
 */
export function subsetShardMap({ map, shardKeys, product, time, asked }: SubsetInput): {
  map: ShardMap;
  report: SubsetReport;
} {
  const wanted = shardKeys && new Set(shardKeys);
  const withoutTime = new Set<string>();
  const isWanted = memoized((record: GranuleRecord): boolean => {
    if (time === undefined) return true;
    const when = inTime(record, time, product);
    if (when === "undated") withoutTime.add(record.id);
    return when !== "outside";
  });
  const kept: number[] = [];
  const granules: (readonly GranuleRecord[])[] = [];
  map.granules.forEach((list, shard) => {
    if (wanted !== undefined && !wanted.has(map.shardKeys[shard]!)) return;
    const records = time === undefined ? list : list.filter(isWanted);
    if (records.length === 0) return;
    kept.push(shard);
    granules.push(records);
  });
  if (kept.length === 0) throw nothingLeft(map, asked);
  const cut = cutExtras(map, kept);
  const subset = deriveShardMap(
    {
      ...map,
      shardKeys: BigUint64Array.from(kept, (shard) => map.shardKeys[shard]!),
      granules,
      extras: cut.extras,
    },
    {
      action: "subset",
      ...asked,
      of: { shards: map.shardKeys.length, pairs: countPairs(map.granules) },
    },
  );
  const pairs = countPairs(granules);
  return {
    map: subset,
    report: {
      shards: kept.length,
      pairs,
      granules: subset.metadata["total_granules"] as number,
      shardsDropped: map.shardKeys.length - kept.length,
      pairsDropped: countPairs(map.granules) - pairs,
      granulesWithoutTime: withoutTime.size,
      extrasKept: cut.whole,
    },
  };
}

function memoized<K extends object>(decide: (key: K) => boolean): (key: K) => boolean {
  const known = new Map<K, boolean>();
  return (key) => {
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = decide(key)));
    return answer;
  };
}

/** The extras of the shards that are kept. A list of one entry per shard is taken as parallel to the shards. */
function cutExtras(
  { extras, shardKeys }: ShardMap,
  kept: readonly number[],
): { extras: Record<string, string>; whole: readonly string[] } {
  const whole: string[] = [];
  const cut = Object.entries(extras).map(([key, text]): [string, string] => {
    const value = JSON.parse(text) as Json;
    if (!Array.isArray(value) || value.length !== shardKeys.length) {
      whole.push(key);
      return [key, text];
    }
    const entries = elementTexts(text);
    return [key, `[${kept.map((shard) => entries[shard]).join(", ")}]`];
  });
  return { extras: Object.fromEntries(cut), whole };
}

/** The texts of the elements of a JSON array, as they are spelled. */
function elementTexts(text: string): readonly string[] {
  const texts: string[] = [];
  const reader = createMemberReader(text, ({ expected }) => new RangeError(`${expected} expected`));
  reader.peek();
  reader.elements(() => texts.push(reader.value().text()));
  return texts;
}

function nothingLeft(map: ShardMap, asked: JsonObject): ShardMapError {
  return new ShardMapError("SHARDMAP_EMPTY", {
    what: `none of ${map.shardKeys.length} shards and ${countPairs(map.granules)} pairs is left`,
    why: "a shard map without shards cannot be run; the map has nothing at that place and time",
    mend: "compare what is asked for with `zagg shardmap info`, and with the region the map was built for",
    details: { asked },
  });
}
