/** Making what was written survive a loss of power. */
import { open, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { errorNumber } from "./file-errors.js";
import { isTemporaryName } from "./temporary-name.js";

const FLUSHES_AT_ONCE = 16;

/**
 * Flushes every file below a folder to the disk, then the folders, and removes temporary files that a killed process
 * left. Costs one fsync per file, {@link FLUSHES_AT_ONCE} at a time.
 */
export async function flushFolder(folder: string): Promise<void> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await flushFolder(path);
    else if (isTemporaryName(entry.name)) await unlink(path);
    else files.push(path);
  }
  for (let first = 0; first < files.length; first += FLUSHES_AT_ONCE) {
    await Promise.all(files.slice(first, first + FLUSHES_AT_ONCE).map((path) => flush(path, "r+")));
  }
  await flushEntries(folder);
}

/** Flushes the names in a folder, where the platform can: Windows cannot open a folder. */
export async function flushEntries(folder: string): Promise<void> {
  try {
    await flush(folder, "r");
  } catch (error) {
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL"].includes(errorNumber(error) ?? "")) throw error;
  }
}

async function flush(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
