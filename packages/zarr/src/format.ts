/** The Zarr 3 output format: metadata, then blocks, then the root. */
import type {
  ArraySpec,
  HierarchySpec,
  NamedObject,
  ObjectStore,
  OutputFormat,
  RaggedBlock,
  TypedArray,
} from "@zagg/core";
import { blockEncoder } from "./blocks/block-encoder.js";
import { assertBlock, blockLayout, chunkKeys, shardKey } from "./blocks/block-layout.js";
import { assertHierarchy } from "./metadata/check-hierarchy.js";
import { formatJson, parseJson, type ExactJson } from "./metadata/exact-json.js";
import { arrayMetadata, groupMetadata, rootMetadata } from "./metadata/metadata.js";
import { encodeShardOf } from "./blocks/shard.js";

const ROOT_KEY = "zarr.json";
/** Objects of one block written at once, when each chunk is an object of its own. */
const WRITES_AT_ONCE = 8;

/**
 * Writes Zarr 3 with consolidated metadata. One object per block (sharding codec) or one per chunk; zstd or plain bytes.
 * Chunks of nothing but the fill value are not stored, and an older object in such a place is removed.
 */
export const zarr: OutputFormat = {
  kind: "format",
  apiVersion: 2,
  name: "zarr",
  description: "Zarr 3: sharded or one object per chunk, consolidated metadata.",
  recognizes,
  begin,
  writeBlock,
  root,
};

async function recognizes(store: ObjectStore): Promise<boolean> {
  const document = await store.get(ROOT_KEY);
  if (document !== undefined && declaresZarr(document)) return true;
  return (await store.size(".zgroup")) !== undefined || (await store.size(".zarray")) !== undefined;
}

async function begin(store: ObjectStore, hierarchy: HierarchySpec): Promise<void> {
  assertHierarchy(hierarchy);
  await store.delete(ROOT_KEY);
  for (const group of hierarchy.groups) {
    if (group.path !== "") await putJson(store, `${group.path}/${ROOT_KEY}`, groupMetadata(group));
  }
  for (const array of hierarchy.arrays) {
    await putJson(store, `${array.path}/${ROOT_KEY}`, arrayMetadata(array));
  }
}

function root(hierarchy: HierarchySpec): readonly NamedObject[] {
  assertHierarchy(hierarchy);
  return [{ key: ROOT_KEY, bytes: new TextEncoder().encode(formatJson(rootMetadata(hierarchy))) }];
}

async function writeBlock(
  store: ObjectStore,
  array: ArraySpec,
  block: readonly number[],
  values: TypedArray | RaggedBlock,
): Promise<number> {
  assertBlock(array, block);
  const encode = await blockEncoder(array, values);
  const layout = blockLayout(array);
  if (array.sharded) {
    return putOrDelete(store, shardKey(array, block), await encodeShardOf(layout.chunks, encode));
  }
  const keys = chunkKeys(array, block, layout);
  let stored = 0;
  for (let first = 0; first < keys.length; first += WRITES_AT_ONCE) {
    const writes = keys.slice(first, first + WRITES_AT_ONCE).map(async (key, position) => {
      return putOrDelete(store, key, await encode(first + position));
    });
    stored += await sumSettled(writes);
  }
  return stored;
}

async function putOrDelete(store: ObjectStore, key: string, bytes: Uint8Array | undefined): Promise<number> {
  if (bytes === undefined) {
    await store.delete(key);
    return 0;
  }
  await store.put(key, bytes);
  return bytes.length;
}

/** Waits for every write before it reports the first failure, so that none is still under way when the caller hears. */
async function sumSettled(writes: readonly Promise<number>[]): Promise<number> {
  let sum = 0;
  for (const write of await Promise.allSettled(writes)) {
    if (write.status === "rejected") throw write.reason;
    sum += write.value;
  }
  return sum;
}

async function putJson(store: ObjectStore, key: string, document: ExactJson): Promise<void> {
  await store.put(key, new TextEncoder().encode(formatJson(document)));
}

function declaresZarr(bytes: Uint8Array): boolean {
  try {
    const document = parseJson(new TextDecoder().decode(bytes));
    return typeof document === "object" && document !== null && "zarr_format" in document;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
