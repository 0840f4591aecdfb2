export type { AssetOptions } from "./assets.js";
export type { CatalogGranule, CatalogRecord } from "./granule.js";
export type { CatalogItem, CatalogMetadata, ItemAsset } from "./item.js";
export type { Catalog, ReadOptions } from "./catalog.js";
export type { ParquetBytes } from "./parquet/failure.js";
export type { EncodeOptions } from "./parquet/write.js";
export type { GroundTrack, OrbitParameters, OrbitPass } from "./umm/orbit.js";
export type { UmmOptions } from "./umm/umm.js";
export type { TrackOutline } from "./outline.js";
export type { CatalogProblem, ItemsAndProblems } from "./problem.js";

export type { HttpOptions, Retry } from "@zagg/http";
export type { CatalogQuery, CatalogQueryOptions, QuerySource } from "./search/query.js";
export type { SearchOptions, SearchProgress, SearchResult } from "./search/search.js";
export type { GranuleRevision, Superseded } from "./revisions.js";
export type { CatalogChanges, Reprocessed } from "./sync.js";

export { searchCatalog } from "./search/search.js";
export {
  createCatalogQuery,
  describeQuery,
  publicUrls,
  queryFromMetadata,
  queryMetadata,
} from "./search/query.js";
export { cycleDates } from "./search/cycle.js";
export { granuleRevision, latestRevisions } from "./revisions.js";
export { catalogChanges } from "./sync.js";
export { footprintOf, granuleOf } from "./granule.js";
export { createTrackOutline } from "./outline.js";
export { parseJsonCatalog } from "./json-catalog.js";
export { openParquetCatalog } from "./parquet/open.js";
export { encodeParquetCatalog } from "./parquet/write.js";
export { itemFromStac, itemsFromStac } from "./stac.js";
export { groundTrack, icesat2Orbit } from "./umm/orbit.js";
export { swathRings } from "./umm/swath.js";
export { itemsFromUmm } from "./umm/umm.js";
export { utcTime } from "./time.js";
export { geoJsonFromWkb, regionFromWkb } from "./wkb-read.js";
export { wkbFromGeoJson } from "./wkb-write.js";
export { codes } from "./codes.js";
