/** Reading with zarrita, an independent implementation of Zarr. */
import type { ObjectStore } from "@zagg/core";
import * as zarrita from "zarrita";

/** A store as zarrita wants one. */
export function readable(store: ObjectStore): zarrita.AsyncReadable {
  const get = (key: string) => store.get(key.slice(1));
  return {
    get,
    async getRange(key, range) {
      const bytes = await get(key);
      if (bytes === undefined) return undefined;
      if ("suffixLength" in range) return bytes.slice(bytes.length - range.suffixLength);
      return bytes.slice(range.offset, range.offset + range.length);
    },
  };
}

/** All values of an array, in row-major order. */
export async function readAll(store: ObjectStore, path: string): Promise<readonly unknown[]> {
  const array = await openArray(store, path);
  const result = await zarrita.get(array);
  if (typeof result !== "object" || result === null || !("data" in result)) return [result];
  return Array.from(result.data as Iterable<unknown>);
}

export function openArray(store: ObjectStore, path: string): Promise<zarrita.Array<zarrita.DataType>> {
  return zarrita.open.v3(zarrita.root(readable(store)).resolve(path), { kind: "array" });
}
