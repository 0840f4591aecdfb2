/** Catalogs in JSON: STAC items, or pages of UMM-JSON. */
import { CatalogError, type Json } from "@zagg/core";
import { shown } from "@zagg/core/internal";
import { catalogOfEntries, type Catalog } from "./catalog.js";
import { readStacEntries, stacEntries } from "./stac.js";
import { readUmmEntries, ummEntries, type UmmOptions } from "./umm/umm.js";
import { isObject } from "./assets.js";

/**
 * A catalog from JSON text: an ItemCollection, FeatureCollection, item, or list of items; or a page of UMM-JSON.
 * @throws CatalogError `CATALOG_FORMAT`
 */
export function parseJsonCatalog(text: string, options: UmmOptions = {}): Catalog {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const why = /^\s*</.test(text)
      ? "it is a web page or XML"
      : cause instanceof Error
        ? cause.message
        : String(cause);
    throw notCatalog(`it is not JSON: ${why}`, cause);
  }
  const umm = ummEntries(value);
  if (umm !== undefined) {
    return catalogOfEntries({ format: "umm-json", metadata: { source: "UMM-JSON" } }, umm, (entries, first) =>
      readUmmEntries(entries, options, first),
    );
  }
  const stac = stacEntries(value);
  if (stac === undefined)
    throw notCatalog(isObject(value) ? `its type is ${shown(value["type"])}` : `it is ${shown(value)}`);
  const bbox = isObject(value) ? (value["bbox"] as Json | undefined) : undefined;
  const metadata = { source: "STAC items", ...(bbox === undefined ? {} : { bbox }) };
  return catalogOfEntries({ format: "stac", metadata }, stac, (entries, first) =>
    readStacEntries(entries, options, first),
  );
}

export function notCatalog(why: string, cause?: unknown): CatalogError {
  return new CatalogError("CATALOG_FORMAT", {
    what: "the file is no catalog",
    why,
    mend: "give stac-geoparquet, a STAC item collection (GeoJSON features with id, geometry and assets), or UMM-JSON of CMR",
    ...(cause === undefined ? {} : { cause }),
  });
}
