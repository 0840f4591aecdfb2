/** The columns of stac-geoparquet by what they hold, whichever of its forms a file has. */
import { shown } from "@zagg/core/internal";
import { isSize } from "../stac.js";
import { timeOfMicros, utcTime } from "../time.js";
import { assetColumnNames } from "./assets.js";
import { columnMissing, columnType } from "./failure.js";
import { geometryColumn } from "./geo.js";
import type { LeafValues, ParquetFile } from "./row-groups.js";
import { CREATED_BY } from "./schema.js";

/** Leaf columns; undefined for those that a file lacks. */
export interface CatalogColumns {
  readonly id: string;
  readonly geometry: string;
  readonly collection: string | undefined;
  /** Four leaves of a struct, or the one of a list. */
  readonly bbox: readonly string[];
  readonly times: TimeColumns;
  readonly updated: string | undefined;
  readonly bytes: string | undefined;
  /** The same by the file extension of STAC. */
  readonly fileSize: string | undefined;
  readonly assets: AssetPlaces;
}

/** `datetime` stands for both ends where a row has neither. */
export interface TimeColumns {
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly moment: string | undefined;
}

/** Where assets are: in a file of our own under the names of items, in leaves; in any other in whole columns, under any names. */
export type AssetPlaces =
  | { readonly isOwn: true; readonly leaves: ReadonlyMap<string, AssetLeaves> }
  | { readonly isOwn: false; readonly columns: readonly string[] };

export interface AssetLeaves {
  readonly href: string;
  readonly roles?: string;
  readonly type?: string;
  readonly title?: string;
}

const SIDES = ["xmin", "ymin", "xmax", "ymax"] as const;

/** @throws CatalogError `CATALOG_PARQUET_COLUMN`, `CATALOG_PARQUET_GEO` */
export function catalogColumns({ leaves, keyValues, columns, createdBy }: ParquetFile): CatalogColumns {
  const geometry = geometryColumn(keyValues["geo"]);
  const has = new Set(leaves);
  const assets = assetColumnNames(columns);
  const missing = ["id", geometry].filter((name) => !has.has(name));
  if (assets.length === 0) missing.push("assets");
  if (missing.length > 0)
    throw columnMissing(missing, [...new Set(leaves.map((leaf) => leaf.split(".")[0]!))]);
  const optional = (name: string): string | undefined => (has.has(name) ? name : undefined);
  const sides = SIDES.map((side) => `bbox.${side}`).filter((leaf) => has.has(leaf));
  return {
    id: "id",
    geometry,
    collection: optional("collection"),
    bbox: sides.length === 4 ? sides : leaves.filter((leaf) => /^bbox\.list\.\w+$/.test(leaf)),
    times: {
      start: optional("start_datetime"),
      end: optional("end_datetime"),
      moment: optional("datetime"),
    },
    updated: optional("updated"),
    bytes: optional("bytes"),
    fileSize: optional("file:size"),
    assets:
      createdBy === CREATED_BY
        ? { isOwn: true, leaves: assetLeaves(leaves) }
        : { isOwn: false, columns: assets },
  };
}

function assetLeaves(leaves: readonly string[]): ReadonlyMap<string, AssetLeaves> {
  const assets = new Map<string, AssetLeaves>();
  for (const leaf of leaves) {
    const [, name, part] = /^assets\.(.+)\.(href|type|title|roles\.list\.\w+)$/.exec(leaf) ?? [];
    if (name === undefined || part === undefined) continue;
    const key = part.startsWith("roles") ? "roles" : part;
    assets.set(name, { ...assets.get(name), [key]: leaf } as AssetLeaves);
  }
  return new Map([...assets].filter(([, { href }]) => href !== undefined));
}

/** The value of a row, out of the lists in which members of structs come; null when absent. */
export function valueAt(values: LeafValues | undefined, row: number): unknown {
  let value = values?.[row] ?? null;
  while (Array.isArray(value)) value = (value as unknown[])[0] ?? null;
  return value;
}

/** @throws CatalogError `CATALOG_PARQUET_COLUMN` */
export function textAt(values: LeafValues | undefined, row: number, path: string): string | null {
  const value = valueAt(values, row);
  if (value === null || typeof value === "string") return value;
  throw columnType(path, "text", value instanceof Uint8Array ? "bytes" : shown(String(value)));
}

/** @throws CatalogError `CATALOG_PARQUET_COLUMN` */
export function bytesAt(values: LeafValues | undefined, row: number, path: string): Uint8Array | null {
  const value = valueAt(values, row);
  if (value === null || value instanceof Uint8Array) return value;
  throw columnType(path, "well-known binary", shown(String(value)));
}

/** RFC 3339 of a timestamp, or of a text that is one. @throws CatalogError `CATALOG_PARQUET_COLUMN` */
export function timeAt(values: LeafValues | undefined, row: number, path: string): string | null {
  const value = valueAt(values, row);
  if (value === null) return null;
  const isTimestamp = typeof value === "number" && Math.abs(value) < 8.64e18;
  const time = isTimestamp ? timeOfMicros(value) : typeof value === "string" ? utcTime(value) : undefined;
  if (time !== undefined) return time;
  throw columnType(path, "a timestamp", shown(String(value)));
}

export function sizeAt(values: LeafValues | undefined, row: number): number | null {
  const value = valueAt(values, row);
  const size = typeof value === "bigint" ? Number(value) : value;
  return isSize(size) ? size : null;
}
