import type { NamedObject, ObjectStore } from "@zagg/core";

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

export async function putAll(store: ObjectStore, objects: readonly NamedObject[]): Promise<void> {
  for (const { key, bytes } of objects) await store.put(key, bytes);
}

/** A root for stores of which no format is asked. */
export const root: readonly NamedObject[] = [{ key: "root", bytes: bytesOf("root") }];
