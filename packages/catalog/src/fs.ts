/** Catalogs in files. */
export type { OpenOptions } from "./fs/open-catalog.js";

export { openCatalog } from "./fs/open-catalog.js";
export { writeCatalog } from "./fs/write-catalog.js";
