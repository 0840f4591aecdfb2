/** What a store holds, as the laws of stores compare it. */
import type { ObjectStore } from "../../store.js";
import { broken } from "../framework.js";
import { firstDifference, show } from "../values.js";

const encoder = new TextEncoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** The keys of a store, sorted. @throws when one is listed twice */
export async function keysOf(store: ObjectStore, prefix = ""): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  if (new Set(keys).size < keys.length) broken(`list(${show(prefix)}) gives a key twice: ${show(keys)}`);
  return keys.sort();
}

/** @throws when a key does not hold these bytes; undefined stands for no object */
export async function assertHolds(
  store: ObjectStore,
  key: string,
  wanted: Uint8Array | undefined,
  when: string,
): Promise<void> {
  const found = await store.get(key);
  if (found === undefined && wanted === undefined) return;
  if (found === undefined) return broken(`${when}, there is no object at ${show(key)}`);
  if (wanted === undefined)
    return broken(`${when}, there are ${found.length} bytes at ${show(key)}, and should be none`);
  const at = firstDifference(found, wanted);
  if (at >= 0) {
    broken(
      `${when}, ${show(key)} has ${found.length} bytes, byte ${at} is ${found[at]}; ${wanted.length} were put, byte ${at} is ${wanted[at]}`,
    );
  }
}

/** @throws when a store does not hold these keys and no others */
export async function assertKeys(
  store: ObjectStore,
  wanted: readonly string[],
  when: string,
  prefix = "",
): Promise<void> {
  const found = await keysOf(store, prefix);
  const sorted = [...wanted].sort();
  if (show(found) !== show(sorted))
    broken(`${when}, list(${show(prefix)}) gives ${show(found)}, not ${show(sorted)}`);
}
