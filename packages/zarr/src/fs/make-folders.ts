/** Making folders. Node's own recursive mkdir never returns where the system refuses with ENOENT, as below /proc. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorNumber } from "./file-errors.js";

/** Makes a folder and its parents. No error when it is there. */
export async function makeFolders(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (errorNumber(error) !== "ENOENT" || parent === folder) throw error;
    await makeFolders(parent);
    await makeFolder(folder);
  }
}

/** @returns whether it was made; false when it was there */
export async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
    if (isFolder) return false;
    throw error;
  }
}
