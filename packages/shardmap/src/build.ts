/** What every way of building a shard map has in common: the map and the report, from granules already placed. */
import { ShardMapError, type GridPlugin, type Json, type JsonObject, type SkippedGranule } from "@zagg/core";
import { createShardMap, type GranuleRecord, type ShardMap } from "./shard-map.js";

/** Points of local granules, counted. */
export interface PointCounts {
  readonly read: number;
  /** A coordinate that is not finite or is its dataset's `_FillValue`, or a latitude outside ±90. */
  readonly invalid: number;
  /** Valid, but not on the grid. */
  readonly outsideGrid: number;
}

export interface BuildReport {
  /** Granules that were offered, the skipped ones included. */
  readonly granulesConsidered: number;
  /** Granules that some shard lists. */
  readonly granulesAssigned: number;
  /** Granules that touch no shard of the grid and region. */
  readonly granulesOutside: number;
  /** Granules that could not be placed, and why. */
  readonly skipped: readonly SkippedGranule[];
  readonly shards: number;
  /** Granules summed over shards. */
  readonly pairs: number;
  readonly wallSeconds: number;
  /** Only of a build from points. */
  readonly points: PointCounts | null;
  /** Groups that granules lack, or have without usable coordinates; only of a build from points. */
  readonly groupsMissing: number | null;
}

/** A shard map and how its building went. */
export interface ShardMapBuild {
  readonly map: ShardMap;
  readonly report: BuildReport;
}

/** Granules placed on shards. */
export interface Placed {
  readonly method: "footprints" | "points";
  /** Shards with granules, ascending. */
  readonly shardKeys: BigUint64Array;
  readonly granules: readonly (readonly GranuleRecord[])[];
  readonly considered: number;
  readonly assigned: number;
  readonly skipped: readonly SkippedGranule[];
  readonly points: PointCounts | null;
  readonly groupsMissing: number | null;
}

/** Assembles the map; it stores the spatial signature of the grid, never the output fields. */
export function finishBuild(
  placed: Placed,
  grid: GridPlugin,
  metadata: JsonObject,
  wallMs: number,
): ShardMapBuild {
  const { shardKeys, granules, considered, assigned, skipped, points, groupsMissing } = placed;
  const outside = considered - assigned - skipped.length;
  if (shardKeys.length === 0) throw nothingPlaced(considered, outside, skipped);
  const report: BuildReport = {
    granulesConsidered: considered,
    granulesAssigned: assigned,
    granulesOutside: outside,
    skipped,
    shards: shardKeys.length,
    pairs: granules.reduce((sum, list) => sum + list.length, 0),
    wallSeconds: Math.round(wallMs) / 1000,
    points,
    groupsMissing,
  };
  const map = createShardMap({
    metadata: {
      ...metadata,
      backend: "zagg",
      total_granules: considered,
      total_shards: report.shards,
      total_pairs: report.pairs,
      build_wall_s: report.wallSeconds,
      zagg_build: details(placed, outside),
    },
    gridSignature: grid.spatialSignature(),
    shardKeys,
    granules,
  });
  return { map, report };
}

function details(placed: Placed, outside: number): JsonObject {
  const { points, groupsMissing } = placed;
  return {
    method: placed.method,
    granules_assigned: placed.assigned,
    granules_outside: outside,
    granules_skipped: skippedCodes(placed.skipped),
    ...(points === null
      ? {}
      : { points: { read: points.read, invalid: points.invalid, outside_grid: points.outsideGrid } }),
    ...(groupsMissing === null ? {} : { groups_missing: groupsMissing }),
  };
}

function skippedCodes(skipped: readonly SkippedGranule[]): readonly Json[] {
  return skipped.map(({ id, error }) => ({ id, code: error.code }));
}

function nothingPlaced(
  considered: number,
  outside: number,
  skipped: readonly SkippedGranule[],
): ShardMapError {
  const reasons = skipped.slice(0, 3).map(({ id, error }) => `${id}: ${error.what} (${error.code})`);
  const more = skipped.length > 3 ? [`and ${skipped.length - 3} more`] : [];
  return new ShardMapError("SHARDMAP_EMPTY", {
    what: `no shard got a granule: ${considered} considered, ${skipped.length} skipped, ${outside} outside`,
    why:
      skipped.length === 0
        ? "a shard map without shards cannot be run; no granule touches both the grid and the region"
        : `a shard map without shards cannot be run; ${[...reasons, ...more].join("; ")}`,
    mend:
      outside > 0
        ? "check the region and the grid's extent against where the granules are"
        : "give granules of the product that data_source describes",
    details: { considered, outside, skipped: skippedCodes(skipped) },
  });
}
