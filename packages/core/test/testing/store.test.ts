import { describe, expect, it } from "vitest";
import { StoreError, type ObjectStore, type StoreFactory, type StoreTransaction } from "../../src/index.js";
import { storeContract } from "../../src/testing.js";
import { brokenLaws } from "./collect-laws.js";

type Objects = Map<string, Uint8Array>;

/** What a fault replaces of a correct store in memory. */
interface Faults {
  readonly descriptor?: Partial<StoreFactory>;
  readonly store?: (objects: () => Objects, store: ObjectStore) => Partial<ObjectStore>;
  readonly transaction?: (
    stores: Map<string, Objects>,
    names: { readonly target: string; readonly work: string },
    transaction: StoreTransaction,
  ) => Partial<StoreTransaction>;
  /** The name of the work of an id on a target. */
  readonly workOf?: (target: string, id: string) => string;
}

function memory(faults: Faults = {}): StoreFactory {
  const stores = new Map<string, Objects>();
  const objectsOf = (name: string) => {
    const objects = stores.get(name) ?? new Map<string, Uint8Array>();
    stores.set(name, objects);
    return objects;
  };
  const open = (uri: string): ObjectStore => {
    const objects = () => objectsOf(uri);
    const store: ObjectStore = {
      uri,
      get: async (key) => objects().get(checked(key))?.slice(),
      put: async (key, bytes) => void objects().set(checked(key), bytes.slice()),
      delete: async (key) => void objects().delete(checked(key)),
      async *list(prefix) {
        checked(`${prefix}x`);
        for (const key of [...objects().keys()]) if (key.startsWith(prefix)) yield key;
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
    open,
    async begin(target, id) {
      const work = workOf(target, id);
      const resumed = (stores.get(work)?.size ?? 0) > 0;
      let live = true;
      const transaction: StoreTransaction = {
        workUri: work,
        store: open(work),
        resumed,
        async commit() {
          if (!live) throw new Error("it is over");
          live = false;
          stores.set(target, objectsOf(work));
          stores.delete(work);
        },
        async abort() {
          live = false;
          stores.delete(work);
        },
      };
      return { ...transaction, ...faults.transaction?.(stores, { target, work }, transaction) };
    },
    ...faults.descriptor,
  };
}

function checked(key: string): string {
  const isSegment = (segment: string) => segment !== "" && segment !== "." && segment !== "..";
  if (!/[\u0000\\]/.test(key) && key.split("/").every(isSegment)) return key;
  throw new StoreError("STORE_KEY_INVALID", { what: `the key ${key}`, why: "is none", mend: "rename it" });
}

let places = 0;
const uri = () => `memory://${places++}`;

storeContract({ describe, it, expect, factory: memory(), uri, numRuns: 10 });

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
  ["work in the target itself", "work is invisible until the commit", { workOf: (target) => target }],
  [
    "a commit that merges",
    "a commit puts the work in place of all that stood there",
    {
      transaction: (stores, { target, work }) => ({
        async commit() {
          for (const [key, bytes] of stores.get(work) ?? []) stores.get(target)?.set(key, bytes);
        },
      }),
    },
  ],
  [
    "a copy of the target to begin with",
    "a transaction begins without what stands at the target",
    {
      transaction: (stores, { target, work }) => {
        stores.set(work, new Map(stores.get(target)));
        return {};
      },
    },
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
      transaction: (stores, { target, work }) => ({
        async abort() {
          stores.delete(work);
          stores.delete(target);
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
    "a second commit that empties the target",
    "what is committed or aborted commits no more, and the target stays",
    {
      transaction: (stores, { target, work }) => ({
        async commit() {
          stores.set(target, stores.get(work) ?? new Map());
          stores.delete(work);
        },
      }),
    },
  ],
];

describe("the store kit finds", () => {
  for (const [fault, law, change] of faults) {
    it(fault, async () => {
      const factory = memory(change);
      expect(await brokenLaws((kit) => storeContract({ ...kit, factory, uri }), law)).toEqual([law]);
    });
  }
});
