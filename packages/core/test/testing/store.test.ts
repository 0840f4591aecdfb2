import { describe, expect, it } from "vitest";
import {
  StoreError,
  assertRange,
  beginByCopy,
  rangeWithin,
  type NamedObject,
  type ObjectStore,
  type StoreFactory,
  type StoreTransaction,
} from "../../src/index.js";
import { remoteLikeStore, remoteOptions, storeContract } from "../../src/testing.js";
import { brokenLaws } from "./collect-laws.js";

type Objects = Map<string, Uint8Array>;

/** A transaction and what a fault may touch: handles that count their requests. */
interface Subject {
  readonly target: ObjectStore;
  readonly work: ObjectStore;
  readonly transaction: StoreTransaction;
  /** All objects by store, past every handle. */
  readonly stores: Map<string, Objects>;
}

/** What a fault replaces of a correct store in memory. */
interface Faults {
  readonly descriptor?: Partial<StoreFactory>;
  readonly store?: (objects: () => Objects, store: ObjectStore) => Partial<ObjectStore>;
  readonly transaction?: (subject: Subject) => Partial<StoreTransaction>;
  /** The name of the work of an id on a target. */
  readonly workOf?: (target: string, id: string) => string;
  /** Begins without a look at what an earlier commit left. */
  readonly blind?: boolean;
}

/** How many requests a process still makes, and whether the one after them takes effect. */
interface Life {
  left: number;
  readonly answerLost: boolean;
}

function memory(faults: Faults = {}, stores = new Map<string, Objects>(), life?: Life): StoreFactory {
  const objectsOf = (name: string) => {
    const objects = stores.get(name) ?? new Map<string, Uint8Array>();
    stores.set(name, objects);
    return objects;
  };
  const request = async <T>(effect: () => T): Promise<T> => {
    if (life === undefined || life.left-- > 0) return effect();
    if (life.left === -1 && life.answerLost) effect();
    throw new Error("the process has died");
  };
  const open = (uri: string): ObjectStore => {
    const objects = () => objectsOf(uri);
    const store: ObjectStore = {
      uri,
      get: async (key) => request(() => objects().get(checked(key))?.slice()),
      async getRange(key, range) {
        assertRange(range);
        const found = await request(() => objects().get(checked(key)));
        if (found === undefined) return undefined;
        const { start, stop } = rangeWithin(range, found.length);
        return found.slice(start, stop);
      },
      size: async (key) => request(() => objects().get(checked(key))?.length),
      put: async (key, bytes) => void (await request(() => objects().set(checked(key), bytes.slice()))),
      delete: async (key) => void (await request(() => objects().delete(checked(key)))),
      async *list(prefix) {
        checked(`${prefix}x`);
        for (const key of await request(() => [...objects().keys()])) if (key.startsWith(prefix)) yield key;
      },
    };
    return { ...store, ...faults.store?.(objects, store) };
  };
  const workOf = faults.workOf ?? ((target, id) => `${target}.${encodeURIComponent(id)}.work`);
  return {
    kind: "store",
    apiVersion: 2,
    name: "memory",
    description: "Objects in memory.",
    schemes: ["memory"],
    optionsSchema: { type: "object", additionalProperties: false, properties: {} },
    open,
    async begin(uri, id) {
      const [target, work] = [open(uri), open(workOf(uri, id))];
      const journal = open(faults.blind === true ? `${uri}.${places++}.journal` : `${uri}.journal`);
      const copy = async (from: ObjectStore, to: ObjectStore, key: string) => copyObject(from, to, key);
      const transaction = await beginByCopy(
        { target, work: (each) => open(workOf(uri, each)), journal, copy },
        id,
      );
      return { ...transaction, ...faults.transaction?.({ target, work, transaction, stores }) };
    },
    ...faults.descriptor,
  };
}

async function copyObject(from: ObjectStore, to: ObjectStore, key: string): Promise<boolean> {
  const bytes = await from.get(key);
  if (bytes !== undefined) await to.put(key, bytes);
  return bytes !== undefined;
}

async function keysIn(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list("")) keys.push(key);
  return keys;
}

/** Moves what is not a note from the work to the target. */
async function moveObjects({ work, target }: Subject): Promise<void> {
  for (const key of await keysIn(work)) if (!key.startsWith(".zagg/")) await copyObject(work, target, key);
}

async function putAll(store: ObjectStore, objects: readonly NamedObject[]): Promise<void> {
  for (const { key, bytes } of objects) await store.put(key, bytes);
}

async function clear(store: ObjectStore): Promise<void> {
  for (const key of await keysIn(store)) await store.delete(key);
}

/** As {@link clear}, the root first. */
async function clearFromRoot(store: ObjectStore): Promise<void> {
  await store.delete("root.json");
  await clear(store);
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

function checked(key: string): string {
  const isSegment = (segment: string) => segment !== "" && segment !== "." && segment !== "..";
  if (!/[\u0000\\]/.test(key) && key.split("/").every(isSegment)) return key;
  throw new StoreError("STORE_KEY_INVALID", { what: `the key ${key}`, why: "is none", mend: "rename it" });
}

let places = 0;
const uri = () => `memory://${places++}`;

/** The factory of a fault, and what its objects are to a process that dies. */
function subjectOf(faults: Faults) {
  const stores = new Map<string, Objects>();
  const dying = (left: number, answerLost: boolean) => memory(faults, stores, { left, answerLost });
  return { factory: memory(faults, stores), dying, uri };
}

const runner = { describe, it, expect, numRuns: 10 };
storeContract({ ...runner, ...subjectOf({}) });

for (const [name, trouble] of Object.entries({
  quick: { pageKeys: 1000 },
  forgetful: { lost: 0.3, throttled: 0.3, pageKeys: 2 },
})) {
  describe(`a ${name} remote-like store`, () => {
    const { factory, dying } = remoteLikeStore(trouble);
    const place = () => `remote://bucket/${name}/${places++}`;
    storeContract({ ...runner, factory, dying, uri: place, options: remoteOptions });
  });
}

/** Stores with one fault each, and the law that has to find it. */
const faults: readonly (readonly [fault: string, law: string, faults: Faults])[] = [
  ["a scheme with its slashes", "its descriptor is whole", { descriptor: { schemes: ["memory://"] } }],
  [
    "keys that lose their percent signs",
    "an object is given back as it was put, under any key",
    { store: (_, { put }) => ({ put: (key, bytes) => put(key.replaceAll("%", "_"), bytes) }) },
  ],
  [
    "a put that appends to what was longer",
    "a put replaces the whole object",
    {
      store: (objects) => ({
        async put(key, bytes) {
          const whole = objects().get(checked(key))?.slice() ?? new Uint8Array();
          if (whole.length <= bytes.length) objects().set(key, bytes.slice());
          else whole.set(bytes);
          if (whole.length > bytes.length) objects().set(key, whole);
        },
      }),
    },
  ],
  [
    "an empty object taken for none",
    "any sequence of puts and deletes leaves what a map would hold",
    { store: (_, { get }) => ({ get: async (key) => ((await get(key))?.length ? get(key) : undefined) }) },
  ],
  [
    "a delete that takes what is below",
    "deleting what is not there is no error, and deletes nothing else",
    {
      store: (objects) => ({
        async delete(key) {
          for (const known of [...objects().keys()])
            if (known.startsWith(checked(key))) objects().delete(known);
        },
      }),
    },
  ],
  [
    "an error on deleting nothing",
    "deleting what is not there is no error, and deletes nothing else",
    {
      store: (objects) => ({
        async delete(key) {
          if (!objects().delete(checked(key))) throw new Error("nothing to delete");
        },
      }),
    },
  ],
  [
    "a prefix taken for a folder",
    "a prefix lists the keys that begin with it, wherever it ends",
    {
      store: (objects) => ({
        async *list(prefix) {
          checked(`${prefix}x`);
          const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
          for (const key of [...objects().keys()]) if (key.startsWith(folder)) yield key;
        },
      }),
    },
  ],
  [
    "the caller's own bytes",
    "bytes are copied in and out",
    { store: (objects) => ({ put: async (key, bytes) => void objects().set(checked(key), bytes) }) },
  ],
  [
    "its own bytes given out",
    "bytes are copied in and out",
    { store: (objects) => ({ get: async (key) => objects().get(checked(key)) }) },
  ],
  [
    "the whole buffer under the bytes",
    "bytes are copied in and out",
    {
      store: (objects) => ({
        put: async (key, bytes) => void objects().set(checked(key), new Uint8Array(bytes.buffer.slice(0))),
      }),
    },
  ],
  [
    "any key at all",
    "a hostile key is refused, with a code, and nothing is written",
    { store: (objects) => ({ put: async (key, bytes) => void objects().set(key, bytes.slice()) }) },
  ],
  [
    "keys refused without a code",
    "a hostile key is refused, with a code, and nothing is written",
    {
      store: (objects) => ({
        async get(key) {
          if (key.includes("..")) throw new Error("no");
          return objects().get(checked(key))?.slice();
        },
      }),
    },
  ],
  [
    "objects written in two parts",
    "puts at one key at once leave one object whole, and readers see none in part",
    {
      store: (objects) => ({
        async put(key, bytes) {
          objects().set(checked(key), bytes.slice(0, bytes.length / 2));
          await new Promise((resolve) => setTimeout(resolve, 0));
          objects().set(key, bytes.slice());
        },
      }),
    },
  ],
  [
    "objects that live as long as the handle",
    "opening its URI again finds the same objects, and another URI does not",
    {
      store: () => {
        const own: Objects = new Map();
        return {
          get: async (key) => own.get(checked(key))?.slice(),
          put: async (key, bytes) => void own.set(checked(key), bytes.slice()),
        };
      },
    },
  ],
  [
    "an end of a range that is taken in",
    "a range gives those bytes of an object, and none beyond its end",
    {
      store: (_, { getRange }) => ({
        getRange: (key, range) =>
          getRange(key, "stop" in range ? { start: range.start, stop: range.stop + 1 } : range),
      }),
    },
  ],
  [
    "zeros beyond the end",
    "a range gives those bytes of an object, and none beyond its end",
    {
      store: (_, { getRange }) => ({
        async getRange(key, range) {
          const found = await getRange(key, range);
          if (found === undefined || "last" in range) return found;
          const filled = new Uint8Array(range.stop - range.start);
          filled.set(found);
          return filled;
        },
      }),
    },
  ],
  [
    "a start beyond the end that fails",
    "a range gives those bytes of an object, and none beyond its end",
    {
      store: (_, { getRange, size }) => ({
        async getRange(key, range) {
          if ("start" in range && range.start > ((await size(key)) ?? 0))
            throw new StoreError("STORE_UNREADABLE", { what: "416", why: "the range", mend: "none" });
          return getRange(key, range);
        },
      }),
    },
  ],
  [
    "a suffix longer than the object that counts from its end again",
    "a range gives those bytes of an object, and none beyond its end",
    {
      store: (_, { get, getRange }) => ({
        getRange: async (key, range) =>
          "last" in range && range.last > 0
            ? (await get(key))?.slice(-(range.last % 5))
            : getRange(key, range),
      }),
    },
  ],
  [
    "a part of an empty object taken for none",
    "any range of an empty object is empty, and of none there is none",
    {
      store: (_, { size, getRange }) => ({
        getRange: async (key, range) => ((await size(key)) === 0 ? undefined : getRange(key, range)),
      }),
    },
  ],
  [
    "an empty part of what is not there",
    "any range of an empty object is empty, and of none there is none",
    {
      store: (_, { getRange }) => ({
        getRange: async (key, range) => (await getRange(key, range)) ?? new Uint8Array(),
      }),
    },
  ],
  [
    "a range that ends before it starts",
    "what is no range is refused",
    {
      store: (_, { get, getRange }) => ({
        getRange: async (key, range) =>
          "stop" in range && range.stop < range.start
            ? (await get(key))?.slice(range.start, range.stop)
            : getRange(key, range),
      }),
    },
  ],
  [
    "parts of what stood there before",
    "a range is of the object as it is now, and its bytes are the caller's",
    {
      store: (_, { get }) => {
        const seen: Objects = new Map();
        return {
          async getRange(key, range) {
            assertRange(range);
            const found = seen.get(key) ?? (await get(key));
            if (found === undefined) return undefined;
            seen.set(key, found);
            const { start, stop } = rangeWithin(range, found.length);
            return found.slice(start, stop);
          },
        };
      },
    },
  ],
  [
    "parts that are its own bytes",
    "a range is of the object as it is now, and its bytes are the caller's",
    {
      store: (objects) => ({
        async getRange(key, range) {
          const found = objects().get(checked(key));
          if (found === undefined) return undefined;
          const { start, stop } = rangeWithin(range, found.length);
          return found.subarray(start, stop);
        },
      }),
    },
  ],
  [
    "a size of what is not there",
    "a size is that of the object as it is now",
    { store: (_, { size }) => ({ size: async (key) => (await size(key)) ?? 0 }) },
  ],
  [
    "a size that is remembered",
    "a size is that of the object as it is now",
    {
      store: (_, { size }) => {
        const seen = new Map<string, number>();
        return {
          async size(key) {
            const found = seen.get(key) ?? (await size(key));
            if (found !== undefined) seen.set(key, found);
            return found;
          },
        };
      },
    },
  ],
  [
    "options of any name",
    "it says which options it takes, and takes no others",
    { descriptor: { optionsSchema: { type: "object", properties: {} } } },
  ],
  [
    "an option that nobody can know",
    "it says which options it takes, and takes no others",
    {
      descriptor: {
        optionsSchema: {
          type: "object",
          additionalProperties: false,
          properties: { region: { type: "string" } },
        },
      },
    },
  ],
  ["work in the target itself", "work is invisible until the commit", { workOf: (target) => target }],
  [
    "a commit that merges",
    "a commit puts the work in place of all that stood there",
    {
      transaction: (subject) => ({
        async commit(root) {
          await moveObjects(subject);
          await putAll(subject.target, root);
        },
      }),
    },
  ],
  [
    "a commit that moves nothing",
    "a commit makes a store where there was none",
    { transaction: ({ target }) => ({ commit: (root) => putAll(target, root) }) },
  ],
  [
    "a copy of the target to begin with",
    "a transaction begins without what stands at the target",
    {
      transaction: ({ stores, target, work }) => {
        for (const [key, bytes] of stores.get(target.uri) ?? []) stores.get(work.uri)?.set(key, bytes);
        return {};
      },
    },
  ],
  [
    "work that its URI does not lead to",
    "others write to the work by its URI",
    { transaction: ({ work }) => ({ workUri: `${work.uri}.elsewhere` }) },
  ],
  [
    "an abort that keeps the work",
    "an abort drops the work and leaves the target",
    { transaction: () => ({ abort: async () => undefined }) },
  ],
  [
    "an abort that clears the target",
    "an abort drops the work and leaves the target",
    {
      transaction: ({ target, transaction }) => ({
        async abort() {
          await transaction.abort();
          await clear(target);
        },
      }),
    },
  ],
  [
    "work that nobody finds again",
    "the same id finds the work of an interrupted transaction",
    { workOf: (target, id) => `${target}.${id}.${places++}` },
  ],
  [
    "ids that are made file names by dropping what is not a letter",
    "work of different ids is apart, whatever text they are",
    { workOf: (target, id) => `${target}.${id.replaceAll(/[^a-z0-9]/g, "")}` },
  ],
  ["one place for all work", "work on one target is no work on another", { workOf: (_, id) => `work.${id}` }],
  [
    "an earlier commit that lets no later one be",
    "of two commits the later one stands whole",
    {
      transaction: ({ target, transaction }) => ({
        commit: async (root) => ((await target.get("root")) ? undefined : transaction.commit(root)),
      }),
    },
  ],
  [
    "a root that is put before the rest",
    "while it commits, a reader finds the old store whole, the new one whole, or none",
    {
      transaction: (subject) => ({
        async commit(root) {
          await clearFromRoot(subject.target);
          await putAll(subject.target, root);
          await turn();
          await moveObjects(subject);
        },
      }),
    },
  ],
  [
    "an old root that stays while the rest is replaced",
    "while it commits, a reader finds the old store whole, the new one whole, or none",
    {
      transaction: (subject) => ({
        async commit(root) {
          await moveObjects(subject);
          await turn();
          await clearFromRoot(subject.target);
          await moveObjects(subject);
          await putAll(subject.target, root);
        },
      }),
    },
  ],
  [
    "notes that are committed",
    "notes are seen by whoever opens the work, and are never at the target",
    {
      transaction: ({ work, target, transaction }) => ({
        async commit(root) {
          const notes = await work.get(".zagg/claim");
          await transaction.commit(root);
          if (notes !== undefined) await target.put(".zagg/claim", notes);
        },
      }),
    },
  ],
  [
    "notes that outlive the commit",
    "notes are seen by whoever opens the work, and are never at the target",
    {
      transaction: ({ work, transaction }) => ({
        async commit(root) {
          const notes = await work.get(".zagg/claim");
          await transaction.commit(root);
          if (notes !== undefined) await work.put(".zagg/claim", notes);
        },
      }),
    },
  ],
  [
    "a commit that fails the second time",
    "a commit may be repeated, also by another that holds the id",
    {
      transaction: ({ transaction }) => {
        let isOver = false;
        return {
          async commit(root) {
            if (isOver) throw new Error("it is over");
            isOver = true;
            await transaction.commit(root);
          },
        };
      },
    },
  ],
  [
    "a second commit that empties the target",
    "a commit may be repeated, also by another that holds the id",
    {
      transaction: (subject) => ({
        async commit(root) {
          await clearFromRoot(subject.target);
          await moveObjects(subject);
          await putAll(subject.target, root);
          await clear(subject.work);
        },
      }),
    },
  ],
  [
    "a repeat that takes the store of another for its own",
    "a commit that is repeated leaves the store that another has put there since",
    {
      transaction: ({ work, transaction }) => ({
        commit: async (root) => ((await keysIn(work)).length === 0 ? undefined : transaction.commit(root)),
      }),
    },
  ],
  [
    "a repeat that puts its root in the store of another",
    "a commit that is repeated leaves the store that another has put there since",
    {
      transaction: ({ work, target, transaction }) => ({
        async commit(root) {
          if ((await keysIn(work)).length === 0) await putAll(target, root);
          await transaction.commit(root);
        },
      }),
    },
  ],
  [
    "a commit after an abort that says it is done",
    "what is aborted commits no more, and the target stays",
    {
      transaction: ({ transaction }) => {
        let aborted = false;
        return {
          async abort() {
            aborted = true;
            await transaction.abort();
          },
          commit: async (root) => (aborted ? undefined : transaction.commit(root)),
        };
      },
    },
  ],
  [
    "a commit of no root at all",
    "a root without an object is refused, and the target stays",
    {
      transaction: (subject) => ({
        async commit(root) {
          await clearFromRoot(subject.target);
          await moveObjects(subject);
          await putAll(subject.target, root);
        },
      }),
    },
  ],
  [
    "a commit that drops the work before the root is put",
    "a commit that died anywhere is ended by the same id",
    {
      transaction: (subject) => ({
        async commit(root) {
          await clearFromRoot(subject.target);
          await moveObjects(subject);
          await clear(subject.work);
          await putAll(subject.target, root);
        },
      }),
    },
  ],
  [
    "a commit that leaves no trace of how far it is",
    "a commit that died anywhere leaves a whole store to those who begin with another id",
    { blind: true },
  ],
  [
    "an abort that drops what is half committed",
    "an abort after a commit that died anywhere leaves a whole store",
    { transaction: ({ work }) => ({ abort: () => clear(work) }) },
  ],
];

describe("the store kit finds", () => {
  for (const [fault, law, change] of faults) {
    it(fault, async () => {
      const subject = subjectOf(change);
      expect(await brokenLaws((kit) => storeContract({ ...kit, ...subject }), law)).toEqual([law]);
    });
  }
});
