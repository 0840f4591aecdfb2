/** Builds a shard map from granules of which the outline is known. */
import {
  ShardMapError,
  errorToJson,
  type CodedErrorJson,
  type GridPlugin,
  type JsonObject,
  type Region,
  type SkippedGranule,
} from "@zagg/core";
import { assertGoingOn } from "./interruption.js";
import { finishBuild, type BuildProvenance, type ShardMapBuild } from "./build.js";
import { inBatches, inOrder } from "./batches.js";
import { inlineCovering, type CoveredFootprints, type Covering } from "./covering.js";
import { addPairs, createPairs, listPairs } from "./pairs.js";
import { regionRecord } from "./region-record.js";
import { inTime, type TimeInterval } from "../granule/granule-time.js";
import { granuleHrefs } from "../granule/href.js";
import type { GranuleRecord } from "../map/shard-map.js";

/** Granules that are covered, and told of, at once. */
const BATCH_GRANULES = 1024;

/** Timers and signals get their turn this often. */
const BREATH_MS = 100;

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

/** Told after each batch. */
export interface FootprintProgress {
  readonly done: number;
  readonly skipped: number;
}

export interface BuildShardMapInput extends BuildProvenance {
  readonly grid: GridPlugin;
  readonly granules: GranuleFootprints;
  /** Where shards are wanted. */
  readonly region: Region;
  /** Keeps only granules with data in it, and those that do not say when they were taken. */
  readonly time?: TimeInterval | undefined;
  /** What the catalog says of itself; the build's own keys follow it. */
  readonly metadata?: JsonObject;
  /** Where footprints are covered: in this thread, unless it is the `threadedCovering` of `@zagg/shardmap/threads`. */
  readonly covering?: Covering;
  readonly onProgress?: ((progress: FootprintProgress) => void) | undefined;
  /** Ends the build between batches. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of a steady clock. */
  readonly now?: () => number;
}

/**
 * Lists, for each shard that the region touches, the granules whose footprint touches it, in the order they came.
 * Shards without granules are left out. A granule whose footprint is missing or malformed is skipped and named, and so is
 * each further entry of a granule, whose shards are those of all its entries. The
 * same input gives the same map but for `build_wall_s`, however it is covered. Takes four bytes per pair, and the records
 * of granules that touch a shard; footprints are let go of batch by batch.
 * @throws ShardMapError `SHARDMAP_EMPTY`, `SHARDMAP_INTERRUPTED`, `SHARDMAP_WORKER`
 * @throws GeometryError when the region itself is malformed
 */
export async function buildShardMap(input: BuildShardMapInput): Promise<ShardMapBuild> {
  const {
    grid,
    granules,
    region,
    time,
    metadata = {},
    onProgress,
    signal,
    now = () => performance.now(),
  } = input;
  const startMs = now();
  const coverer = grid.coverer(region);
  const session = (input.covering ?? inlineCovering).open({ coverer, region, signal });
  const pairs = createPairs(coverer.shardKeys.length);
  const skipped: SkippedGranule[] = [];
  let considered = 0;
  let [outsideTime, withoutTime] = [0, 0];
  const breathe = createBreath();
  try {
    const batches = inBatches(granules, BATCH_GRANULES);
    const placeable = async (batch: readonly GranuleFootprint[]): Promise<CoveredBatch & TimedCounts> => {
      assertGoingOn(signal, considered);
      const timed = inTimeOf(batch, time);
      const counts = {
        granules: batch.length,
        outside: batch.length - timed.granules.length,
        undated: timed.undated,
      };
      return { ...(await coverBatch(timed.granules, (footprints) => session.cover(footprints))), ...counts };
    };
    for await (const { granules: count, outside, undated, records, covered, left } of inOrder(
      batches,
      session.concurrency,
      placeable,
    )) {
      for (const one of left) skipped.push(one);
      for (const record of addPairs(pairs, records, covered)) {
        skipped.push(leftOut(record, errorToJson(repeatedGranule(record))));
      }
      considered += count;
      outsideTime += outside;
      withoutTime += undated;
      onProgress?.({ done: considered, skipped: skipped.length });
      await breathe();
      assertGoingOn(signal, considered);
    }
  } finally {
    await session.close();
  }
  const listed = listPairs(pairs);
  const placed = {
    method: "footprints",
    shardKeys: BigUint64Array.from(listed.shards, (shard) => coverer.shardKeys[shard]!),
    granules: listed.granules,
    considered,
    assigned: pairs.known.size,
    outsideTime,
    withoutTime,
    skipped,
    points: null,
    groupsMissing: null,
    warnings: [],
  } as const;
  const recorded = await regionRecord(region);
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

/** Granules of a batch as it came, and what its times say of them. */
interface TimedCounts {
  readonly granules: number;
  readonly outside: number;
  readonly undated: number;
}

/** The granules of a batch that have data in the time or do not say. */
function inTimeOf(
  batch: readonly GranuleFootprint[],
  time: TimeInterval | undefined,
): { readonly granules: readonly GranuleFootprint[]; readonly undated: number } {
  if (time === undefined) return { granules: batch, undated: 0 };
  let undated = 0;
  const granules = batch.filter(({ record }) => {
    const when = inTime(record, time);
    if (when === "undated") undated++;
    return when !== "outside";
  });
  return { granules, undated };
}

/** A batch whose footprints are covered. */
interface CoveredBatch {
  /** Of the granules that have a footprint. */
  readonly records: readonly GranuleRecord[];
  readonly covered: CoveredFootprints;
  /** Granules that were skipped, in the order they came. */
  readonly left: readonly SkippedGranule[];
}

async function coverBatch(
  batch: readonly GranuleFootprint[],
  cover: (footprints: readonly Region[]) => Promise<CoveredFootprints>,
): Promise<CoveredBatch> {
  const problems = batch.map(({ record, footprint, problem }) => {
    if (problem !== undefined) return problem;
    return footprint === null || footprint.length === 0 ? errorToJson(noFootprint(record)) : null;
  });
  const placeable = [...batch.keys()].filter((i) => problems[i] === null);
  const covered = await cover(placeable.map((i) => batch[i]!.footprint!));
  for (const { index, error } of covered.refused) problems[placeable[index]!] = error;
  const records = placeable.map((i) => batch[i]!.record);
  const left = batch.flatMap(({ record }, i): readonly SkippedGranule[] => {
    const error = problems[i];
    if (error === null || error === undefined) return [];
    return [leftOut(record, error)];
  });
  return { records, covered, left };
}

function leftOut(record: GranuleRecord, error: CodedErrorJson): SkippedGranule {
  return { id: record.id, href: granuleHrefs(record)[0]?.href ?? "", error };
}

/** Lets timers and signals have their turn when it is due. */
function createBreath(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}

function repeatedGranule({ id }: GranuleRecord): ShardMapError {
  return new ShardMapError("SHARDMAP_GRANULE_REPEATED", {
    what: `granule ${id} stands in the catalog more than once`,
    why: "a shard that lists a granule twice counts its points twice, so that its first entry stands for all, in the shards that any of them touches",
    mend: "if the entries differ, correct the catalog; else all is well",
    details: { id },
  });
}

function noFootprint({ id }: GranuleRecord): ShardMapError {
  return new ShardMapError("SHARDMAP_FOOTPRINT", {
    what: `granule ${id} has no footprint`,
    why: "it is by their footprints that granules of a catalog are assigned to shards",
    mend: "query the catalog again, or build from the files themselves with --granules",
    details: { id },
  });
}
