/** What every way of building a shard map has in common: the map and the report, from granules already placed. */
import {
  ShardMapError,
  type GridPlugin,
  type Json,
  type JsonObject,
  type SkippedGranule,
  type Warning,
} from "@zagg/core";
import type { TimeInterval } from "../granule/granule-time.js";
import { createShardMap, type GranuleRecord, type ShardMap } from "../map/shard-map.js";

/** Granules that a map names for each code they were skipped with. */
const FIRST_IDS = 10;

/** Points of local granules, counted. */
export interface PointCounts {
  readonly read: number;
  /** A coordinate that is not finite or is missing, or a latitude outside ±90. */
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
  /** Granules without data in the time; 0 without a time. */
  readonly granulesOutsideTime: number;
  /** Granules that were kept although nothing says when their data were taken; 0 without a time. */
  readonly granulesWithoutTime: number;
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
  /** About the coordinates of granules, each once. */
  readonly warnings: readonly Warning[];
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
  readonly outsideTime: number;
  readonly withoutTime: number;
  readonly skipped: readonly SkippedGranule[];
  readonly points: PointCounts | null;
  readonly groupsMissing: number | null;
  readonly warnings: readonly Warning[];
}

/** How a build is recorded. */
export interface BuildProvenance {
  /** Version of the application that builds. */
  readonly version?: string | undefined;
  /** Leaves `build_wall_s` out, so that the same input gives the same bytes. */
  readonly reproducible?: boolean | undefined;
}

/** What a build ends with. */
export interface FinishedBuild extends BuildProvenance {
  readonly placed: Placed;
  readonly grid: GridPlugin;
  /** What the catalog says of itself. */
  readonly metadata: JsonObject;
  /** See `regionRecord`; null when shards of the whole grid were wanted. */
  readonly region: JsonObject | null;
  /** What the granules were limited to. */
  readonly time?: TimeInterval | undefined;
  readonly wallMs: number;
}

/** Assembles the map; it stores the spatial signature of the grid, never the output fields. */
export function finishBuild(build: FinishedBuild): ShardMapBuild {
  const { placed, grid, metadata, wallMs, reproducible = false } = build;
  const { shardKeys, granules, considered, assigned, outsideTime, skipped, points, groupsMissing, warnings } =
    placed;
  const outside = considered - assigned - outsideTime - skipped.length;
  if (shardKeys.length === 0) throw nothingPlaced(placed, outside);
  const report: BuildReport = {
    granulesConsidered: considered,
    granulesAssigned: assigned,
    granulesOutside: outside,
    granulesOutsideTime: outsideTime,
    granulesWithoutTime: placed.withoutTime,
    skipped,
    shards: shardKeys.length,
    pairs: granules.reduce((sum, list) => sum + list.length, 0),
    wallSeconds: Math.round(wallMs) / 1000,
    points,
    groupsMissing,
    warnings,
  };
  const map = createShardMap({
    metadata: {
      ...metadata,
      backend: "zagg",
      total_granules: considered,
      total_shards: report.shards,
      total_pairs: report.pairs,
      ...(reproducible ? {} : { build_wall_s: report.wallSeconds }),
      zagg_build: details(build, outside),
    },
    gridSignature: grid.spatialSignature(),
    shardKeys,
    granules,
  });
  return { map, report };
}

function details({ placed, grid, version, region, time }: FinishedBuild, outside: number): JsonObject {
  const { points, groupsMissing } = placed;
  const { latitude } = grid.spatialSignature();
  return {
    ...(version === undefined ? {} : { version }),
    method: placed.method,
    ...(latitude === undefined ? {} : { latitude }),
    ...(region === null ? {} : { region }),
    ...(time === undefined ? {} : { time: { start: isoText(time.startMs), end: isoText(time.endMs) } }),
    granules_assigned: placed.assigned,
    granules_outside: outside,
    ...(time === undefined ? {} : { granules_outside_time: placed.outsideTime }),
    granules_skipped: skippedCodes(placed.skipped),
    ...(points === null
      ? {}
      : { points: { read: points.read, invalid: points.invalid, outside_grid: points.outsideGrid } }),
    ...(groupsMissing === null ? {} : { groups_missing: groupsMissing }),
  };
}

/** Null for no limit. */
function isoText(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}

/** Codes of skipped granules, sorted, with how many granules have each and the first of them. */
function skippedCodes(skipped: readonly SkippedGranule[]): readonly Json[] {
  const idsOf = new Map<string, { count: number; first: string[] }>();
  for (const { id, error } of skipped) {
    const known = idsOf.get(error.code) ?? { count: 0, first: [] };
    idsOf.set(error.code, known);
    if (known.count++ < FIRST_IDS) known.first.push(id);
  }
  return [...idsOf.keys()].sort().map((code) => {
    const { count, first } = idsOf.get(code)!;
    return { code, count, first_ids: first };
  });
}

function nothingPlaced({ method, considered, outsideTime, skipped }: Placed, outside: number): ShardMapError {
  const reasons = skipped.slice(0, 3).map(({ id, error }) => `${id}: ${error.what} (${error.code})`);
  const more = skipped.length > 3 ? [`and ${skipped.length - 3} more`] : [];
  return new ShardMapError("SHARDMAP_EMPTY", {
    what: `no shard got a granule: ${considered} considered, ${skipped.length} skipped, ${outside} outside${outsideTime === 0 ? "" : `, ${outsideTime} at another time`}`,
    why:
      skipped.length === 0
        ? `a shard map without shards cannot be run; no granule ${outsideTime === 0 ? "" : "of the time "}touches both the grid and the region`
        : `a shard map without shards cannot be run; ${[...reasons, ...more].join("; ")}`,
    mend:
      outside + outsideTime > 0
        ? "check the region, the time and the grid's extent against where and when the granules are"
        : method === "points"
          ? "give granules of the product that data_source describes"
          : "give a catalog whose granules have an id, an area and a data file",
    details: { considered, outside, outsideTime, skipped: skippedCodes(skipped) },
  });
}
