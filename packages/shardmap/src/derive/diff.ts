/** What two shard maps do not have in common. */
import type { Json, JsonObject } from "@zagg/core";
import { countPairs, spatialPart } from "./derive.js";
import { sameJson } from "../json/same-json.js";
import type { GranuleRecord, ShardMap } from "../map/shard-map.js";

/** A key of the stored signatures in which two maps differ; null on the side that lacks it. */
export interface SpatialDifference {
  readonly key: string;
  readonly a: Json;
  readonly b: Json;
}

/** A shard that both maps have, with other granules. */
export interface ShardDifference {
  readonly shardKey: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Shard keys as decimal text, ids and keys in the order of the maps. `added` is only in B, `removed` only in A. */
export interface ShardMapDiff {
  /** Same space, shards and granule ids per shard; hrefs, other members of records, and metadata do not count. */
  readonly same: boolean;
  /** Shards of maps of different space are compared by their keys alone, which may not mean the same. */
  readonly spatial: readonly SpatialDifference[];
  readonly shards: {
    readonly a: number;
    readonly b: number;
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
  readonly pairs: {
    readonly a: number;
    readonly b: number;
    readonly added: number;
    readonly removed: number;
  };
  readonly granules: {
    readonly a: number;
    readonly b: number;
    readonly added: readonly string[];
    readonly removed: readonly string[];
    /** In both, with other members, such as hrefs. */
    readonly changed: readonly string[];
  };
  readonly changedShards: readonly ShardDifference[];
}

/** Compares two maps by their spatial signatures, shards and granule ids; linear in their pairs. */
export function diffShardMaps(a: ShardMap, b: ShardMap): ShardMapDiff {
  const added: string[] = [];
  const removed: string[] = [];
  const changedShards: ShardDifference[] = [];
  let pairsAdded = 0;
  let pairsRemoved = 0;
  for (let i = 0, j = 0; i < a.shardKeys.length || j < b.shardKeys.length;) {
    const [keyA, keyB] = [a.shardKeys[i], b.shardKeys[j]];
    if (keyB === undefined || (keyA !== undefined && keyA < keyB)) {
      removed.push(String(keyA));
      pairsRemoved += a.granules[i++]!.length;
    } else if (keyA === undefined || keyB < keyA) {
      added.push(String(keyB));
      pairsAdded += b.granules[j++]!.length;
    } else {
      const [listA, listB] = [a.granules[i++]!, b.granules[j++]!];
      const shard = {
        shardKey: String(keyA),
        added: missingFrom(listA, listB),
        removed: missingFrom(listB, listA),
      };
      pairsAdded += shard.added.length;
      pairsRemoved += shard.removed.length;
      if (shard.added.length + shard.removed.length > 0) changedShards.push(shard);
    }
  }
  const [recordsA, recordsB] = [recordsOf(a), recordsOf(b)];
  const spatial = spatialDifferences(a.gridSignature, b.gridSignature);
  return {
    same: spatial.length === 0 && added.length + removed.length + changedShards.length === 0,
    spatial,
    shards: { a: a.shardKeys.length, b: b.shardKeys.length, added, removed },
    pairs: {
      a: countPairs(a.granules),
      b: countPairs(b.granules),
      added: pairsAdded,
      removed: pairsRemoved,
    },
    granules: {
      a: recordsA.size,
      b: recordsB.size,
      added: [...recordsB.keys()].filter((id) => !recordsA.has(id)),
      removed: [...recordsA.keys()].filter((id) => !recordsB.has(id)),
      changed: [...recordsA]
        .filter(([id, record]) => recordsB.has(id) && !sameJson(record as Json, recordsB.get(id) as Json))
        .map(([id]) => id),
    },
    changedShards,
  };
}

/** Keys of two stored signatures that differ, output fields aside; a missing signature differs as the key ``. */
export function spatialDifferences(a: JsonObject | null, b: JsonObject | null): readonly SpatialDifference[] {
  const [left, right] = [spatialPart(a), spatialPart(b)];
  if (left === null || right === null) {
    return left === right ? [] : [{ key: "grid_signature", a: left, b: right }];
  }
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys]
    .filter(
      (key) => !Object.hasOwn(left, key) || !Object.hasOwn(right, key) || !sameJson(left[key]!, right[key]!),
    )
    .map((key) => ({ key, a: left[key] ?? null, b: right[key] ?? null }));
}

/** Ids of `list`, each once, that `other` does not have. */
function missingFrom(other: readonly GranuleRecord[], list: readonly GranuleRecord[]): string[] {
  const ids = new Set(other.map(({ id }) => id));
  return [...new Set(list.map(({ id }) => id))].filter((id) => !ids.has(id));
}

function recordsOf({ granules }: ShardMap): Map<string, GranuleRecord> {
  const records = new Map<string, GranuleRecord>();
  for (const list of granules) {
    for (const record of list) if (!records.has(record.id)) records.set(record.id, record);
  }
  return records;
}
