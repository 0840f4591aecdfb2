/** The file that HDF5 opens by itself: the granule where it lies, or a copy of it. */
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ByteSource } from "@zagg/core";

import { unreadable } from "./failures.js";

export interface LocalCopy {
  readonly path: string;
  /** Removes what was copied; twice is no error. */
  remove(): Promise<void>;
}

/** How the folders of copies are called. */
export const SPOOL_PREFIX = "zagg-hdf5-copy-";
/** Bytes that are fetched and written at once. */
const PIECE_BYTES = 8 * 2 ** 20;

/** @throws ReaderError as the source does, `GRANULE_UNREADABLE` when there is no room for the copy */
export async function localCopy(source: ByteSource, signal?: AbortSignal): Promise<LocalCopy> {
  const { localPath } = source;
  if (localPath !== undefined) return { path: localPath, remove: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), SPOOL_PREFIX)).catch((cause: unknown) => {
    throw noRoom(source, cause);
  });
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "granule.h5");
    await copyTo(path, source, signal);
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function copyTo(path: string, source: ByteSource, signal: AbortSignal | undefined): Promise<void> {
  const file = await open(path, "wx");
  try {
    for (let start = 0; start < source.size; start += PIECE_BYTES) {
      const range = { start, stop: Math.min(start + PIECE_BYTES, source.size) };
      for (const bytes of await source.read([range], signal)) {
        await file.writeFile(bytes).catch((cause: unknown) => {
          throw noRoom(source, cause);
        });
      }
    }
  } finally {
    await file.close();
  }
}

function noRoom(source: ByteSource, cause: unknown): Error {
  return unreadable(
    source.uri,
    `it cannot be copied to ${tmpdir()} (${(cause as NodeJS.ErrnoException).code ?? String(cause)})`,
    "make room there, or set TMPDIR to a folder with room",
    cause,
  );
}
