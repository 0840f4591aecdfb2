/** One chunk as stored bytes: little-endian values, compressed or not. */
import { StoreError, type ArraySpec, type TypedArray } from "@zagg/core";
import { assertValues, blockLayout } from "./block-layout.js";
import { holdsOnlyFill } from "../metadata/fill-value.js";
import { ZSTD_LEVEL } from "../metadata/metadata.js";

/** The largest chunk that the WebAssembly module's memory can take. */
export const MOST_COMPRESSIBLE_BYTES = 2 ** 29;

/** Compresses bytes; without compression it hands back the same bytes. */
export type Compress = (bytes: Uint8Array) => Promise<Uint8Array>;

interface ZstdCodec {
  encode(bytes: Uint8Array): Promise<Uint8Array>;
  decode(bytes: Uint8Array): Promise<Uint8Array>;
}

/**
 * The stored bytes of one chunk; undefined when it holds nothing but the fill value, as such chunks are not stored.
 * Uncompressed bytes share the memory of `values`.
 * @param values row-major, as many as the chunk has
 */
export async function encodeChunk(array: ArraySpec, values: TypedArray): Promise<Uint8Array | undefined> {
  assertValues(array, values, blockLayout(array).chunkLength);
  if (holdsOnlyFill(array.dtype, values, array.fillValue)) return undefined;
  const compress = await compressor(array.compression);
  return compress(littleEndianBytes(values));
}

/**
 * The compressor of an array. Zstandard (RFC 8878) frames carry their content size and no checksum, and are the same
 * for the same input. The WebAssembly module is loaded on first use.
 */
export async function compressor(compression: ArraySpec["compression"]): Promise<Compress> {
  if (compression === "none") return async (bytes) => bytes;
  const codec = await zstd();
  return (bytes) => codec.encode(bytes);
}

/** The inverse of {@link compressor}; throws `CHUNK_CORRUPT` for bytes that are no Zstandard frame. */
export async function decompressor(compression: ArraySpec["compression"]): Promise<Compress> {
  if (compression === "none") return async (bytes) => bytes;
  const codec = await zstd();
  return async (bytes) => {
    try {
      return await codec.decode(bytes);
    } catch (cause) {
      throw new StoreError("CHUNK_CORRUPT", {
        what: "a chunk cannot be decompressed",
        why: `its ${bytes.length} bytes are no whole Zstandard frame`,
        mend: "write the chunk again; it was cut short or altered after it was written",
        cause,
      });
    }
  };
}

async function zstd(): Promise<ZstdCodec> {
  const { default: Zstd } = await import("numcodecs/zstd");
  return Zstd.fromConfig({ id: "zstd", level: ZSTD_LEVEL }) as ZstdCodec;
}

/** The values' own bytes, not a copy. @throws Error on a big-endian host, which is not supported */
export function littleEndianBytes(values: TypedArray): Uint8Array {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1)
    throw new Error("big-endian hosts are not supported");
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
