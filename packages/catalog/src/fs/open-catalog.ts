/** A catalog in a file, whatever its format. */
import { open, readFile, stat } from "node:fs/promises";
import { CatalogError, isCodedError, type CodedError } from "@zagg/core";
import type { Catalog } from "../catalog.js";
import { parseJsonCatalog } from "../json-catalog.js";
import type { ParquetBytes } from "../parquet/failure.js";
import { openParquetCatalog } from "../parquet/open.js";
import type { UmmOptions } from "../umm/umm.js";

export type OpenOptions = UmmOptions;

const PARQUET_MAGIC = "PAR1";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission is denied",
  ERR_STRING_TOO_LONG: "it is JSON of more than half a gigabyte",
};

/**
 * Opens stac-geoparquet, which its first bytes tell, or else STAC or UMM-JSON. Errors name the file, those of reading on too.
 * @throws CatalogError `CATALOG_UNREADABLE`, `CATALOG_FORMAT`, `CATALOG_PARQUET` and those of its columns
 */
export async function openCatalog(path: string, options: OpenOptions = {}): Promise<Catalog> {
  try {
    const source = await fileSource(path);
    const magic = Buffer.from(await source.slice(0, Math.min(4, source.byteLength))).toString("latin1");
    const catalog =
      magic === PARQUET_MAGIC
        ? await openParquetCatalog(source)
        : parseJsonCatalog(await readFile(path, "utf8"), options);
    return {
      ...catalog,
      batches: (read) => reading(path, catalog.batches(read)),
      footprints: () => reading(path, catalog.footprints()),
    };
  } catch (error) {
    throw failure(path, error);
  }
}

async function* reading<T>(path: string, batches: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* batches;
  } catch (error) {
    throw failure(path, error);
  }
}

/** The bytes of a file, opened for each range so that nothing is left open. */
async function fileSource(path: string): Promise<ParquetBytes> {
  const { size } = await stat(path);
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start);
      const file = await open(path);
      try {
        let done = 0;
        while (done < bytes.length) {
          const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
          if (bytesRead === 0) throw new Error("the file became shorter while it was read");
          done += bytesRead;
        }
      } finally {
        await file.close();
      }
      return bytes.buffer;
    },
  };
}

function failure(path: string, error: unknown): CatalogError {
  return isCodedError(error) ? named(path, error) : unreadable(path, error);
}

function named(path: string, error: CodedError): CatalogError {
  const { code, what, why, mend, details } = error;
  const parts = { what: `${path}: ${what}`, why, mend, path, cause: error };
  return new CatalogError(code, details === undefined ? parts : { ...parts, details });
}

function unreadable(path: string, cause: unknown): CatalogError {
  const code = (cause as { code?: string } | null)?.code ?? "";
  return new CatalogError("CATALOG_UNREADABLE", {
    what: `the catalog ${path} cannot be read`,
    why: REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause)),
    mend: "check the path; it is taken relative to the current folder",
    path,
    cause,
  });
}
