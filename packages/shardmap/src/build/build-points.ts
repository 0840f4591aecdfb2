/** Builds a shard map from local granules, exactly: by assigning every point they hold. */
import {
  ShardMapError,
  assertDatasetColumn,
  datasetPlace,
  errorToJson,
  isCodedError,
  openGranule,
  readRequest,
  type DataSourceConfig,
  type DatasetInfo,
  type DatasetPlace,
  type Granule,
  type GranuleReader,
  type GridPlugin,
  type JsonObject,
  type Region,
  type Registry,
  type SkippedGranule,
  type Warning,
} from "@zagg/core";
import {
  countInvalid,
  coordinateNotes,
  degreesOf,
  type DecodingPolicy,
  type Degrees,
} from "@zagg/core/internal";
import { shardFilter } from "../bounds/shard-filter.js";
import { finishBuild, type BuildProvenance, type PointCounts, type ShardMapBuild } from "./build.js";
import { assertGoingOn } from "./interruption.js";
import { createKeySet } from "./key-set.js";
import { regionRecord } from "./region-record.js";
import { inTime, type TimeInterval } from "../granule/granule-time.js";
import type { GranuleRecord } from "../map/shard-map.js";

/** Points assigned at once: 24 MB of coordinates and keys. */
const BLOCK_ROWS = 2 ** 20;

/** A granule to read. */
export interface PointFile {
  readonly id: string;
  /** What a source opens. */
  readonly href: string;
  /** What the map says, see `relativeHref`. */
  readonly recordHref: string;
}

/** Told after each granule. */
export interface BuildProgress {
  readonly done: number;
  readonly total: number;
  /** The granule just done with. */
  readonly id: string;
  readonly skipped: number;
}

export interface BuildFromPointsInput extends BuildProvenance {
  readonly grid: GridPlugin;
  /** A registry, which knows what opens the hrefs of files. */
  readonly sources: Pick<Registry, "source">;
  readonly reader: GranuleReader;
  /** Which groups and coordinates to read; filters and variables do not matter here. */
  readonly dataSource: Pick<DataSourceConfig, "groups" | "coordinates"> & DecodingPolicy;
  readonly files: readonly PointFile[];
  /** Keeps only the shards that it touches. */
  readonly region?: Region | undefined;
  /** Keeps only granules with data in it, and those whose names do not say when they were taken; the others are not read. */
  readonly time?: TimeInterval | undefined;
  readonly metadata?: JsonObject;
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined;
  /** Ends the build between granules. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of a steady clock. */
  readonly now?: () => number;
}

interface GranulePoints {
  readonly shardKeys: BigUint64Array;
  readonly counts: PointCounts;
  readonly groupsMissing: number;
}

const UNREAD: GranulePoints = {
  shardKeys: new BigUint64Array(0),
  counts: { read: 0, invalid: 0, outsideGrid: 0 },
  groupsMissing: 0,
};

/**
 * Lists, for each shard, the granules that have a point in it, in the order of `files`. Points count whatever the
 * config filters or aggregates. A granule that cannot be read to its end, or that has the coordinates in no group, is
 * skipped and named. Coordinates are decoded, and a missing one is no place, as in a run. The same input gives the same map but for `build_wall_s`.
 * @throws ShardMapError `SHARDMAP_EMPTY`, `SHARDMAP_INTERRUPTED`
 */
export async function buildShardMapFromPoints(input: BuildFromPointsInput): Promise<ShardMapBuild> {
  const {
    grid,
    files,
    region,
    time,
    metadata = {},
    onProgress,
    signal,
    now = () => performance.now(),
  } = input;
  const startMs = now();
  const wanted = region && shardFilter(grid, region);
  const shards = new Map<bigint, GranuleRecord[]>();
  const skipped: SkippedGranule[] = [];
  const warnings = new Map<string, Warning>();
  const warn = (warning: Warning): void => void warnings.set(JSON.stringify(warning), warning);
  const counts = { read: 0, invalid: 0, outsideGrid: 0 };
  let assigned = 0;
  let [outsideTime, withoutTime] = [0, 0];
  let groupsMissing = 0;
  for (const [index, { id, href, recordHref }] of files.entries()) {
    assertGoingOn(signal, index);
    const record: GranuleRecord = { id, s3: null, https: null, file: recordHref };
    const when = time === undefined ? "inside" : inTime(record, time);
    if (when === "outside") outsideTime++;
    if (when === "undated") withoutTime++;
    try {
      const points = when === "outside" ? UNREAD : await readGranule(input, href, warn);
      const keys = wanted === undefined ? points.shardKeys : wanted(points.shardKeys);
      for (const key of keys) {
        const list = shards.get(key);
        if (list === undefined) shards.set(key, [record]);
        else list.push(record);
      }
      if (keys.length > 0) assigned++;
      groupsMissing += points.groupsMissing;
      counts.read += points.counts.read;
      counts.invalid += points.counts.invalid;
      counts.outsideGrid += points.counts.outsideGrid;
    } catch (error) {
      if (!isCodedError(error)) throw error;
      skipped.push({ id, href, error: errorToJson(error) });
    }
    onProgress?.({ done: index + 1, total: files.length, id, skipped: skipped.length });
  }
  const shardKeys = BigUint64Array.from(shards.keys()).sort();
  const placed = {
    method: "points",
    shardKeys,
    granules: Array.from(shardKeys, (key) => shards.get(key)!),
    considered: files.length,
    assigned,
    outsideTime,
    withoutTime,
    skipped,
    points: counts,
    groupsMissing,
    warnings: [...warnings.values()],
  } as const;
  const recorded = region === undefined ? null : await regionRecord(region);
  const { version, reproducible } = input;
  return finishBuild({
    placed,
    grid,
    metadata,
    region: recorded,
    time,
    wallMs: now() - startMs,
    version,
    reproducible,
  });
}

async function readGranule(
  input: BuildFromPointsInput,
  href: string,
  warn: (warning: Warning) => void,
): Promise<GranulePoints> {
  const { grid, sources, reader, dataSource, signal } = input;
  const { latitude, longitude } = dataSource.coordinates;
  const granule = await openGranule(sources, reader, href, signal);
  try {
    const keys = createKeySet();
    const counts = { read: 0, invalid: 0, outsideGrid: 0 };
    let groupsMissing = 0;
    for (const group of dataSource.groups) {
      const [latAt, lonAt] = [datasetPlace(latitude, group), datasetPlace(longitude, group)];
      const rows = await coordinateRows(granule, dataSource, latAt, lonAt);
      if (rows === null) groupsMissing++;
      else {
        const named = [datasetPlace(latitude).path, datasetPlace(longitude).path];
        for (const [i, info] of [rows.lat, rows.lon].entries()) {
          coordinateNotes(named[i]!, info, dataSource).forEach(warn);
        }
      }
      for (let start = 0; rows !== null && start < rows.count; start += rows.block) {
        const range = { start, stop: Math.min(start + rows.block, rows.count) };
        const [lon, lat] = await granule.readMany([readRequest(lonAt, range), readRequest(latAt, range)]);
        const lonDeg = rows.lonDegrees(lon!);
        const latDeg = rows.latDegrees(lat!);
        const out = new BigUint64Array(lonDeg.length);
        grid.shardsOf(lonDeg, latDeg, out);
        const invalid = countInvalid(lonDeg, latDeg);
        counts.read += out.length;
        counts.invalid += invalid;
        counts.outsideGrid += keys.addAll(out) - invalid;
      }
    }
    if (groupsMissing === dataSource.groups.length) throw wrongProduct(href, dataSource);
    return { shardKeys: keys.sorted(), counts, groupsMissing };
  } finally {
    await granule.close();
  }
}

interface CoordinateRows {
  readonly count: number;
  /** How many to read at once: whole chunks. */
  readonly block: number;
  readonly lat: DatasetInfo;
  readonly lon: DatasetInfo;
  readonly latDegrees: Degrees;
  readonly lonDegrees: Degrees;
}

/** Rows of a group's coordinates; null when it lacks a column. @throws ConfigError `DATASET_COLUMN`; ReaderError `DATASET_ENCODING` */
async function coordinateRows(
  granule: Granule,
  policy: DecodingPolicy,
  latAt: DatasetPlace,
  lonAt: DatasetPlace,
): Promise<CoordinateRows | null> {
  const [lat, lon] = await granule.describeMany([latAt.path, lonAt.path]);
  if (!lat || !lon) return null;
  assertDatasetColumn(latAt, lat);
  assertDatasetColumn(lonAt, lon);
  if (lat.shape[0] !== lon.shape[0]) return null;
  const chunkRows = lat.chunkRows ?? 1;
  return {
    count: lat.shape[0]!,
    block: Math.max(1, Math.floor(BLOCK_ROWS / chunkRows)) * chunkRows,
    lat,
    lon,
    latDegrees: degreesOf(latAt.path, lat, policy),
    lonDegrees: degreesOf(lonAt.path, lon, policy),
  };
}

function wrongProduct(href: string, dataSource: BuildFromPointsInput["dataSource"]): ShardMapError {
  const { groups, coordinates } = dataSource;
  const [latitude, longitude] = [datasetPlace(coordinates.latitude), datasetPlace(coordinates.longitude)];
  return new ShardMapError("SHARDMAP_WRONG_PRODUCT", {
    path: href,
    what: `${href} has ${latitude.path} and ${longitude.path} in none of the groups ${groups.join(", ")}`,
    why: "its points are known by these datasets, each a column, both of one length; it may be another product",
    mend: "give granules of the product that data_source describes, or correct data_source.groups and coordinates",
    details: { href, groups: [...groups] },
  });
}
