/** The chunks of one block as stored bytes, one by one. */
import type { ArraySpec, RaggedBlock, TypedArray } from "@zagg/core";
import { assertValues, blockLayout, type BlockLayout } from "./block-layout.js";
import { compressor, littleEndianBytes, type Compress } from "./chunk.js";
import { holdsOnlyFill } from "../metadata/fill-value.js";
import { assertRaggedBlock, elementBytes } from "../ragged/ragged-block.js";
import { encodeVlenBytes } from "../ragged/vlen-bytes.js";

/** The stored bytes of a chunk, by its number in the block; undefined for one that holds nothing but the fill value. */
export type ChunkEncoder = (chunk: number) => Promise<Uint8Array | undefined>;

/**
 * @param values the block's chunks back to back, row-major within the block and within each chunk
 * @throws TypeError, RangeError when the values do not fit the array
 */
export async function blockEncoder(
  array: ArraySpec,
  values: TypedArray | RaggedBlock,
): Promise<ChunkEncoder> {
  const layout = blockLayout(array);
  const compress = await compressor(array.compression);
  if (array.ragged !== undefined) return raggedEncoder(array, values as RaggedBlock, layout, compress);
  const dense = values as TypedArray;
  const { chunks, chunkLength } = layout;
  assertValues(array, dense, chunks * chunkLength);
  return async (chunk) => {
    const slice = dense.subarray(chunk * chunkLength, (chunk + 1) * chunkLength);
    return holdsOnlyFill(array.dtype, slice, array.fillValue)
      ? undefined
      : compress(littleEndianBytes(slice));
  };
}

function raggedEncoder(
  array: ArraySpec,
  block: RaggedBlock,
  { chunks, chunkLength }: BlockLayout,
  compress: Compress,
): ChunkEncoder {
  assertRaggedBlock(array, block, chunks * chunkLength);
  const bytes = littleEndianBytes(block.values);
  const scale = elementBytes(array);
  return async (chunk) => {
    const offsets = block.offsets.subarray(chunk * chunkLength, (chunk + 1) * chunkLength + 1);
    if (offsets[0] === offsets[chunkLength]) return undefined;
    return compress(encodeVlenBytes(bytes, offsets, scale));
  };
}
