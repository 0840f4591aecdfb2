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

export type { GranuleVersions } from "./granule-id.js";
export type { StatedTime, TimeInterval } from "./granule-time.js";
export type { JsonSource } from "./json-bytes.js";
export type { ShardDifference, ShardMapDiff, SpatialDifference } from "./diff.js";
export type { Exactness, RekeyInput, RekeyReport } from "./rekey.js";
export type { Refinement } from "./rekey-refine.js";
export type { MergeReport, NamedShardMap } from "./merge.js";
export type { SubsetInput, SubsetReport } from "./subset.js";

export { createShardMap } from "./shard-map.js";
export { parseShardMap } from "./parse.js";
export { serializeShardMap, serializeShardMapChunks } from "./serialize.js";
export { assertShardMapFits, checkShardMap } from "./check.js";
export { explainCheck } from "./explain.js";
export { buildShardMap } from "./build-footprints.js";
export { buildShardMapFromPoints } from "./build-points.js";
export { granuleHref, relativeHref } from "./href.js";
export { describeShardMap } from "./describe.js";
export { diffShardMaps } from "./diff.js";
export { gridOfMap } from "./grid-of-map.js";
export { rekeyShardMap } from "./rekey.js";
export { mergeShardMaps } from "./merge.js";
export { subsetShardMap } from "./subset.js";
export { shardMapGeoJson } from "./geojson.js";
export { shardMapSchema } from "./schema.js";
export { codes } from "./codes.js";
