export type { GranuleRecord, ShardMap, ShardMapParts } from "./shard-map.js";
export type { ParseOptions } from "./parse.js";
export type { CheckOptions, GuardedGrid, ShardMapCheck, SignatureDifference, SignedMap } from "./check.js";
export type { BuildProvenance, BuildReport, PointCounts, ShardMapBuild } from "./build.js";
export type {
  BuildShardMapInput,
  FootprintProgress,
  GranuleFootprint,
  GranuleFootprints,
} from "./build-footprints.js";
export type { CoveredFootprints, Covering, CoveringContext, CoveringSession } from "./cover/covering.js";
export type { BuildFromPointsInput, BuildProgress, PointFile } from "./build-points.js";
export type { HrefKind, HrefOptions } from "./href.js";
export type { ShardCount, ShardMapDescription } from "./describe.js";

export { createShardMap } from "./shard-map.js";
export { parseShardMap } from "./parse.js";
export { serializeShardMap, serializeShardMapChunks } from "./serialize.js";
export { assertShardMapFits, checkShardMap } from "./check.js";
export { explainCheck } from "./explain.js";
export { buildShardMap } from "./build-footprints.js";
export { buildShardMapFromPoints } from "./build-points.js";
export { granuleHref, relativeHref } from "./href.js";
export { describeShardMap } from "./describe.js";
export { codes } from "./codes.js";
