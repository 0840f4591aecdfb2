/** stac-geoparquet in: row group by row group, so that memory stays that of one of them. */
import type { JsonObject } from "@zagg/core";
import { isObject } from "../assets.js";
import type { Catalog, ReadOptions } from "../catalog.js";
import { granuleOf, granuleOfProblem, type CatalogGranule } from "../granule.js";
import type { CatalogItem, CatalogMetadata } from "../item.js";
import type { ItemsAndProblems } from "../problem.js";
import { catalogColumns, valueAt, type CatalogColumns } from "./columns.js";
import type { ParquetBytes } from "./failure.js";
import { granuleLeaves, granulesOfRows, type OwnColumns } from "./granules.js";
import { itemLeaves, itemsOfRows } from "./items.js";
import { openParquetFile, type ParquetFile } from "./row-groups.js";

/** Rows handed on at once. */
const BATCH_ROWS = 4096;

/**
 * A catalog in a stac-geoparquet file.
 * @throws CatalogError `CATALOG_PARQUET`, `CATALOG_PARQUET_COLUMN`, `CATALOG_PARQUET_GEO`
 */
export async function openParquetCatalog(source: ParquetBytes): Promise<Catalog> {
  const file = await openParquetFile(source);
  const columns = catalogColumns(file);
  return {
    format: "stac-geoparquet",
    metadata: metadataOf(file),
    entries: file.rows,
    batches: (options) => itemBatches(file, columns, options),
    footprints: () => granuleBatches(file, columns),
  };
}

async function* itemBatches(
  file: ParquetFile,
  columns: CatalogColumns,
  { onProblem }: ReadOptions = {},
): AsyncGenerator<readonly CatalogItem[]> {
  for await (const slice of slices(file)) {
    const { items, problems } = await itemsIn(columns, slice);
    for (const problem of problems) onProblem?.(problem);
    yield items;
  }
}

async function* granuleBatches(
  file: ParquetFile,
  columns: CatalogColumns,
): AsyncGenerator<readonly CatalogGranule[]> {
  for await (const slice of slices(file)) {
    if (isOwn(columns)) yield await ownGranules(columns, slice);
    else {
      const { items, problems } = await itemsIn(columns, slice);
      yield [...items.map(granuleOf), ...problems.map(granuleOfProblem)];
    }
  }
}

async function itemsIn(columns: CatalogColumns, slice: Slice): Promise<ItemsAndProblems> {
  const { group, whole, start, stop, firstRow } = slice;
  const values = await group(itemLeaves(columns));
  const assets = columns.assets.isOwn ? new Map<string, never>() : await whole(columns.assets.columns);
  return itemsOfRows(columns, values, assets, start, stop, firstRow);
}

async function ownGranules(
  columns: OwnColumns,
  { group, start, stop, firstRow }: Slice,
): Promise<readonly CatalogGranule[]> {
  const values = await group(granuleLeaves(columns));
  const geometries = values.get(columns.geometry)!;
  const isWhole = geometries.every(
    (_value, row) => row < start || row >= stop || valueAt(geometries, row) !== null,
  );
  const boxes = isWhole || columns.bbox.length === 0 ? new Map() : await group(columns.bbox);
  return granulesOfRows(columns, values, boxes, start, stop, firstRow);
}

function isOwn(columns: CatalogColumns): columns is OwnColumns {
  return columns.assets.isOwn;
}

type ParquetRead = (names: readonly string[]) => ReturnType<ParquetFile["read"]>;

interface Slice {
  /** Columns of the row group, read once. */
  readonly group: ParquetRead;
  /** As `group`, of columns put together. */
  readonly whole: ParquetRead;
  /** Rows within the row group, half-open. */
  readonly start: number;
  readonly stop: number;
  /** Rows of the row groups before. */
  readonly firstRow: number;
}

async function* slices(file: ParquetFile): AsyncGenerator<Slice> {
  let firstRow = 0;
  for (const [index, rows] of file.groupRows.entries()) {
    const group = once((leaves) => file.read(index, leaves));
    const whole = once((names) => file.readColumns(index, names));
    for (let start = 0; start < rows; start += BATCH_ROWS) {
      yield { group, whole, start, stop: Math.min(start + BATCH_ROWS, rows), firstRow };
    }
    firstRow += rows;
  }
}

/** Reads the same columns once. */
function once(read: ParquetRead): ParquetRead {
  const known = new Map<string, ReturnType<ParquetRead>>();
  return (names) => {
    const key = names.join("\n");
    const values = known.get(key) ?? read(names);
    known.set(key, values);
    return values;
  };
}

/** What stands under `zagg:catalog_meta`; its source is the format when it does not say. */
function metadataOf({ keyValues }: ParquetFile): CatalogMetadata {
  let value: unknown;
  try {
    value = JSON.parse(keyValues["zagg:catalog_meta"] ?? "{}");
  } catch {
    value = {};
  }
  const metadata = isObject(value) ? (value as JsonObject) : {};
  const isNamed = typeof metadata["source"] === "string";
  return (isNamed ? metadata : { ...metadata, source: "stac-geoparquet" }) as CatalogMetadata;
}
