export type { AssetOptions } from "./assets.js";
export type { CatalogGranule, CatalogRecord } from "./granule.js";
export type { CatalogItem, CatalogMetadata, ItemAsset } from "./item.js";
export type { CatalogProblem, ItemsAndProblems } from "./problem.js";

export { footprintOf, granuleOf } from "./granule.js";
export { itemFromStac, itemsFromStac } from "./stac.js";
export { utcTime } from "./time.js";
export { geoJsonFromWkb, regionFromWkb } from "./wkb-read.js";
export { wkbFromGeoJson } from "./wkb-write.js";
export { codes } from "./codes.js";
