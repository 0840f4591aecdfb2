export type { ExactJson } from "./metadata/exact-json.js";
export type { ShardIndex } from "./blocks/shard.js";
export type { StoredArray, StoredGroup, StoredHierarchy } from "./metadata/hierarchy.js";

export type { RaggedElements } from "./ragged/declared-elements.js";
export type { RaggedArray } from "./ragged/open-ragged.js";

export { codes } from "./codes.js";
export { zarr } from "./format.js";
export { memoryStore } from "./memory-store.js";
export { declaredElements } from "./ragged/declared-elements.js";
export { openRagged } from "./ragged/open-ragged.js";
export { readHierarchy } from "./metadata/hierarchy.js";
export { arrayMetadata, groupMetadata, rootMetadata } from "./metadata/metadata.js";
export { formatJson } from "./metadata/exact-json.js";
export { encodeChunk } from "./blocks/chunk.js";
export { encodeShard, parseShardIndex } from "./blocks/shard.js";
export { crc32c } from "./blocks/crc32c.js";
