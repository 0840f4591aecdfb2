/** Items from the rows of a stac-geoparquet file. */
import type { BoundingBox } from "@zagg/core";
import { namedAssets, type NamedAssets } from "../assets.js";
import type { CatalogItem, ItemAsset } from "../item.js";
import { malformedItem, readEach, type ItemsAndProblems } from "../problem.js";
import { bytesOf } from "../stac.js";
import { geoJsonFromWkb } from "../wkb-read.js";
import { assetsOfRow } from "./assets.js";
import {
  bytesAt,
  sizeAt,
  textAt,
  timeAt,
  valueAt,
  type AssetLeaves,
  type CatalogColumns,
  type TimeColumns,
} from "./columns.js";
import type { LeafValues } from "./row-groups.js";

export type Columns = ReadonlyMap<string, LeafValues>;

/** The leaves that {@link itemsOfRows} reads. */
export function itemLeaves(columns: CatalogColumns): string[] {
  const { id, geometry, collection, bbox, times, updated, bytes, fileSize, assets } = columns;
  const ofAssets = assets.isOwn
    ? [...assets.leaves.values()].flatMap((leaves) => Object.values(leaves) as string[])
    : [];
  const all = [
    id,
    geometry,
    collection,
    ...bbox,
    ...Object.values(times),
    updated,
    bytes,
    fileSize,
    ...ofAssets,
  ];
  return [...new Set(all.filter((leaf) => leaf !== undefined))];
}

/**
 * Items of rows start … stop−1 of a row group, of which `firstRow` come before in the file.
 * @param assets whole columns of them, where the file is not our own
 */
export function itemsOfRows(
  columns: CatalogColumns,
  values: Columns,
  assets: Columns,
  start: number,
  stop: number,
  firstRow: number,
): ItemsAndProblems {
  const rows = Array.from({ length: stop - start }, (_, i) => start + i);
  return readEach(
    rows,
    (row) => itemOfRow(columns, values, assets, row as number),
    (row) => valueAt(values.get(columns.id), row as number),
    firstRow + start,
  );
}

function itemOfRow(columns: CatalogColumns, values: Columns, assetValues: Columns, row: number): CatalogItem {
  const wkb = bytesAt(values.get(columns.geometry), row, columns.geometry);
  const text = (leaf: string | undefined): string | null =>
    leaf === undefined ? null : textAt(values.get(leaf), row, leaf);
  const id = idAt(columns, values, row);
  const given = columns.assets.isOwn ? undefined : assetsOfRow(assetValues, row);
  const size = (leaf: string | undefined): number | null =>
    leaf === undefined ? null : sizeAt(values.get(leaf), row);
  const bytes = size(columns.bytes);
  return {
    id,
    collection: text(columns.collection),
    geometry: wkb === null ? null : geoJsonFromWkb(wkb),
    bbox: boxAt(columns.bbox, values, row),
    ...timesAt(columns.times, values, row),
    assets: columns.assets.isOwn ? ownAssets(columns.assets.leaves, values, row, text) : namedAssets(given),
    updated: columns.updated === undefined ? null : timeAt(values.get(columns.updated), row, columns.updated),
    bytes: given === undefined ? bytes : bytesOf({ bytes, "file:size": size(columns.fileSize) }, given),
  };
}

/** @throws CatalogError `CATALOG_ITEM` */
export function idAt({ id }: CatalogColumns, values: Columns, row: number): string {
  const text = textAt(values.get(id), row, id);
  if (text === null || text === "") throw malformedItem("a row has no id", "granules are known by their id");
  return text;
}

/** First and last moment of a row. @throws CatalogError `CATALOG_PARQUET_COLUMN` */
export function timesAt(
  times: TimeColumns,
  values: Columns,
  row: number,
): { start: string | null; end: string | null } {
  const at = (leaf: string | undefined): string | null =>
    leaf === undefined ? null : timeAt(values.get(leaf), row, leaf);
  const start = at(times.start);
  const end = at(times.end);
  if (start !== null || end !== null) return { start, end };
  const moment = at(times.moment);
  return { start: moment, end: moment };
}

/** The box of a row; null when a side of it is absent. */
export function boxAt(leaves: readonly string[], values: Columns, row: number): BoundingBox | null {
  const list = leaves.length === 1 ? values.get(leaves[0]!)?.[row] : undefined;
  const sides = Array.isArray(list)
    ? (list.flat(Infinity) as unknown[])
    : leaves.map((leaf) => valueAt(values.get(leaf), row));
  const box = sides.length === 6 ? [sides[0], sides[1], sides[3], sides[4]] : sides;
  const isBox = box.length === 4 && box.every((side) => Number.isFinite(side));
  return isBox ? (box as unknown as BoundingBox) : null;
}

function ownAssets(
  leavesByName: ReadonlyMap<string, AssetLeaves>,
  values: Columns,
  row: number,
  text: (leaf: string | undefined) => string | null,
): NamedAssets {
  const found: Record<string, ItemAsset> = {};
  for (const [name, leaves] of leavesByName) {
    const asset = assetAt(leaves, values, row, text);
    if (asset !== null) found[name] = asset;
  }
  return found;
}

function assetAt(
  leaves: AssetLeaves,
  values: Columns,
  row: number,
  text: (leaf: string | undefined) => string | null,
): ItemAsset | null {
  const href = text(leaves.href);
  if (href === null) return null;
  const list = leaves.roles === undefined ? null : values.get(leaves.roles)?.[row];
  const roles = (Array.isArray(list) ? (list.flat(Infinity) as unknown[]) : []).filter(
    (role) => typeof role === "string",
  );
  const type = text(leaves.type);
  const title = text(leaves.title);
  return {
    href,
    ...(roles.length === 0 ? {} : { roles }),
    ...(type === null ? {} : { type }),
    ...(title === null ? {} : { title }),
  };
}
