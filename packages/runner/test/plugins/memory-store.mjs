/** A store in memory that logs its writes: for tests. */
import { NOTES, StoreError, rangeWithin } from "@zagg/core";

/**
 * @typedef {Map<string, Uint8Array>} Objects
 * @typedef {{ stores: Map<string, Objects>, puts: string[], begun: number, refuse?: (key: string) => string | undefined }} MemoryDisk
 *   `refuse` gives the code with which writing a key fails
 */

/** @returns {MemoryDisk} */
export function memoryDisk() {
  return { stores: new Map(), puts: [], begun: 0 };
}

/**
 * @param {MemoryDisk} disk
 * @returns {import("@zagg/core").StoreFactory}
 */
export function memoryStore(disk) {
  /** @type {(uri: string) => Objects} */
  const objects = (uri) => disk.stores.get(uri) ?? new Map();
  /** @type {(uri: string) => import("@zagg/core").ObjectStore} */
  const open = (uri) => ({
    uri,
    get: async (key) => objects(uri).get(key),
    put: async (key, bytes) => {
      const code = disk.refuse?.(key);
      if (code !== undefined)
        throw new StoreError(code, { what: key, why: "the test says so", mend: "none" });
      disk.puts.push(`${uri}/${key}`);
      disk.stores.set(uri, objects(uri).set(key, bytes.slice()));
    },
    getRange: async (key, range) => {
      const found = objects(uri).get(key);
      if (found === undefined) return undefined;
      const { start, stop } = rangeWithin(range, found.length);
      return found.slice(start, stop);
    },
    size: async (key) => objects(uri).get(key)?.length,
    delete: async (key) => {
      objects(uri).delete(key);
    },
    async *list(prefix) {
      for (const key of objects(uri).keys()) if (key.startsWith(prefix)) yield key;
    },
  });
  return {
    kind: "store",
    apiVersion: 2,
    name: "memory",
    description: "Objects in memory.",
    schemes: ["memory"],
    optionsSchema: { type: "object", properties: {} },
    open,
    begin: async (uri, id) => {
      disk.begun++;
      const workUri = `${uri}.${id}.partial`;
      const resumed = disk.stores.has(workUri);
      if (!resumed) disk.stores.set(workUri, new Map());
      return {
        workUri,
        store: open(workUri),
        resumed,
        committing: false,
        commit: async (root) => {
          const store = new Map([...objects(workUri)].filter(([key]) => !key.startsWith(NOTES)));
          for (const { key, bytes } of root) store.set(key, bytes);
          disk.stores.set(uri, store);
          disk.stores.delete(workUri);
        },
        abort: async () => {
          disk.stores.delete(workUri);
        },
      };
    },
  };
}
