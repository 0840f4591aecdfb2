/** The shard map: which granules each shard needs, and the grid that the shards belong to. */
import type { Json, JsonObject } from "@zagg/core";
import { immutable } from "../json/json-text.js";

/**
 * One granule of a shard. Members beside these are kept as they came; one whose name is a scheme and whose value is a URI of it,
 * such as `gs`, is a further href.
 */
export interface GranuleRecord {
  readonly [key: string]: Json | undefined;
  readonly id: string;
  readonly s3: string | null;
  readonly https: string | null;
  /** Path or URI of a local file; a relative one starts at the folder of the shard map. */
  readonly file?: string | null;
}

/**
 * The plan of a run. Immutable: derive another with a spread and {@link createShardMap}.
 *
 * `metadata` and records hold JavaScript numbers, so an integer beyond 2^53 in them reads rounded; the file keeps its
 * own spelling and {@link serializeShardMap} writes that back. `shardKeys` is exact.
 */
export interface ShardMap {
  readonly metadata: JsonObject;
  /** Spatial signature of the grid at build time (old maps: the full signature); null when it was not recorded. */
  readonly gridSignature: JsonObject | null;
  /** Unsigned, ascending, distinct. */
  readonly shardKeys: BigUint64Array;
  /** The granules of each shard, parallel to `shardKeys`. */
  readonly granules: readonly (readonly GranuleRecord[])[];
  /** Top-level members that the format does not name, by key, as JSON text. */
  readonly extras: Readonly<Record<string, string>>;
}

/** The members of the JSON form that the format names, in order. */
export const memberNames = ["metadata", "grid_signature", "shard_keys", "granules"] as const;

/** What {@link createShardMap} makes a map from. */
export interface ShardMapParts extends Omit<ShardMap, "extras"> {
  readonly extras?: Readonly<Record<string, string>>;
}

/**
 * A frozen shard map of these parts. The key array and the records are taken over, not copied.
 * @throws RangeError when keys are not ascending, the lists differ in length, or an extra has the name of another part
 */
export function createShardMap(parts: ShardMapParts): ShardMap {
  const { metadata, gridSignature, shardKeys, granules, extras = {} } = parts;
  if (granules.length !== shardKeys.length) {
    throw new RangeError(`${shardKeys.length} shard keys, but ${granules.length} granule lists`);
  }
  for (let i = 1; i < shardKeys.length; i++) {
    if (shardKeys[i - 1]! >= shardKeys[i]!) throw new RangeError(`shard keys do not ascend at index ${i}`);
  }
  const named = memberNames.find((name) => Object.hasOwn(extras, name));
  if (named !== undefined) throw new RangeError(`"${named}" is no extra member of a shard map`);
  return Object.freeze({
    metadata: immutable(metadata),
    gridSignature: immutable(gridSignature),
    shardKeys,
    granules: Object.freeze(granules),
    extras: Object.freeze({ ...extras }),
  });
}
