/** Writing a file whole or not at all. */
import { open, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { temporaryName } from "./temporary-name.js";

/**
 * Through a temporary file in the same folder and a rename, which is atomic; the temporary never outlives a failure.
 * @throws the error of the file system; `ENOENT` when there is no such folder
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), temporaryName());
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
