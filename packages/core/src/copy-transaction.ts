/**
 * Transactions of stores that can neither rename nor write on a condition: the commit copies the work to the target, and
 * a journal beside the target says how far it is.
 *
 * The steps of a commit, and what a process that dies after each one leaves:
 * 1. put the root among the notes of the work: the target is untouched, the work is found again by its id;
 * 2. put the journal, at "clearing": the commit is decided; the target still holds the old store;
 * 3. take away what stands at the target, the root first, then near before far from it: no store opens;
 * 4. put the journal, at "copying";
 * 5. copy the work to the target, far before near: no store opens;
 * 6. put the root: the new store stands whole;
 * 7. put the journal, at "done";
 * 8. drop the work, then the journal.
 * From 2 on, a commit or an abort of the same id goes on with the step that the journal names, and so does the next begin
 * of another id. Every step may be done again, also by two processes at once.
 */
import { StoreError } from "./errors.js";
import { NOTES, type NamedObject, type ObjectStore, type StoreTransaction } from "./store.js";

/** The places that a transaction on one target uses, none of them within another. */
export interface CopyPlaces {
  readonly target: ObjectStore;
  /** The work of an id; its URI is the transaction's `workUri`. */
  work(id: string): ObjectStore;
  /** Where the journal of commits on this target is kept; it lists to nobody else. */
  readonly journal: ObjectStore;
  /** Copies an object under its key, on the server where it can; false when there is none to copy. */
  copy(from: ObjectStore, to: ObjectStore, key: string): Promise<boolean>;
}

interface Journal {
  readonly id: string;
  readonly state: "clearing" | "copying" | "done";
  /** Keys of the root's objects, in the order in which they are put. */
  readonly root: readonly string[];
}

const JOURNAL_KEY = "commit.json";
/** Says that the work of an id is begun and not yet done with, and finds out whether it can be written. */
const BEGUN_KEY = `${NOTES}begun`;
const ROOT_NOTES = `${NOTES}root/`;
/** Objects copied or deleted at once. */
const BATCH = 32;

/** Begins a transaction; see {@link StoreTransaction}. @throws StoreError as the stores do */
export async function beginByCopy(places: CopyPlaces, id: string): Promise<StoreTransaction> {
  const found = await readJournal(places);
  const committing = found?.id === id && found.state !== "done";
  if (found !== undefined && !committing) await goOn(places, found);
  const work = places.work(id);
  const resumed = await isBegun(work);
  if (!resumed) {
    // What a worker wrote that had not heard of the end.
    await deleteAll(work, await keysByDepth(work));
    await work.put(BEGUN_KEY, new Uint8Array());
  }
  let aborted = false;
  return {
    workUri: work.uri,
    store: work,
    resumed,
    committing,
    async commit(root) {
      if (aborted) throw workGone(places.target.uri, "it was aborted");
      await commit(places, id, root);
    },
    async abort() {
      aborted = true;
      const pending = await readJournal(places);
      if (pending?.id === id) await goOn(places, pending);
      else await deleteAll(work, await keysByDepth(work));
    },
  };
}

async function commit(places: CopyPlaces, id: string, root: readonly NamedObject[]): Promise<void> {
  if (root.length === 0) throw new RangeError("a root has at least one object");
  let pending = await readJournal(places);
  if (pending !== undefined && (pending.id !== id || pending.state === "done")) {
    await goOn(places, pending);
    pending = undefined;
  }
  const work = places.work(id);
  if (!(await isBegun(work))) {
    if (await holdsObjects(places.target, root)) return;
    throw workGone(places.target.uri, "the work is not there any more");
  }
  for (const { key, bytes } of root) await work.put(ROOT_NOTES + key, bytes);
  if (pending === undefined) {
    pending = { id, state: "clearing", root: root.map(({ key }) => key) };
    await writeJournal(places, pending);
  }
  await goOn(places, pending);
}

/** Goes on with a commit from the step that its journal names, to the end. */
async function goOn(places: CopyPlaces, journal: Journal): Promise<void> {
  let now: Journal | undefined = journal;
  if (now.state === "clearing") {
    await clearTarget(places, now);
    now = await advance(places, now, "copying");
  }
  if (now?.state === "copying") {
    const isCopied = await copyWork(places, now);
    now = isCopied ? await advance(places, now, "done") : await readJournal(places);
    if (!isCopied && now?.id === journal.id && now.state === "copying") throw workLost(places, journal);
  }
  // Another process may have come to the end of this commit, and even to the next.
  if (now?.state !== "done" || now.id !== journal.id) return;
  const work = places.work(now.id);
  await deleteAll(work, await keysByDepth(work));
  if ((await readJournal(places))?.id === now.id) await places.journal.delete(JOURNAL_KEY);
}

/** Near before far: what describes an array or group goes before what is in it. */
async function clearTarget(places: CopyPlaces, journal: Journal): Promise<void> {
  const { target } = places;
  for (const key of [...journal.root].reverse()) await target.delete(key);
  for (const keys of await keysByDepth(target)) {
    // Whoever comes second must not take away what the first has copied.
    if ((await readJournal(places))?.state !== "clearing") return;
    await deleteAll(target, [keys]);
  }
}

/** @returns false when the work is gone, since another process came to the end of the commit */
async function copyWork(places: CopyPlaces, { id, root }: Journal): Promise<boolean> {
  const { target } = places;
  const work = places.work(id);
  const roots = new Set(root);
  for (const keys of (await keysByDepth(work)).reverse()) {
    const copied = keys.filter((key) => !key.startsWith(NOTES) && !roots.has(key));
    const found = await inBatches(copied, (key) => places.copy(work, target, key));
    if (found.includes(false)) return false;
  }
  for (const key of root) {
    const bytes = await work.get(ROOT_NOTES + key);
    if (bytes === undefined) return false;
    await target.put(key, bytes);
  }
  return true;
}

/** Writes the next state; undefined when another process has taken the commit further. */
async function advance(
  places: CopyPlaces,
  journal: Journal,
  state: Journal["state"],
): Promise<Journal | undefined> {
  const now = await readJournal(places);
  if (now?.id !== journal.id || now.state !== journal.state) return now;
  const next = { ...journal, state };
  await writeJournal(places, next);
  return next;
}

async function readJournal({ journal }: CopyPlaces): Promise<Journal | undefined> {
  const bytes = await journal.get(JOURNAL_KEY);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as Journal);
}

async function writeJournal({ journal }: CopyPlaces, content: Journal): Promise<void> {
  await journal.put(JOURNAL_KEY, new TextEncoder().encode(JSON.stringify(content)));
}

/** Keys of a store, those with the fewest segments first. */
async function keysByDepth(store: ObjectStore): Promise<string[][]> {
  const byDepth: string[][] = [];
  for await (const key of store.list("")) (byDepth[key.split("/").length] ??= []).push(key);
  return byDepth.filter((keys) => keys !== undefined);
}

async function deleteAll(store: ObjectStore, byDepth: readonly (readonly string[])[]): Promise<void> {
  for (const keys of byDepth) await inBatches(keys, (key) => store.delete(key));
}

async function inBatches<T>(keys: readonly string[], step: (key: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let first = 0; first < keys.length; first += BATCH) {
    results.push(...(await Promise.all(keys.slice(first, first + BATCH).map(step))));
  }
  return results;
}

async function isBegun(work: ObjectStore): Promise<boolean> {
  return (await work.size(BEGUN_KEY)) !== undefined;
}

/** Whether the store holds these very objects. */
export async function holdsObjects(store: ObjectStore, objects: readonly NamedObject[]): Promise<boolean> {
  for (const { key, bytes } of objects) {
    const found = await store.get(key);
    if (found?.length !== bytes.length || found.some((byte, i) => byte !== bytes[i])) return false;
  }
  return true;
}

function workGone(uri: string, why: string): StoreError {
  return new StoreError("STORE_UNWRITABLE", {
    what: `there is nothing to put at ${uri}`,
    why,
    mend: "run again: the work is done anew",
    path: uri,
  });
}

function workLost({ target, journal }: CopyPlaces, { id }: Journal): StoreError {
  return new StoreError("STORE_UNWRITABLE", {
    what: `a commit to ${target.uri} was cut off and cannot be finished`,
    why: `the work of ${id}, which was half copied, is not there any more`,
    mend: `remove what is at ${target.uri}, which does not open, and what is at ${journal.uri}`,
    path: target.uri,
  });
}
