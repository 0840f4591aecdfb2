/** Builds a shard map from granules of which the outline is known. */
import {
  ShardMapError,
  errorToJson,
  isCodedError,
  type CodedErrorJson,
  type GridPlugin,
  type JsonObject,
  type Region,
  type SkippedGranule,
} from "@zagg/core";
import { finishBuild, type ShardMapBuild } from "./build.js";
import type { GranuleRecord } from "./shard-map.js";

/** A granule and its outline. */
export interface GranuleFootprint {
  readonly record: GranuleRecord;
  /** Null when the catalog has none. */
  readonly footprint: Region | null;
  /** Why there is no footprint. The granule is counted under this code. */
  readonly problem?: CodedErrorJson;
}

/** Granules one by one, or in batches as a catalog is read. */
export type GranuleFootprints = Iterable<GranuleFootprint> | AsyncIterable<readonly GranuleFootprint[]>;

export interface BuildShardMapInput {
  readonly grid: GridPlugin;
  readonly granules: GranuleFootprints;
  /** Where shards are wanted. */
  readonly region: Region;
  /** What the catalog says of itself; the build's own keys follow it. */
  readonly metadata?: JsonObject;
  /** Milliseconds of a steady clock. */
  readonly now?: () => number;
}

/**
 * Lists, for each shard that the region touches, the granules whose footprint touches it, in the order they came.
 * Shards without granules are left out. A granule whose footprint is missing or malformed is skipped and named. The
 * same input gives the same map but for `build_wall_s`.
 * @throws ShardMapError `SHARDMAP_EMPTY`
 * @throws GeometryError when the region itself is malformed
 */
export async function buildShardMap(input: BuildShardMapInput): Promise<ShardMapBuild> {
  const { grid, granules, region, metadata = {}, now = () => performance.now() } = input;
  const startMs = now();
  const coverer = grid.coverer(region);
  const lists: GranuleRecord[][] = Array.from(coverer.shardKeys, () => []);
  const skipped: SkippedGranule[] = [];
  let considered = 0;
  let assigned = 0;
  const place = (granule: GranuleFootprint): void => {
    considered++;
    const { record, problem } = granule;
    const skip = (error: CodedErrorJson): void => {
      skipped.push({ id: record.id, href: record.file ?? record.s3 ?? record.https ?? "", error });
    };
    if (problem !== undefined) return skip(problem);
    try {
      const shards = coverer.cover(presentFootprint(granule));
      for (const shard of shards) lists[shard]!.push(record);
      if (shards.length > 0) assigned++;
    } catch (error) {
      if (!isCodedError(error)) throw error;
      skip(errorToJson(error));
    }
  };
  if (Symbol.asyncIterator in granules) for await (const batch of granules) batch.forEach(place);
  else for (const granule of granules) place(granule);
  const placed = {
    method: "footprints",
    shardKeys: coverer.shardKeys.filter((_key, shard) => lists[shard]!.length > 0),
    granules: lists.filter((list) => list.length > 0),
    considered,
    assigned,
    skipped,
    points: null,
    groupsMissing: null,
  } as const;
  return finishBuild(placed, grid, metadata, now() - startMs);
}

function presentFootprint({ record, footprint }: GranuleFootprint): Region {
  if (footprint !== null && footprint.length > 0) return footprint;
  throw new ShardMapError("SHARDMAP_FOOTPRINT", {
    what: `granule ${record.id} has no footprint`,
    why: "it is by their footprints that granules of a catalog are assigned to shards",
    mend: "query the catalog again, or build from the files themselves with --granules",
    details: { id: record.id },
  });
}
