/** Parquet files in memory, ours and those of other writers. */
import { parquetWriteBuffer, type ColumnSource, type KeyValue, type SchemaElement } from "hyparquet-writer";
import {
  encodeParquetCatalog,
  type ParquetBytes,
  type Catalog,
  type CatalogItem,
  type CatalogProblem,
  type EncodeOptions,
} from "../src/index.js";
import type { CatalogGranule } from "../src/index.js";

export function sourceOf(bytes: Uint8Array): ParquetBytes {
  return {
    byteLength: bytes.byteLength,
    slice: (start, end) => Uint8Array.from(bytes.subarray(start, end)).buffer,
  };
}

export async function encoded(
  batches: readonly (readonly CatalogItem[])[],
  options: EncodeOptions = { metadata: { source: "test" } },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of encodeParquetCatalog(batches, options)) parts.push(part);
  return Uint8Array.from(Buffer.concat(parts));
}

export async function itemsIn(
  catalog: Catalog,
): Promise<{ items: CatalogItem[]; problems: CatalogProblem[] }> {
  const problems: CatalogProblem[] = [];
  const items: CatalogItem[] = [];
  for await (const batch of catalog.batches({ onProblem: (problem) => problems.push(problem) }))
    items.push(...batch);
  return { items, problems };
}

export async function granulesIn(catalog: Catalog): Promise<CatalogGranule[]> {
  const granules: CatalogGranule[] = [];
  for await (const batch of catalog.footprints()) granules.push(...batch);
  return granules;
}

/** A file with these columns, as somebody else might write it. */
export function foreign(
  columnData: ColumnSource[],
  keyValues: Readonly<Record<string, unknown>> = {},
  schema?: SchemaElement[],
): Uint8Array {
  const kvMetadata = Object.entries(keyValues).map(([key, value]): KeyValue => ({
    key,
    value: typeof value === "string" ? value : JSON.stringify(value),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, ...(schema && { schema }) }));
}
