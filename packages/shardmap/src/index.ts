export type { GranuleRecord, ShardMap, ShardMapParts } from "./map/shard-map.js";
export type { ParseOptions } from "./map/parse.js";
export type {
  CheckOptions,
  GuardedGrid,
  ShardMapCheck,
  SignatureDifference,
  SignedMap,
} from "./guard/check.js";
export type { Bounds } from "./bounds/config-bounds.js";
export type { BuildProvenance, BuildReport, PointCounts, ShardMapBuild } from "./build/build.js";
export type {
  BuildShardMapInput,
  FootprintProgress,
  GranuleFootprint,
  GranuleFootprints,
} from "./build/build-footprints.js";
export type { CoveredFootprints, Covering, CoveringContext, CoveringSession } from "./build/covering.js";
export type { BuildFromPointsInput, BuildProgress, PointFile } from "./build/build-points.js";
export type { ProductRule } from "@zagg/core/internal";
export type { GranuleHref, HrefOptions } from "./granule/href.js";
export type { ShardCount, ShardMapDescription } from "./map/describe.js";

export type { GranuleVersions } from "./granule/granule-id.js";
export type { StatedTime, TimeInterval } from "./granule/granule-time.js";
export type { JsonSource } from "./json/json-bytes.js";
export type { ShardDifference, ShardMapDiff, SpatialDifference } from "./derive/diff.js";
export type { Exactness, RekeyInput, RekeyReport } from "./derive/rekey.js";
export type { Refinement } from "./derive/rekey-refine.js";
export type { MergeReport, NamedShardMap } from "./derive/merge.js";
export type { SubsetInput, SubsetReport } from "./derive/subset.js";

export { boundShardMap } from "./bounds/bound-shard-map.js";
export { configBounds } from "./bounds/config-bounds.js";
export { createShardMap } from "./map/shard-map.js";
export { parseShardMap } from "./map/parse.js";
export { serializeShardMap, serializeShardMapChunks } from "./map/serialize.js";
export { assertShardMapFits, checkShardMap } from "./guard/check.js";
export { explainCheck } from "./guard/explain.js";
export { buildShardMap } from "./build/build-footprints.js";
export { buildShardMapFromPoints } from "./build/build-points.js";
export { icesat2 } from "@zagg/core/internal";
export { granuleHref, granuleHrefs, relativeHref } from "./granule/href.js";
export { describeShardMap } from "./map/describe.js";
export { diffShardMaps } from "./derive/diff.js";
export { gridOfMap } from "./guard/grid-of-map.js";
export { rekeyShardMap } from "./derive/rekey.js";
export { mergeShardMaps } from "./derive/merge.js";
export { subsetShardMap } from "./derive/subset.js";
export { shardMapGeoJson } from "./derive/geojson.js";
export { shardMapSchema } from "./map/schema.js";
export { codes } from "./codes.js";
