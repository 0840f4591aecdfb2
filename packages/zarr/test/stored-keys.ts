import type { ObjectStore } from "@zagg/core";

/** The keys of a store, sorted. */
export async function keysOf(store: ObjectStore, prefix = ""): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  return keys.sort();
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export async function textOf(store: ObjectStore, key: string): Promise<string | undefined> {
  const bytes = await store.get(key);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}
