/** What can be wrong with a Parquet file, in coded form. */
import { CatalogError, isCodedError } from "@zagg/core";

/** Where the bytes of a file come from. */
export interface ParquetBytes {
  readonly byteLength: number;
  /** Bytes start … end−1, in a buffer of their own. */
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/** What `read` gives; whatever it throws without a code is damage to the file. @throws CatalogError `CATALOG_PARQUET` */
export async function decoding<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isCodedError(error)) throw error;
    throw damaged(error instanceof Error ? error.message : String(error), error);
  }
}

export function damaged(why: string, cause?: unknown): CatalogError {
  return new CatalogError("CATALOG_PARQUET", {
    what: "the Parquet file cannot be read",
    why,
    mend: "fetch or write the catalog again",
    ...(cause === undefined ? {} : { cause }),
  });
}

export function columnMissing(names: readonly string[], present: readonly string[]): CatalogError {
  return new CatalogError("CATALOG_PARQUET_COLUMN", {
    what: `the Parquet file has no column ${names.join(", no column ")}`,
    why: `a catalog has a row per granule, with its id, geometry and assets; this one has ${present.join(", ") || "no columns"}`,
    mend: "give a stac-geoparquet file",
    details: { missing: [...names], present: [...present] },
  });
}

export function columnType(path: string, expected: string, found: string): CatalogError {
  return new CatalogError("CATALOG_PARQUET_COLUMN", {
    what: `the column ${path} holds ${found}`,
    why: `${expected} should be there`,
    mend: "give a stac-geoparquet file",
    details: { column: path },
  });
}
