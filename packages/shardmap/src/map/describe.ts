/** What a shard map holds, for `zagg shardmap info`: plain data. */
import type { JsonObject } from "@zagg/core";
import type { ProductRule } from "@zagg/core/internal";
import { granuleVersions, type GranuleVersions } from "../granule/granule-id.js";
import { granuleHrefs } from "../granule/href.js";
import { statedTimeRange, type StatedTime } from "../granule/granule-time.js";
import type { GranuleRecord, ShardMap } from "./shard-map.js";

/** A shard by the decimal text of its key, and how many granules it lists. */
export interface ShardCount {
  readonly shardKey: string;
  readonly granules: number;
}

export interface ShardMapDescription {
  readonly shards: number;
  /** Granules summed over shards. */
  readonly pairs: number;
  /** Distinct granule ids. */
  readonly granules: number;
  /** Null for a map without shards; of equal shards the first one is named. */
  readonly granulesPerShard: {
    readonly min: ShardCount;
    readonly mean: number;
    readonly max: ShardCount;
  } | null;
  /** Earliest start and latest end as the records spell them; null when none carries a time. */
  readonly time: StatedTime | null;
  /** Bytes of the distinct granules whose size is stated, and how many those are; null when none is. */
  readonly bytes: { readonly total: number; readonly granules: number } | null;
  /** Where hrefs point, such as `s3://bucket`, `https://host` or `file`, and how many distinct granules have one there. */
  readonly sources: Readonly<Record<string, number>>;
  readonly gridSignature: JsonObject | null;
  readonly metadata: JsonObject;
  /** Granules that one shard lists more than once. */
  readonly duplicates: readonly { readonly shardKey: string; readonly id: string; readonly times: number }[];
  /** Granules that the map has in more than one version, or under more than one id. */
  readonly versions: GranuleVersions;
}

/**
 * Summary of a map; linear in its pairs.
 * @param product how ids tell versions apart; ICESat-2's names unless told
 */
export function describeShardMap(map: ShardMap, product?: ProductRule): ShardMapDescription {
  const distinct = new Map<string, GranuleRecord>();
  const duplicates: { shardKey: string; id: string; times: number }[] = [];
  const sizes = map.granules.map((list, shard): ShardCount => {
    const shardKey = String(map.shardKeys[shard]);
    const times = new Map<string, number>();
    for (const record of list) {
      times.set(record.id, (times.get(record.id) ?? 0) + 1);
      if (!distinct.has(record.id)) distinct.set(record.id, record);
    }
    for (const [id, count] of times) if (count > 1) duplicates.push({ shardKey, id, times: count });
    return { shardKey, granules: list.length };
  });
  const pairs = sizes.reduce((sum, { granules }) => sum + granules, 0);
  const [first] = sizes;
  return {
    shards: sizes.length,
    pairs,
    granules: distinct.size,
    granulesPerShard: first
      ? {
          min: sizes.reduce((least, size) => (size.granules < least.granules ? size : least), first),
          mean: pairs / sizes.length,
          max: sizes.reduce((most, size) => (size.granules > most.granules ? size : most), first),
        }
      : null,
    time: statedTimeRange(distinct.values()),
    bytes: statedBytes(distinct.values()),
    sources: sourcesOf(distinct.values()),
    gridSignature: map.gridSignature,
    metadata: map.metadata,
    duplicates,
    versions: granuleVersions(distinct.keys(), product),
  };
}

/** Sum of the sizes that records state. */
function statedBytes(records: Iterable<GranuleRecord>): ShardMapDescription["bytes"] {
  let granules = 0;
  let total = 0;
  for (const { bytes } of records) {
    if (typeof bytes !== "number" || !(bytes >= 0)) continue;
    granules++;
    total += bytes;
  }
  return granules === 0 ? null : { total, granules };
}

function sourcesOf(records: Iterable<GranuleRecord>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const record of records) {
    const origins = new Set(granuleHrefs(record).map(({ href }) => originOf(href)));
    for (const origin of origins) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort());
}

function originOf(href: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]+/.exec(href)?.[0] ?? "file";
}
