/**
 * Work in a hidden sibling of the target, put in its place at commit.
 *
 * The order of a commit, and what a crash leaves after each step:
 * 1. flush the work to the disk: the target is untouched, the work is found again by its id;
 * 2. rename the target to `.name.<id>.replaced`: the next begin on this target, of any id, puts it back;
 * 3. rename the work to the target: the new store stands whole;
 * 4. remove what was replaced: the next begin removes the rest.
 */
import { readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, parse, sep } from "node:path";
import { isCodedError, type ObjectStore, type StoreTransaction } from "@zagg/core";
import { flushEntries, flushFolder } from "./durable-folder.js";
import { isAbsent, unwritable, writeError } from "./file-errors.js";
import { isSiblingName, siblingPath, throughLinks } from "./file-path.js";
import { makeFolder, makeFolders } from "./make-folders.js";
import { assertTransactionId } from "../store-key.js";

/**
 * Makes the work folder, and its parents, at once, so that a place that cannot be written is found out before any work.
 * @param path absolute path of the target, which may be a link
 * @throws StoreError `STORE_UNWRITABLE`, `STORE_FULL`
 */
export async function beginFileTransaction(
  path: string,
  id: string,
  openFolder: (path: string) => ObjectStore,
): Promise<StoreTransaction> {
  assertTransactionId(id);
  try {
    const target = await throughLinks(path);
    const work = siblingPath(target, id, "partial");
    await makeFolders(dirname(target));
    await recover(target);
    await assertReplaceable(target);
    const resumed = !(await makeFolder(work));
    return {
      workUri: work,
      store: openFolder(work),
      resumed,
      commit: () => commit(target, work, siblingPath(target, id, "replaced")),
      abort: () => remove(work),
    };
  } catch (error) {
    throw isCodedError(error) ? error : writeError(path, error);
  }
}

async function commit(target: string, work: string, replaced: string): Promise<void> {
  try {
    await flushFolder(work);
    await assertReplaceable(target);
    const hadTarget = await renameIfThere(target, replaced);
    try {
      await rename(work, target);
    } catch (error) {
      if (hadTarget) await putBack(replaced, target);
      throw error;
    }
    await flushEntries(dirname(target));
    if (hadTarget) await removeReplaced(replaced, target);
  } catch (error) {
    throw isCodedError(error) ? error : writeError(target, error);
  }
}

async function putBack(replaced: string, target: string): Promise<void> {
  try {
    await rename(replaced, target);
  } catch (error) {
    const mend = `rename ${replaced}, which is the store that stood there, to ${target}`;
    throw unwritable(target, "neither the new store nor the old one could be put there", mend, error);
  }
}

async function removeReplaced(replaced: string, target: string): Promise<void> {
  try {
    await rm(replaced, { recursive: true, force: true });
  } catch (error) {
    const why = `the new store is in place at ${target}, but the rest of the old one could not be removed`;
    throw unwritable(replaced, why, "remove it yourself", error);
  }
}

/** Finishes or undoes what a crash in a commit left beside the target. */
async function recover(target: string): Promise<void> {
  const parent = dirname(target);
  for (const name of (await readdir(parent)).sort()) {
    if (!isSiblingName(name, target, "replaced")) continue;
    const old = join(parent, name);
    if (await isThere(target)) await rm(old, { recursive: true, force: true });
    else await rename(old, target);
  }
}

/** @throws StoreError `STORE_UNWRITABLE` when the target could not be put aside at commit */
async function assertReplaceable(target: string): Promise<void> {
  const inside = "name a folder inside it";
  if (target === parse(target).root) throw unwritable(target, "it is the root of a file system", inside);
  if (`${process.cwd()}${sep}`.startsWith(target + sep)) {
    throw unwritable(target, "it holds the current folder, which would be replaced", inside);
  }
  if (!(await isThere(target))) return;
  const [found, parent] = [await stat(target), await stat(dirname(target))];
  if (!found.isDirectory())
    throw unwritable(target, "it is a file, and a store is a folder", "choose another name");
  if (found.dev !== parent.dev)
    throw unwritable(target, "it is a mount point, which cannot be replaced", inside);
}

/** @returns false when there is nothing to rename */
async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

async function remove(work: string): Promise<void> {
  try {
    await rm(work, { recursive: true, force: true });
  } catch (error) {
    throw writeError(work, error);
  }
}
