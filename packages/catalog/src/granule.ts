/** What a shard map build takes of an item: where its files are, when, and over which ground. */
import { CatalogError, errorToJson, isCodedError, type CodedErrorJson, type Region } from "@zagg/core";
import { regionFromBbox, regionFromGeoJson } from "@zagg/sphere";
import { dataNameOf, isObject, possibleDataNames, recordKey, type DataAssetName } from "./assets.js";
import type { CatalogItem } from "./item.js";
import type { CatalogProblem } from "./problem.js";
import { noArea } from "./wkb-read.js";

/** Deeper collections are refused as no GeoJSON. */
const MAX_DEPTH = 16;

/** One granule of a shard map. */
export interface CatalogRecord {
  readonly [key: string]: string | number | null | undefined;
  readonly id: string;
  readonly s3: string | null;
  readonly https: string | null;
  /** Path or file URL; a relative path starts at the catalog's folder. Hrefs of other schemes stand under their schemes. */
  readonly file?: string;
  readonly time_start?: string;
  readonly time_end?: string;
  readonly updated?: string;
  readonly bytes?: number;
}

/** A granule to be placed, or why it cannot be. */
export interface CatalogGranule {
  readonly record: CatalogRecord;
  readonly footprint: Region | null;
  readonly problem?: CodedErrorJson;
}

/** What a record is made of. */
export interface RecordParts {
  readonly id: string;
  readonly hrefs: Readonly<Partial<Record<DataAssetName, string | null>>>;
  readonly start: string | null;
  readonly end: string | null;
  readonly updated: string | null;
  readonly bytes: number | null;
}

/** The granule of an item. An item without a footprint or without a data file comes with its problem instead. */
export function granuleOf(item: CatalogItem): CatalogGranule {
  const hrefs: Partial<Record<DataAssetName, string>> = {};
  for (const name of possibleDataNames(Object.keys(item.assets))) {
    const href = item.assets[name]?.href;
    const known = href === undefined ? undefined : dataNameOf(name, href);
    if (href !== undefined && known !== undefined) hrefs[known] ??= href;
  }
  return granuleOfParts({ ...item, hrefs }, () => footprintOf(item));
}

/**
 * The ground that an item covers: its geometry, or its bounding box when it has none.
 * @throws CatalogError `CATALOG_NO_AREA`
 * @throws GeometryError when the geometry, or else the bounding box, is malformed
 */
export function footprintOf({ id, geometry, bbox }: Pick<CatalogItem, "id" | "geometry" | "bbox">): Region {
  if (geometry === null && bbox !== null) return regionFromBbox(bbox);
  if (geometry === null) throw noArea(`granule ${id} has no geometry`);
  const line = withoutArea(geometry);
  if (line !== undefined) throw noArea(`the geometry of granule ${id} has a ${line}`);
  try {
    return regionFromGeoJson(geometry);
  } catch (error) {
    if (isCodedError(error, "REGION_EMPTY")) throw noArea(`the geometry of granule ${id} is empty`);
    throw error;
  }
}

/** The type of the first point or line in a geometry. */
function withoutArea(geometry: unknown, depth = 0): string | undefined {
  if (!isObject(geometry) || depth > MAX_DEPTH) return undefined;
  const { type, geometries } = geometry;
  if (type === "GeometryCollection" && Array.isArray(geometries)) {
    for (const member of geometries) {
      const found = withoutArea(member, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return typeof type === "string" && /^(Multi)?(Point|LineString)$/.test(type) ? type : undefined;
}

/** @param outline throws a coded error when there is none */
export function granuleOfParts(parts: RecordParts, outline: () => Region): CatalogGranule {
  const record = recordOf(parts);
  try {
    if (Object.values(parts.hrefs).every((href) => (href ?? null) === null)) throw noData(record.id);
    return { record, footprint: outline() };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return { record, footprint: null, problem: errorToJson(error) };
  }
}

/** An entry that is no item, as the granule that a build counts and names. */
export function granuleOfProblem({ id, error }: CatalogProblem): CatalogGranule {
  return { record: { id, s3: null, https: null }, footprint: null, problem: error };
}

function recordOf({ id, hrefs, start, end, updated, bytes }: RecordParts): CatalogRecord {
  const { data = null, data_s3: s3 = null, data_file: file = null, ...others } = hrefs;
  const further = Object.entries(others).map(([name, href]) => [recordKey(name as DataAssetName), href]);
  return {
    id,
    s3,
    https: data,
    ...(file === null ? {} : { file }),
    ...Object.fromEntries(further),
    ...(start === null ? {} : { time_start: start }),
    ...(end === null ? {} : { time_end: end }),
    ...(updated === null ? {} : { updated }),
    ...(bytes === null ? {} : { bytes }),
  };
}

function noData(id: string): CatalogError {
  return new CatalogError("CATALOG_NO_DATA", {
    what: `granule ${id} has no data file`,
    why: "none of its assets has the role data and an href such as https, s3 or a file",
    mend: "query the catalog again, with the collection that holds the data",
    details: { id },
  });
}
