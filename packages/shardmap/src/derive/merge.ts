/** One map of several that belong to one grid. */
import { ShardMapError, type Json, type JsonObject } from "@zagg/core";
import { countPairs, deriveShardMap, spatialPart } from "./derive.js";
import { spatialDifferences } from "./diff.js";
import { jsonLine } from "../json/json-text.js";
import { commonOrder, united } from "../granule/granule-order.js";
import { granuleHrefs } from "../granule/href.js";
import { sameJson } from "../json/same-json.js";
import type { GranuleRecord, ShardMap } from "../map/shard-map.js";

/** A map to merge and the name it goes by in messages and metadata. */
export interface NamedShardMap {
  readonly name: string;
  readonly map: ShardMap;
}

export interface MergeReport {
  readonly shards: number;
  readonly pairs: number;
  readonly granules: number;
  /** Shards that more than one map has. */
  readonly sharedShards: number;
  /** Granules whose records differ from map to map: the first one counts, hrefs it lacks are taken from the others. */
  readonly conflicts: readonly string[];
  /** Top-level members that the format does not name: they were left out. */
  readonly extrasDropped: readonly string[];
}

/**
 * The shards of all maps, and under each the granules of all, by id, in an order that agrees with every list. A granule
 * of which maps have different records is recorded as in the first of them; where its `s3`, `https`, `file` or href of another scheme is null,
 * the next map that has one fills it in. Metadata on which all maps agree is kept, and `zagg_history` has all of each.
 * @throws ShardMapError `SHARDMAP_MERGE_GRIDS` when the spatial signatures differ or one is null, `SHARDMAP_EMPTY`
 */
export function mergeShardMaps(maps: readonly NamedShardMap[]): { map: ShardMap; report: MergeReport } {
  const [first, ...others] = maps;
  if (first === undefined) throw new RangeError("there is no map to merge");
  for (const other of others) assertSameGrid(first, other);

  const { records, conflicts } = unitedRecords(maps);
  const lists = new Map<bigint, (readonly GranuleRecord[])[]>();
  for (const { map } of maps) {
    map.shardKeys.forEach((key, shard) => {
      const own = map.granules[shard]!.map((record) => records.get(record.id)!);
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [own]);
      else list.push(own);
    });
  }
  const ranks = commonOrder(maps.flatMap(({ map }) => map.granules));
  const shardKeys = BigUint64Array.from(lists.keys()).sort();
  const granules = Array.from(shardKeys, (key) => united(lists.get(key)!, ranks));
  const map = deriveShardMap(
    {
      metadata: commonMetadata(maps),
      gridSignature: spatialPart(first.map.gridSignature),
      shardKeys,
      granules,
    },
    {
      action: "merge",
      of: maps.map(({ name, map: { metadata, shardKeys: keys, granules: all } }) => ({
        name,
        shards: keys.length,
        pairs: countPairs(all),
        metadata,
      })),
      conflicts: conflicts.length,
    },
  );
  if (shardKeys.length === 0) throw nothingToMerge(maps);
  const report: MergeReport = {
    shards: shardKeys.length,
    pairs: countPairs(granules),
    granules: records.size,
    sharedShards: [...lists.values()].filter((list) => list.length > 1).length,
    conflicts,
    extrasDropped: [...new Set(maps.flatMap(({ map: { extras } }) => Object.keys(extras)))],
  };
  return { map, report };
}

function nothingToMerge(maps: readonly NamedShardMap[]): ShardMapError {
  return new ShardMapError("SHARDMAP_EMPTY", {
    what: `${maps.map(({ name }) => name).join(" and ")} have no shard`,
    why: "a shard map without shards cannot be run",
    mend: "build them again with `zagg shardmap build`",
  });
}

function assertSameGrid(first: NamedShardMap, other: NamedShardMap): void {
  const [a, b] = [first.map.gridSignature, other.map.gridSignature];
  const differences = spatialDifferences(a, b);
  if (a !== null && differences.length === 0) return;
  throw new ShardMapError("SHARDMAP_MERGE_GRIDS", {
    what: `${first.name} and ${other.name} cannot be merged`,
    why:
      a === null || b === null
        ? `${[a === null ? first.name : "", b === null ? other.name : ""].filter(Boolean).join(" and ")} does not record its grid, so whether their shards are the same cannot be told`
        : `their shards are those of different grids: ${differences
            .map(({ key, a: left, b: right }) => `${key} is ${jsonLine(left)} and ${jsonLine(right)}`)
            .join("; ")}`,
    mend: "bring one to the grid of the other with `zagg shardmap rekey`, or build them for one grid",
    details: { differences: differences.map((difference) => ({ ...difference })) },
  });
}

/** One record an id, the hrefs that the first lacks filled in; and the ids whose records differ. */
function unitedRecords(maps: readonly NamedShardMap[]): {
  records: ReadonlyMap<string, GranuleRecord>;
  conflicts: readonly string[];
} {
  const records = new Map<string, GranuleRecord>();
  const conflicts = new Set<string>();
  for (const { map } of maps) {
    for (const list of map.granules) {
      for (const record of list) {
        const known = records.get(record.id);
        if (known === undefined) records.set(record.id, record);
        else if (known !== record && !sameJson(known as Json, record as Json)) {
          conflicts.add(record.id);
          records.set(record.id, withHrefsOf(known, record));
        }
      }
    }
  }
  return { records, conflicts: [...conflicts] };
}

function withHrefsOf(known: GranuleRecord, other: GranuleRecord): GranuleRecord {
  const isLacking = (scheme: string): boolean => (known[scheme] ?? null) === null;
  const usual = ["s3", "https", "file"];
  const further = granuleHrefs(other).filter(({ scheme }) => !usual.includes(scheme) && isLacking(scheme));
  const isFilled = usual.some((scheme) => isLacking(scheme) && (other[scheme] ?? null) !== null);
  if (!isFilled && further.length === 0) return known;
  const { id, s3, https, ...rest } = known;
  const file = known.file ?? other.file;
  return {
    id,
    s3: s3 ?? other.s3,
    https: https ?? other.https,
    ...rest,
    ...(file === undefined ? {} : { file }),
    ...Object.fromEntries(further.map(({ scheme, href }) => [scheme, href])),
  };
}

function commonMetadata(maps: readonly NamedShardMap[]): JsonObject {
  const [first, ...others] = maps.map(({ map }) => map.metadata);
  const kept = Object.entries(first ?? {}).filter(([key, value]) =>
    others.every((metadata) => Object.hasOwn(metadata, key) && sameJson(metadata[key]!, value!)),
  );
  return Object.fromEntries(kept);
}
