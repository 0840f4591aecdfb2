/** The `geo` metadata of GeoParquet 1.0 and 1.1: which column holds geometries, and in which form. */
import { CatalogError, type BoundingBox, type JsonObject } from "@zagg/core";
import { isObject } from "../assets.js";

const PLAIN_COLUMN = "geometry";

/**
 * The column with the geometries; `geometry` in a file that does not say.
 * @param geo text under the key `geo`
 * @throws CatalogError `CATALOG_PARQUET_GEO` unless they are WKB in longitude and latitude of WGS 84
 */
export function geometryColumn(geo: string | undefined): string {
  if (geo === undefined) return PLAIN_COLUMN;
  let value: unknown;
  try {
    value = JSON.parse(geo);
  } catch {
    throw unfit("its `geo` metadata are not JSON");
  }
  const columns = isObject(value) ? value["columns"] : undefined;
  if (!isObject(value) || !isObject(columns)) throw unfit("its `geo` metadata name no columns");
  const name = typeof value["primary_column"] === "string" ? value["primary_column"] : PLAIN_COLUMN;
  const column = columns[name];
  if (!isObject(column)) throw unfit(`its primary column ${name} is not described`);
  if (column["encoding"] !== "WKB")
    throw unfit(`its geometries are encoded as ${JSON.stringify(column["encoding"])}`);
  if (!isLonLat(column["crs"])) throw unfit(`its coordinate reference system is ${crsName(column["crs"])}`);
  return name;
}

/** Text for the key `geo`. */
export function geoMetadata(types: readonly string[], bbox: BoundingBox | null): string {
  const covering = Object.fromEntries(["xmin", "ymin", "xmax", "ymax"].map((side) => [side, ["bbox", side]]));
  const column = {
    encoding: "WKB",
    geometry_types: types,
    ...(bbox === null ? {} : { bbox }),
    covering: { bbox: covering },
  };
  return JSON.stringify({
    version: "1.1.0",
    primary_column: PLAIN_COLUMN,
    columns: { [PLAIN_COLUMN]: column },
  });
}

/** None given, or WGS 84 by its identifier or its name. */
function isLonLat(crs: unknown): boolean {
  if (crs === undefined || crs === null) return true;
  if (!isObject(crs)) return false;
  const { authority, code } = isObject(crs["id"]) ? crs["id"] : ({} as JsonObject);
  if (authority !== undefined)
    return /^(EPSG:(4326|4979)|OGC:CRS84h?)$/i.test(`${String(authority)}:${String(code)}`);
  return /^WGS ?84( \(CRS84\))?$/i.test(String(crs["name"]));
}

function crsName(crs: unknown): string {
  return isObject(crs) ? JSON.stringify(crs["id"] ?? crs["name"] ?? null) : JSON.stringify(crs);
}

function unfit(why: string): CatalogError {
  return new CatalogError("CATALOG_PARQUET_GEO", {
    what: "the geometries of the GeoParquet file cannot be read",
    why,
    mend: "write them as WKB in longitude and latitude (GeoParquet 1.1, OGC:CRS84)",
  });
}
