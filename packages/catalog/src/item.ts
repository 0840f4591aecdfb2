/** What a catalog knows of one granule: a STAC item, reduced to what placing, choosing and opening a granule needs. */
import type { BoundingBox, JsonObject } from "@zagg/core";

/** Where one file of a granule is. */
export interface ItemAsset {
  readonly href: string;
  readonly roles?: readonly string[];
  readonly type?: string;
  readonly title?: string;
}

/** A granule of a catalog. Every source is read into this form, and it is written as a row of stac-geoparquet. */
export interface CatalogItem {
  readonly id: string;
  readonly collection: string | null;
  /** GeoJSON geometry as the source has it, longitude first, not yet checked; null when it has none. */
  readonly geometry: JsonObject | null;
  /** West, south, east, north; west greater than east across the antimeridian; null when unknown. */
  readonly bbox: BoundingBox | null;
  /** First and last moment of its data, RFC 3339 in UTC; null when unknown. */
  readonly start: string | null;
  readonly end: string | null;
  /**
   * By name. `data` is the file over https, `data_s3` the same in S3, `data_file` a local one (a path, relative to the
   * catalog's folder, or a file URL), `metadata` what describes it; others are kept.
   */
  readonly assets: Readonly<Record<string, ItemAsset>>;
  /** When the source last changed the entry, RFC 3339; null when it does not say. */
  readonly updated: string | null;
  /** Size of the data file; null when unknown. */
  readonly bytes: number | null;
}

/** What a catalog says of itself, stored beside its items. Members that other software wrote are kept. */
export interface CatalogMetadata extends JsonObject {
  /** `cmr-stac`, `stac`, `umm-json`, `files` … */
  readonly source: string;
}
