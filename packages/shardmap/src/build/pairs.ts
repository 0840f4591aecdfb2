/** Pairs of shard and granule, kept flat until all are known. */
import type { CoveredFootprints } from "./covering.js";
import type { GranuleRecord } from "../map/shard-map.js";

/** Pairs of the granules of one batch: those that touch shards, and which shards, granule after granule. */
interface PairBatch {
  readonly records: readonly GranuleRecord[];
  readonly counts: Uint32Array;
  readonly shards: Uint32Array;
}

/** A growing set of pairs: four bytes per pair, and each record once. */
export interface PairCollection {
  readonly batches: PairBatch[];
  /** Granules of each shard. */
  readonly perShard: Uint32Array;
  /** Granules that touch a shard, by id: the first record stands for all of an id. */
  readonly known: Map<string, GranuleRecord>;
  /** Ids of which several records touch a shard. */
  readonly repeated: Set<string>;
}

export function createPairs(shards: number): PairCollection {
  return { batches: [], perShard: new Uint32Array(shards), known: new Map(), repeated: new Set() };
}

/**
 * Adds covered footprints, whose records are parallel to them.
 * @returns records whose id has been added before
 */
export function addPairs(
  pairs: PairCollection,
  records: readonly GranuleRecord[],
  { counts, shards }: CoveredFootprints,
): readonly GranuleRecord[] {
  const { known, repeated } = pairs;
  const again: GranuleRecord[] = [];
  const touching = records
    .filter((_record, i) => counts[i]! > 0)
    .map((record) => {
      const first = known.get(record.id);
      if (first === undefined) known.set(record.id, record);
      else {
        repeated.add(record.id);
        again.push(record);
      }
      return first ?? record;
    });
  pairs.batches.push({ records: touching, counts: counts.filter((count) => count > 0), shards });
  for (const shard of shards) pairs.perShard[shard]!++;
  return again;
}

/** The shards that have granules, as ascending indices, and their granules in the order of adding, each once. */
export function listPairs({ batches, perShard, repeated }: PairCollection): {
  readonly shards: Uint32Array;
  readonly granules: readonly (readonly GranuleRecord[])[];
} {
  const shards = Uint32Array.from(perShard.keys()).filter((shard) => perShard[shard]! > 0);
  const place = new Int32Array(perShard.length);
  const granules = Array.from(shards, (shard, i): GranuleRecord[] => {
    place[shard] = i;
    return new Array<GranuleRecord>(perShard[shard]!);
  });
  const filled = new Uint32Array(shards.length);
  for (const { records, counts, shards: touched } of batches) {
    let at = 0;
    records.forEach((record, i) => {
      for (const end = at + counts[i]!; at < end; at++) {
        const list = place[touched[at]!]!;
        granules[list]![filled[list]!++] = record;
      }
    });
  }
  return { shards, granules: repeated.size === 0 ? granules : granules.map((list) => [...new Set(list)]) };
}
