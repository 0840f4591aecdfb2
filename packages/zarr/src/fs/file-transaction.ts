/**
 * Work in a hidden sibling of the target, put in its place at commit.
 *
 * The order of a commit, and what a crash leaves after each step:
 * 1. move the notes out of the work to `.name.<id>.notes`: the target is untouched, the work is found again by its id, and
 *    the next begin moves its notes back;
 * 2. put the root into the work, and flush it to the disk: the same;
 * 3. rename the target to `.name.<id>.replaced`: the next begin on this target, of any id, puts it back;
 * 4. rename the work to the target: the new store stands whole;
 * 5. remove what was replaced, and the notes: the next begin removes the rest.
 */
import { readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, parse, resolve, sep } from "node:path";
import { NOTES, isCodedError, type NamedObject, type ObjectStore, type StoreTransaction } from "@zagg/core";
import { holdsObjects } from "@zagg/core/internal";
import { flushEntries, flushFolder } from "./durable-folder.js";
import { isAbsent, unwritable, writeError } from "./file-errors.js";
import { isSiblingName, siblingPath, throughLinks } from "./file-path.js";
import { makeFolder, makeFolders } from "./make-folders.js";
import { replaceFile } from "./replace-file.js";
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
    const places = {
      target,
      work: siblingPath(target, id, "partial"),
      notes: siblingPath(target, id, "notes"),
      replaced: siblingPath(target, id, "replaced"),
    };
    const { work, notes } = places;
    const inside = resolve(work, NOTES);
    await makeFolders(dirname(target));
    await recover(target);
    await assertReplaceable(target);
    const resumed = !(await makeFolder(work));
    if (resumed && !(await isThere(inside))) await renameIfThere(notes, inside);
    await remove(notes);
    let aborted = false;
    return {
      workUri: work,
      store: openFolder(work),
      resumed,
      committing: false,
      async commit(root) {
        if (root.length === 0) throw new RangeError("a root has at least one object");
        if (aborted) throw unwritable(target, "the work was aborted", "run again: the work is done anew");
        await commit(places, root, openFolder);
      },
      async abort() {
        aborted = true;
        await remove(work);
        await remove(notes);
      },
    };
  } catch (error) {
    throw isCodedError(error) ? error : writeError(path, error);
  }
}

/** Paths of a transaction. */
interface FilePlaces {
  readonly target: string;
  readonly work: string;
  readonly notes: string;
  readonly replaced: string;
}

async function commit(
  { target, work, notes, replaced }: FilePlaces,
  root: readonly NamedObject[],
  openFolder: (path: string) => ObjectStore,
): Promise<void> {
  try {
    await recover(target);
    if (!(await isThere(work))) {
      if (await holdsObjects(openFolder(target), root)) return;
      throw unwritable(target, "the work is not there any more", "run again: the work is done anew");
    }
    await assertReplaceable(target);
    await renameIfThere(resolve(work, NOTES), notes);
    for (const { key, bytes } of root) await writeInside(work, key, bytes);
    await flushFolder(work);
    const hadTarget = await renameIfThere(target, replaced);
    try {
      await rename(work, target);
    } catch (error) {
      if (hadTarget) await putBack(replaced, target);
      throw error;
    }
    // A begin of the same id may have moved them back in the meantime.
    await remove(resolve(target, NOTES));
    await flushEntries(dirname(target));
    if (hadTarget) await removeReplaced(replaced, target);
    await remove(notes);
  } catch (error) {
    throw isCodedError(error) ? error : writeError(target, error);
  }
}

/** Writes an object of the work, but makes no work anew when another process has put it in place meanwhile. */
async function writeInside(work: string, key: string, bytes: Uint8Array): Promise<void> {
  const folders = key.split("/").slice(0, -1);
  for (let depth = 1; depth <= folders.length; depth++)
    await makeFolder(join(work, ...folders.slice(0, depth)));
  await replaceFile(join(work, key), bytes);
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
  const names = (await readdir(parent)).sort();
  for (const name of names.filter((each) => isSiblingName(each, target, "replaced"))) {
    const old = join(parent, name);
    if (await isThere(target)) await rm(old, { recursive: true, force: true });
    else await rename(old, target);
  }
  for (const name of names.filter((each) => isSiblingName(each, target, "notes"))) {
    // Notes without the work that they are about are those of a commit that came to its end.
    const work = join(parent, `${name.slice(0, -"notes".length)}partial`);
    if (!(await isThere(work))) await rm(join(parent, name), { recursive: true, force: true });
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
