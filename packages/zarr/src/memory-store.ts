/** Stores in memory: for tests, and for results that are passed on without touching a disk. */
import { StoreError, type ObjectStore, type StoreFactory, type StoreTransaction } from "@zagg/core";
import { assertKey, assertPrefix, assertTransactionId } from "./store-key.js";

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
    open: (uri) => openObjects(stores, storeName(uri)),
    begin: async (uri, id) => beginWork(stores, storeName(uri), id),
  };
}

function openObjects(
  stores: Map<string, Objects>,
  name: string,
): ObjectStore & { size(key: string): Promise<number | undefined> } {
  const objects = () => stores.get(name);
  return {
    uri: `memory://${name}`,
    async get(key) {
      assertKey(key);
      return objects()?.get(key)?.slice();
    },
    async put(key, bytes) {
      assertKey(key);
      const existing = objects() ?? new Map<string, Uint8Array>();
      stores.set(name, existing.set(key, bytes.slice()));
    },
    async delete(key) {
      assertKey(key);
      objects()?.delete(key);
    },
    async *list(prefix) {
      assertPrefix(prefix);
      for (const key of [...(objects()?.keys() ?? [])]) if (key.startsWith(prefix)) yield key;
    },
    async size(key) {
      assertKey(key);
      return objects()?.get(key)?.length;
    },
  };
}

function beginWork(stores: Map<string, Objects>, name: string, id: string): StoreTransaction {
  assertTransactionId(id);
  const work = `.${name}.${id}.partial`;
  const resumed = stores.has(work);
  if (!resumed) stores.set(work, new Map());
  return {
    workUri: `memory://${work}`,
    store: openObjects(stores, work),
    resumed,
    async commit() {
      const objects = stores.get(work);
      if (objects === undefined) throw new Error("the transaction is already committed or aborted");
      stores.set(name, objects);
      stores.delete(work);
    },
    async abort() {
      stores.delete(work);
    },
  };
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
