/** stac-geoparquet in: row group by row group, so that memory stays that of one of them. */
import type { JsonObject } from "@zagg/core";
import { isObject } from "../assets.js";
import type { Catalog, ReadOptions } from "../catalog.js";
import { granuleOf, granuleOfProblem, type CatalogGranule } from "../granule.js";
import type { CatalogItem, CatalogMetadata } from "../item.js";
import { catalogColumns, valueAt, type CatalogColumns } from "./columns.js";
import type { ParquetBytes } from "./failure.js";
import { granuleLeaves, granulesOfRows } from "./granules.js";
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
  const leaves = itemLeaves(columns);
  for await (const { group, start, stop, firstRow } of slices(file)) {
    const { items, problems } = itemsOfRows(columns, await group(leaves), start, stop, firstRow);
    for (const problem of problems) onProblem?.(problem);
    yield items;
  }
}

async function* granuleBatches(
  file: ParquetFile,
  columns: CatalogColumns,
): AsyncGenerator<readonly CatalogGranule[]> {
  const leaves = columns.isNamed ? granuleLeaves(columns) : itemLeaves(columns);
  for await (const { group, start, stop, firstRow } of slices(file)) {
    const values = await group(leaves);
    if (columns.isNamed) {
      const geometries = values.get(columns.geometry)!;
      const isWhole = geometries.every(
        (_value, row) => row < start || row >= stop || valueAt(geometries, row) !== null,
      );
      const boxes = isWhole || columns.bbox.length === 0 ? new Map() : await group(columns.bbox);
      yield granulesOfRows(columns, values, boxes, start, stop, firstRow);
    } else {
      const { items, problems } = itemsOfRows(columns, values, start, stop, firstRow);
      yield [...items.map(granuleOf), ...problems.map(granuleOfProblem)];
    }
  }
}

interface Slice {
  /** Columns of the row group, read once. */
  readonly group: (leaves: readonly string[]) => ReturnType<ParquetFile["read"]>;
  /** Rows within the row group, half-open. */
  readonly start: number;
  readonly stop: number;
  /** Rows of the row groups before. */
  readonly firstRow: number;
}

async function* slices(file: ParquetFile): AsyncGenerator<Slice> {
  let firstRow = 0;
  for (const [index, rows] of file.groupRows.entries()) {
    const read = new Map<string, ReturnType<ParquetFile["read"]>>();
    const group = (leaves: readonly string[]): ReturnType<ParquetFile["read"]> => {
      const key = leaves.join("\n");
      const values = read.get(key) ?? file.read(index, leaves);
      read.set(key, values);
      return values;
    };
    for (let start = 0; start < rows; start += BATCH_ROWS) {
      yield { group, start, stop: Math.min(start + BATCH_ROWS, rows), firstRow };
    }
    firstRow += rows;
  }
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
