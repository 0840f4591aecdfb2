/** Catalogs in files. */
export type { CatalogItem } from "./item.js";
