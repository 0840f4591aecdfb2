/** Takes out of rekeyed lists what footprints say does not belong there. */
import { isCodedError, type GridPlugin, type Region } from "@zagg/core";
import type { GranuleFootprint, GranuleFootprints } from "../build/build-footprints.js";
import type { GranuleRecord } from "../map/shard-map.js";

type GranuleLists = (readonly GranuleRecord[])[];

export interface Refinement {
  /** Granules of doubtful shards whose footprint was found. */
  readonly known: number;
  /** Granules of doubtful shards that the catalog does not have, or has without a usable footprint: kept everywhere. */
  readonly unknown: number;
  /** Pairs taken out. */
  readonly pairsRemoved: number;
}

/**
 * @param region    holds every doubtful shard; only there are footprints looked at
 * @param shardKeys ascending
 * @param lists     parallel to `shardKeys`
 * @param doubtful  shards whose list may hold more than belongs there
 * @param certain   ids that belong to a shard whatever their footprints say: they touch a part of it
 */
export function createRefiner(
  grid: GridPlugin,
  region: Region,
  shardKeys: BigUint64Array,
  lists: GranuleLists,
  doubtful: readonly boolean[],
  certain: readonly ReadonlySet<string>[],
): (footprints: GranuleFootprints) => Promise<{ lists: GranuleLists; refinement: Refinement }> {
  const coverer = grid.coverer(region);
  const isDoubted = new Set<string>();
  const doubtfulKeys = new Set<bigint>();
  shardKeys.forEach((key, shard) => {
    if (!doubtful[shard]!) return;
    doubtfulKeys.add(key);
    for (const { id } of lists[shard]!) isDoubted.add(id);
  });
  /** The doubtful shards that each granule's footprint touches. */
  const touched = new Map<string, Set<bigint>>();
  const place = ({ record, footprint, problem }: GranuleFootprint): void => {
    if (!isDoubted.has(record.id) || footprint === null || problem !== undefined) return;
    try {
      // An id that stands in the catalog twice has both its footprints.
      const keys = touched.get(record.id) ?? new Set();
      for (const index of coverer.cover(footprint)) {
        const key = coverer.shardKeys[index]!;
        if (doubtfulKeys.has(key)) keys.add(key);
      }
      touched.set(record.id, keys);
    } catch (error) {
      if (!isCodedError(error)) throw error;
    }
  };
  return async (footprints) => {
    if (Symbol.asyncIterator in footprints) for await (const batch of footprints) batch.forEach(place);
    else for (const granule of footprints) place(granule);
    let pairsRemoved = 0;
    const refined = lists.map((list, shard) => {
      if (!doubtful[shard]!) return list;
      const kept = list.filter(
        ({ id }) => certain[shard]!.has(id) || (touched.get(id)?.has(shardKeys[shard]!) ?? true),
      );
      pairsRemoved += list.length - kept.length;
      return kept;
    });
    const refinement = {
      known: touched.size,
      unknown: isDoubted.size - touched.size,
      pairsRemoved,
    };
    return { lists: refined, refinement };
  };
}
