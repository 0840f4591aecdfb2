export type { ExactJson } from "./exact-json.js";
export type { ShardIndex } from "./shard.js";
export type { SizedStore, StoredArray, StoredGroup, StoredHierarchy } from "./hierarchy.js";

export type { RaggedArray, RaggedElements } from "./ragged/open-ragged.js";

export { codes } from "./codes.js";
export { zarr } from "./format.js";
export { memoryStore } from "./memory-store.js";
export { openRagged } from "./ragged/open-ragged.js";
export { readHierarchy } from "./hierarchy.js";
export { arrayMetadata, groupMetadata, rootMetadata } from "./metadata.js";
export { formatJson } from "./exact-json.js";
export { encodeChunk } from "./chunk.js";
export { encodeShard, parseShardIndex } from "./shard.js";
export { crc32c } from "./crc32c.js";
