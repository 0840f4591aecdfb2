/** A catalog written to a file, whole or not at all. */
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CatalogError, isCodedError } from "@zagg/core";
import type { CatalogItem } from "../item.js";
import { encodeParquetCatalog, type EncodeOptions } from "../parquet/write.js";

/**
 * Writes items as stac-geoparquet, through a temporary file beside it.
 * @throws CatalogError `CATALOG_UNWRITABLE`, `CATALOG_ASSET`, `CATALOG_GEOMETRY`
 */
export async function writeCatalog(
  path: string,
  batches: Iterable<readonly CatalogItem[]> | AsyncIterable<readonly CatalogItem[]>,
  options: EncodeOptions,
): Promise<void> {
  const target = resolve(path);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const file = await open(temporary, "w");
    try {
      for await (const part of encodeParquetCatalog(batches, options)) await file.writeFile(part);
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (isCodedError(error)) throw error;
    throw new CatalogError("CATALOG_UNWRITABLE", {
      what: `the catalog ${path} cannot be written`,
      why: error instanceof Error ? error.message : String(error),
      mend: "choose another place with --out",
      path,
      cause: error,
    });
  }
}
