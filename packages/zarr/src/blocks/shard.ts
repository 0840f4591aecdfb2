/** A shard: chunks back to back, then an index of where each one is. Zarr 3 sharding codec, version 1.0. */
import { StoreError, type ArraySpec, type RaggedBlock, type TypedArray } from "@zagg/core";
import { blockEncoder, type ChunkEncoder } from "./block-encoder.js";
import { blockLayout } from "./block-layout.js";
import { crc32c } from "./crc32c.js";

const ENTRY_BYTES = 16;
const CHECKSUM_BYTES = 4;
/** Half of 2^64−1, which marks a chunk that is not stored. */
const ABSENT_HALF = 0xffffffff;

/** Where the chunks of a shard are, in row-major order; offset and length are -1 for a chunk that is not stored. */
export interface ShardIndex {
  readonly offsets: Float64Array;
  readonly lengths: Float64Array;
}

/**
 * The stored bytes of one shard; undefined when it holds nothing but the fill value. Chunks stand in row-major order
 * without gaps; those of nothing but the fill value are absent.
 * @param values the block's chunks back to back, row-major within the block and within each chunk
 */
export async function encodeShard(
  array: ArraySpec,
  values: TypedArray | RaggedBlock,
): Promise<Uint8Array | undefined> {
  return encodeShardOf(blockLayout(array).chunks, await blockEncoder(array, values));
}

/** The shard of so many chunks; undefined when all are absent. */
export async function encodeShardOf(chunks: number, encode: ChunkEncoder): Promise<Uint8Array | undefined> {
  const parts = new Array<Uint8Array | undefined>(chunks);
  let size = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const part = await encode(chunk);
    if (part === undefined) continue;
    parts[chunk] = part;
    size += part.length;
  }
  return size === 0 ? undefined : joinShard(parts, size);
}

/** Bytes of the index at the end of a shard of so many chunks. */
export function shardIndexBytes(chunks: number): number {
  return chunks * ENTRY_BYTES + CHECKSUM_BYTES;
}

/**
 * Reads the index at the end of a shard.
 * @param shard the shard, or its end if `size` says how long it is
 * @param chunks how many chunks the shard has, stored or not
 * @param size bytes of the whole shard
 * @throws StoreError `SHARD_CORRUPT`
 */
export function parseShardIndex(shard: Uint8Array, chunks: number, size = shard.length): ShardIndex {
  const start = shard.length - shardIndexBytes(chunks);
  if (start < 0) throw corrupt(`${shard.length} bytes cannot hold the index of ${chunks} chunks`);
  const view = new DataView(shard.buffer, shard.byteOffset + start, shard.length - start);
  const checksum = view.getUint32(chunks * ENTRY_BYTES, true);
  if (crc32c(shard.subarray(start, shard.length - CHECKSUM_BYTES)) !== checksum) {
    throw corrupt("the checksum of its index does not match");
  }
  const end = size - shardIndexBytes(chunks);
  const index = { offsets: new Float64Array(chunks).fill(-1), lengths: new Float64Array(chunks).fill(-1) };
  for (let chunk = 0; chunk < chunks; chunk++) {
    const entry = chunk * ENTRY_BYTES;
    if ([0, 4, 8, 12].every((half) => view.getUint32(entry + half, true) === ABSENT_HALF)) continue;
    const offset = readUint64(view, entry);
    const length = readUint64(view, entry + 8);
    if (offset + length > end) throw corrupt(`chunk ${chunk} ends at byte ${offset + length} of ${end}`);
    index.offsets[chunk] = offset;
    index.lengths[chunk] = length;
  }
  return index;
}

/** Puts stored chunks (undefined: absent) of `size` bytes in all and their index together. */
export function joinShard(parts: readonly (Uint8Array | undefined)[], size: number): Uint8Array {
  const shard = new Uint8Array(size + parts.length * ENTRY_BYTES + CHECKSUM_BYTES);
  const view = new DataView(shard.buffer, size);
  let offset = 0;
  for (let chunk = 0; chunk < parts.length; chunk++) {
    const part = parts[chunk];
    const entry = chunk * ENTRY_BYTES;
    if (part === undefined) {
      shard.fill(0xff, size + entry, size + entry + ENTRY_BYTES);
      continue;
    }
    shard.set(part, offset);
    writeUint64(view, entry, offset);
    writeUint64(view, entry + 8, part.length);
    offset += part.length;
  }
  const indexEnd = parts.length * ENTRY_BYTES;
  view.setUint32(indexEnd, crc32c(shard.subarray(size, size + indexEnd)), true);
  return shard;
}

function writeUint64(view: DataView, at: number, value: number): void {
  view.setUint32(at, value % 2 ** 32, true);
  view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
}

function readUint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

function corrupt(why: string): StoreError {
  return new StoreError("SHARD_CORRUPT", {
    what: "a shard cannot be read",
    why,
    mend: "write the shard again; the object was cut short or altered after it was written",
  });
}
