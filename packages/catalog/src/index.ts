export type { CatalogItem, CatalogMetadata, ItemAsset } from "./item.js";

export { codes } from "./codes.js";
