/** Footprints and hrefs from the rows of a stac-geoparquet file of our own, without the items between. */
import { errorToJson, isCodedError } from "@zagg/core";
import { regionFromBbox } from "@zagg/sphere";
import { dataNameOf, possibleDataNames, type DataAssetName } from "../assets.js";
import { granuleOfParts, granuleOfProblem, type CatalogGranule } from "../granule.js";
import { noArea, regionFromWkb, sharedRoom, type TakeNumbers } from "../wkb-read.js";
import {
  bytesAt,
  sizeAt,
  textAt,
  timeAt,
  valueAt,
  type AssetPlaces,
  type CatalogColumns,
} from "./columns.js";
import { boxAt, idAt, timesAt, type Columns } from "./items.js";

/** Columns of a file of our own. */
export type OwnColumns = Omit<CatalogColumns, "assets"> & {
  readonly assets: AssetPlaces & { readonly isOwn: true };
};

/** The leaves that {@link granulesOfRows} reads. */
export function granuleLeaves({ id, geometry, times, updated, bytes, assets }: OwnColumns): string[] {
  const hrefs = possibleDataNames(assets.leaves.keys()).map((name) => assets.leaves.get(name)?.href);
  return [...new Set([id, geometry, ...Object.values(times), updated, bytes, ...hrefs])].filter(
    (leaf) => leaf !== undefined,
  );
}

/**
 * Granules of rows start … stop−1 of a row group, of which `firstRow` come before in the file.
 * @param boxes columns of the bounding boxes, where a row lacks a geometry
 */
export function granulesOfRows(
  columns: OwnColumns,
  values: Columns,
  boxes: Columns,
  start: number,
  stop: number,
  firstRow: number,
): readonly CatalogGranule[] {
  const granules: CatalogGranule[] = [];
  const take = sharedRoom();
  for (let row = start; row < stop; row++)
    granules.push(granuleOfRow(columns, values, boxes, row, firstRow + row, take));
  return granules;
}

function granuleOfRow(
  columns: OwnColumns,
  values: Columns,
  boxes: Columns,
  row: number,
  fileRow: number,
  take: TakeNumbers,
): CatalogGranule {
  try {
    const { geometry, updated, bytes } = columns;
    const id = idAt(columns, values, row);
    const wkb = bytesAt(values.get(geometry), row, geometry);
    const parts = {
      id,
      hrefs: hrefsAt(columns, values, row),
      ...timesAt(columns.times, values, row),
      updated: updated === undefined ? null : timeAt(values.get(updated), row, updated),
      bytes: bytes === undefined ? null : sizeAt(values.get(bytes), row),
    };
    return granuleOfParts(parts, () => {
      if (wkb !== null) return regionFromWkb(wkb, take);
      const box = boxAt(columns.bbox, boxes, row);
      if (box === null) throw noArea(`granule ${id} has no geometry`);
      return regionFromBbox(box);
    });
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const id = valueAt(values.get(columns.id), row);
    const named = typeof id === "string" && id !== "";
    return granuleOfProblem({ id: named ? id : `entry ${fileRow}`, error: errorToJson(error) });
  }
}

function hrefsAt(
  { assets: { leaves } }: OwnColumns,
  values: Columns,
  row: number,
): Partial<Record<DataAssetName, string>> {
  const hrefs: Partial<Record<DataAssetName, string>> = {};
  for (const name of possibleDataNames(leaves.keys())) {
    const leaf = leaves.get(name)?.href;
    const href = leaf === undefined ? null : textAt(values.get(leaf), row, leaf);
    if (href === null || href === "") continue;
    const known = dataNameOf(name, href);
    if (known !== undefined) hrefs[known] ??= href;
  }
  return hrefs;
}
