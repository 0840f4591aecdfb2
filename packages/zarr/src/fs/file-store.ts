/** Stores in a folder: one file per object, written whole or not at all. */
import { open, readFile, readdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { assertRange, rangeWithin, type ObjectRange, type ObjectStore, type StoreFactory } from "@zagg/core";
import { errorNumber, isAbsent, unreadable, writeError } from "./file-errors.js";
import { storePath } from "./file-path.js";
import { beginFileTransaction } from "./file-transaction.js";
import { makeFolders } from "./make-folders.js";
import { replaceFile } from "./replace-file.js";
import { assertKey, assertPrefix } from "../store-key.js";
import { isTemporaryName } from "./temporary-name.js";

/** Stores under plain paths and `file://` URIs. */
export const fileStore: StoreFactory = {
  kind: "store",
  apiVersion: 2,
  name: "file",
  description: "Folders of a local or mounted file system.",
  schemes: ["file"],
  optionsSchema: { type: "object", additionalProperties: false, properties: {} },
  open: (uri) => openFolder(storePath(uri)),
  begin: (uri, id) => beginFileTransaction(storePath(uri), id, openFolder),
};

/** The folder need not be there: it is then empty, and made by the first object. */
function openFolder(root: string): ObjectStore {
  const pathOf = (key: string): string => {
    assertKey(key);
    return join(root, key);
  };
  return {
    uri: root,
    get: async (key) => readObject(pathOf(key)),
    getRange: async (key, range) => readPart(pathOf(key), range),
    size: async (key) => sizeOfObject(pathOf(key)),
    put: async (key, bytes) => writeObject(pathOf(key), bytes),
    delete: async (key) => removeObject(pathOf(key)),
    async *list(prefix) {
      assertPrefix(prefix);
      const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      for await (const key of walk(root, folder)) if (key.startsWith(prefix)) yield key;
    },
  };
}

async function readObject(path: string): Promise<Uint8Array | undefined> {
  try {
    const { buffer, byteOffset, length } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    if (isAbsent(error) || errorNumber(error) === "EISDIR") return undefined;
    throw unreadable(path, error);
  }
}

/** Of one open file, so that a put meanwhile does not mix two objects. */
async function readPart(path: string, range: ObjectRange): Promise<Uint8Array | undefined> {
  assertRange(range);
  let file;
  try {
    file = await open(path, "r");
    const found = await file.stat();
    if (!found.isFile()) return undefined;
    const { start, stop } = rangeWithin(range, found.size);
    const bytes = new Uint8Array(stop - start);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } catch (error) {
    if (isAbsent(error) || errorNumber(error) === "EISDIR") return undefined;
    throw unreadable(path, error);
  } finally {
    await file?.close();
  }
}

async function sizeOfObject(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw unreadable(path, error);
  }
}

async function writeObject(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await replaceFile(path, bytes).catch(async (error: unknown) => {
      if (errorNumber(error) !== "ENOENT") throw error;
      await makeFolders(dirname(path));
      await replaceFile(path, bytes);
    });
  } catch (error) {
    throw writeError(path, error);
  }
}

async function removeObject(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (isAbsent(error)) return;
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
    if (!isFolder) throw writeError(path, error);
  }
}

/** Keys below a folder. Whatever is not a folder counts as an object, links and pipes too, so that nothing is overlooked. */
async function* walk(root: string, folder: string): AsyncGenerator<string> {
  const path = join(root, folder);
  let entries;
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return;
    throw unreadable(path, error);
  }
  for (const entry of entries) {
    if (entry.isDirectory()) yield* walk(root, `${folder}${entry.name}/`);
    else if (!isTemporaryName(entry.name)) yield folder + entry.name;
  }
}
