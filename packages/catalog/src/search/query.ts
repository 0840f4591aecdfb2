/** What is asked of a catalog's search, checked; and how it is kept with the answer so that it can be asked again. */
import { ConfigError, type BoundingBox, type Json, type JsonObject, type Region } from "@zagg/core";
import { safeUrl } from "@zagg/http";
import { boxOfRegion, regionFromBbox, regionFromGeoJson } from "@zagg/sphere";
import { catalogUrl } from "./client.js";
import type { CatalogMetadata } from "../item.js";

/** CMR's STAC API, any STAC API's item search, or CMR's own search in UMM-JSON, which has orbits too. */
export const querySources = ["cmr-stac", "stac", "umm-json"] as const;
export type QuerySource = (typeof querySources)[number];

export interface CatalogQueryOptions {
  readonly source?: QuerySource | undefined;
  /** Where the API is, without the provider; the public one of the source when it has one. */
  readonly url?: string | undefined;
  /** Of CMR; default `NSIDC_CPRD`. */
  readonly provider?: string | undefined;
  /** Of CMR: product and version, such as `ATL06` and `007`. */
  readonly shortName?: string | undefined;
  readonly version?: string | undefined;
  /** Of a STAC API. */
  readonly collection?: string | undefined;
  /** First and last day, `YYYY-MM-DD`, both whole. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly bbox?: BoundingBox | undefined;
  /** GeoJSON with polygons; instead of a box. */
  readonly area?: unknown;
}

/** A query that can be sent. Made by {@link createCatalogQuery}. */
export interface CatalogQuery {
  readonly source: QuerySource;
  readonly url: string;
  readonly provider: string | null;
  readonly collection: string;
  readonly shortName: string | null;
  readonly version: string | null;
  readonly start: string | null;
  readonly end: string | null;
  /** As given, or around the area; null for the whole globe. */
  readonly bbox: BoundingBox | null;
  /** The polygons as one GeoJSON geometry. */
  readonly area: JsonObject | null;
  readonly region: Region | null;
}

/** Where the public APIs are. */
export const publicUrls: Readonly<Record<QuerySource, string | undefined>> = {
  "cmr-stac": "https://cmr.earthdata.nasa.gov/stac",
  "umm-json": "https://cmr.earthdata.nasa.gov/search",
  stac: undefined,
};
const DEFAULT_PROVIDER = "NSIDC_CPRD";

/** @throws ConfigError `CATALOG_QUERY`; CatalogError `CATALOG_URL`; GeometryError of the box or area */
export function createCatalogQuery(options: CatalogQueryOptions): CatalogQuery {
  const source = options.source ?? "cmr-stac";
  const isCmr = source !== "stac";
  const url = options.url ?? publicUrls[source];
  if (url === undefined) throw queryError("no URL is given", "a STAC API has no public default", "give one");
  catalogUrl(url, "the URL of the catalog");
  const { shortName, version } = options;
  const collection = isCmr
    ? `${required(shortName, "short name", "ATL06")}_${required(version, "version", "007")}`
    : required(options.collection, "collection", "sentinel-2-l2a");
  const start = options.start === undefined ? null : day(options.start, "first");
  const end = options.end === undefined ? null : day(options.end, "last");
  if (isCmr && (start === null || end === null)) {
    throw queryError(
      "first or last day is missing",
      "a product's whole archive is seldom meant",
      "give both, or a cycle",
    );
  }
  if (start !== null && end !== null && start > end) {
    throw queryError(`first day ${start} is after the last, ${end}`, "that is no time", "swap them");
  }
  if (options.bbox !== undefined && options.area !== undefined) {
    throw queryError("a box and an area are given", "a query has one region", "leave one of them out");
  }
  if (options.bbox !== undefined) regionFromBbox(options.bbox);
  const area = options.area === undefined ? null : areaOf(options.area);
  const region = area === null ? null : regionFromGeoJson(area);
  return {
    source,
    url,
    provider: isCmr ? (options.provider ?? DEFAULT_PROVIDER) : null,
    collection,
    shortName: isCmr ? (shortName as string) : null,
    version: isCmr ? (version as string) : null,
    start,
    end,
    bbox: region === null ? (options.bbox ?? null) : boxOfRegion(region),
    area,
    region,
  };
}

/** What a catalog keeps of the query that made it. Members without a value are left out; a URL loses its query. */
export function queryMetadata(
  query: CatalogQuery,
  totalGranules: number,
  queriedAt: string,
): CatalogMetadata {
  const { source, provider, collection, shortName, version, start, end, bbox, area } = query;
  const members: Record<string, Json> = {
    provider,
    collection,
    short_name: shortName,
    version,
    start_date: start,
    end_date: end,
    bbox: bbox === null ? null : [...bbox],
    area,
    url: safeUrl(query.url),
    queried_at: queriedAt,
  };
  const known = Object.entries(members).filter(([, value]) => value !== null);
  return { source, ...Object.fromEntries(known), total_granules: totalGranules };
}

/**
 * The query that a catalog was made by, also one that other software wrote: without a source known here it was CMR's.
 * @param url asks there instead of where the catalog says
 * @throws ConfigError `CATALOG_QUERY_UNKNOWN`
 */
export function queryFromMetadata(metadata: JsonObject, url?: string): CatalogQuery {
  const text = (key: string): string | undefined => {
    const value = metadata[key];
    return typeof value === "string" ? value : undefined;
  };
  const named = querySources.find((source) => source === metadata["source"]);
  const bbox = metadata["bbox"];
  const area = metadata["area"] ?? undefined;
  try {
    return createCatalogQuery({
      source: named,
      url: url ?? text("url"),
      provider: text("provider"),
      shortName: text("short_name"),
      version: text("version"),
      collection: text("collection"),
      start: text("start_date"),
      end: text("end_date"),
      bbox: area === undefined && Array.isArray(bbox) ? (bbox as unknown as BoundingBox) : undefined,
      area,
    });
  } catch (cause) {
    throw new ConfigError("CATALOG_QUERY_UNKNOWN", {
      what: "the catalog does not say which query made it",
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "make it anew with zagg catalog query, which records the query",
      cause,
    });
  }
}

/** `ATL06_007 over [-180, -90, 180, 90] in 2024-01-01..2024-01-31`. */
export function describeQuery({ collection, bbox, start, end }: CatalogQuery): string {
  const place = bbox === null ? "the globe" : `[${bbox.join(", ")}]`;
  const time = start === null && end === null ? "" : ` in ${start ?? ""}..${end ?? ""}`;
  return `${collection} over ${place}${time}`;
}

/** Every polygon of the document as one geometry. */
function areaOf(document: unknown): JsonObject {
  regionFromGeoJson(document);
  const polygons = polygonsOf(document as JsonObject);
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0] as Json }
    : { type: "MultiPolygon", coordinates: polygons };
}

/** Of a document that is known to be well-formed. */
function polygonsOf(node: JsonObject): readonly Json[] {
  const list = (key: string): readonly Json[] => node[key] as readonly Json[];
  switch (node["type"]) {
    case "FeatureCollection":
      return list("features").flatMap((feature) => polygonsOf(feature as JsonObject));
    case "Feature":
      return node["geometry"] === null ? [] : polygonsOf(node["geometry"] as JsonObject);
    case "GeometryCollection":
      return list("geometries").flatMap((geometry) => polygonsOf(geometry as JsonObject));
    case "MultiPolygon":
      return list("coordinates").filter((polygon) => (polygon as readonly Json[]).length > 0);
    default:
      return list("coordinates").length === 0 ? [] : [list("coordinates")];
  }
}

function required(value: string | undefined, what: string, example: string): string {
  if (value !== undefined && /^[\w.:/-]+$/.test(value)) return value;
  throw queryError(
    value === undefined ? `no ${what} is given` : `the ${what} is ${JSON.stringify(value.slice(0, 80))}`,
    "it names what is searched, in letters, digits and _ . : / -",
    `give one such as ${example}`,
  );
}

function day(text: string, which: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const ms = isDay ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)) return text;
  throw queryError(
    `the ${which} day is ${JSON.stringify(text.slice(0, 80))}`,
    "there is no such day",
    "write it as YYYY-MM-DD",
  );
}

function queryError(what: string, why: string, mend: string): ConfigError {
  return new ConfigError("CATALOG_QUERY", { what, why, mend });
}
