/** Stores in memory: for tests, and for results that are passed on without touching a disk. */
import {
  StoreError,
  assertRange,
  beginByCopy,
  rangeWithin,
  type ObjectStore,
  type StoreFactory,
} from "@zagg/core";
import { assertKey, assertPrefix, assertTransactionId, escapedId } from "./store-key.js";

type Objects = Map<string, Uint8Array>;

/**
 * A factory of stores under `memory://name`. The factory holds them: two factories share nothing, and neither do
 * threads. Bytes are copied in and out.
 */
export function memoryStore(): StoreFactory {
  const stores = new Map<string, Objects>();
  return {
    kind: "store",
    apiVersion: 2,
    name: "memory",
    description: "Objects in the memory of this process.",
    schemes: ["memory"],
    optionsSchema: { type: "object", additionalProperties: false, properties: {} },
    open: (uri) => openObjects(stores, storeName(uri)),
    async begin(uri, id) {
      assertTransactionId(id);
      const name = storeName(uri);
      const places = {
        target: openObjects(stores, name),
        work: (workId: string) => openObjects(stores, `.${name}.${escapedId(workId)}.partial`),
        journal: openObjects(stores, `.${name}.commit`),
        copy: async (from: ObjectStore, to: ObjectStore, key: string) => copyObject(stores, from, to, key),
      };
      return beginByCopy(places, id);
    },
  };
}

function openObjects(stores: Map<string, Objects>, name: string): ObjectStore {
  const find = (key: string): Uint8Array | undefined => {
    assertKey(key);
    return stores.get(name)?.get(key);
  };
  return {
    uri: `memory://${name}`,
    get: async (key) => find(key)?.slice(),
    async getRange(key, range) {
      assertRange(range);
      const found = find(key);
      if (found === undefined) return undefined;
      const { start, stop } = rangeWithin(range, found.length);
      return found.slice(start, stop);
    },
    size: async (key) => find(key)?.length,
    async put(key, bytes) {
      assertKey(key);
      putObject(stores, name, key, bytes.slice());
    },
    async delete(key) {
      assertKey(key);
      stores.get(name)?.delete(key);
    },
    async *list(prefix) {
      assertPrefix(prefix);
      for (const key of [...(stores.get(name)?.keys() ?? [])]) if (key.startsWith(prefix)) yield key;
    },
  };
}

function putObject(stores: Map<string, Objects>, name: string, key: string, bytes: Uint8Array): void {
  stores.set(name, (stores.get(name) ?? new Map<string, Uint8Array>()).set(key, bytes));
}

/** The copy shares the bytes, which nothing writes to. */
function copyObject(stores: Map<string, Objects>, from: ObjectStore, to: ObjectStore, key: string): boolean {
  const found = stores.get(storeName(from.uri))?.get(key);
  if (found !== undefined) putObject(stores, storeName(to.uri), key, found);
  return found !== undefined;
}

function storeName(uri: string): string {
  const name = /^memory:\/\/(.*?)\/*$/i.exec(uri)?.[1] ?? "";
  if (name !== "") return name;
  throw new StoreError("STORE_URI_INVALID", {
    what: `${JSON.stringify(uri)} does not name a store in memory`,
    why: "such a store is memory:// and a name",
    mend: "write memory://scratch, for instance",
  });
}
