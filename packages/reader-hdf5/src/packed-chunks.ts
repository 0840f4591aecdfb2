/**
 * Chunks packed bit by bit, by the scale-offset and n-bit filters. HDF5 takes as many bits from a chunk as its first bytes say, and goes on
 * in whatever lies behind it in memory when the chunk has fewer. So the length of such a chunk is checked here.
 * Layouts: H5Zscaleoffset.c and H5Znbit.c of HDF5.
 */
import { inflateSync } from "node:zlib";

/** A filter as h5wasm tells it. */
export interface Filter {
  readonly id: number;
  readonly cd_values: readonly number[];
}

/** How chunks are packed. */
export interface Packing {
  readonly packed: Filter;
  /** Bytes of an element. */
  readonly size: number;
  /** Filters applied after, in that order. */
  readonly later: readonly Filter[];
}

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const NBIT = 5;
const SCALE_OFFSET = 6;

/** The packing among the filters of a dataset; null when it has none. */
export function packingOf(filters: readonly Filter[], size: number): Packing | null {
  const at = filters.findIndex(({ id }) => id === SCALE_OFFSET || id === NBIT);
  return at < 0 ? null : { packed: filters[at]!, size, later: filters.slice(at + 1) };
}

/**
 * What is wrong with a chunk that HDF5 has unpacked; null when nothing is.
 * @param stored its bytes in the file
 */
export function packingFault(stored: Uint8Array, { packed, size, later }: Packing): string | null {
  const chunk = later.reduceRight(undo, stored);
  const fault = packed.id === SCALE_OFFSET ? scaleOffsetFault : nbitFault;
  return fault(chunk, packed.cd_values, size);
}

/** The number of bits, the size of the least value, the least value itself, and eight bytes that are not used. */
const SCALE_OFFSET_HEAD = 21;
/** Bytes of the least value: those of C's `unsigned long long`. */
const LEAST_BYTES = 8;
/** The scale type of integers, whose factor is a number of bits. */
const OF_INTEGERS = 2;

function scaleOffsetFault(chunk: Uint8Array, parameters: readonly number[], size: number): string | null {
  const [scaleType, factor, count = 0] = parameters;
  if (scaleType === OF_INTEGERS && factor === 8 * size) return lengthFault(chunk, count * size);
  if (chunk.length < SCALE_OFFSET_HEAD) return lengthFault(chunk, SCALE_OFFSET_HEAD);
  const bits = new DataView(chunk.buffer, chunk.byteOffset).getUint32(0, true);
  if (bits > 8 * size) return `a chunk has ${bits} bits for numbers of ${8 * size}`;
  if (chunk[4] !== LEAST_BYTES) return `the least value of a chunk has ${chunk[4]} bytes`;
  const isWhole = bits === 8 * size;
  return lengthFault(chunk, SCALE_OFFSET_HEAD + (isWhole ? count * size : packedBytes(count, bits)));
}

function nbitFault(chunk: Uint8Array, parameters: readonly number[], size: number): string | null {
  const [, isKept, count = 0, , , , precision = 0] = parameters;
  return lengthFault(chunk, isKept === 1 ? count * size : packedBytes(count, precision));
}

/** Both filters give one byte more where the bits end with a byte. */
function packedBytes(count: number, bits: number): number {
  return Math.floor((count * bits) / 8) + 1;
}

function lengthFault(chunk: Uint8Array, bytes: number): string | null {
  return chunk.length === bytes ? null : `a chunk has ${chunk.length} bytes where ${bytes} belong`;
}

/** Undoes a filter that was applied after the packing. */
function undo(bytes: Uint8Array, { id, cd_values }: Filter): Uint8Array {
  if (id === FLETCHER32) return bytes.subarray(0, -4);
  if (id === SHUFFLE) return unshuffled(bytes, cd_values[0] ?? 1);
  if (id !== DEFLATE) return bytes;
  try {
    return inflateSync(bytes);
  } catch {
    // HDF5 has read the chunk, so the filter was left out of it: that is allowed when it would not shorten it.
    return bytes;
  }
}

function unshuffled(bytes: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / size);
  const out = new Uint8Array(bytes);
  for (let byte = 0; byte < size; byte++) {
    for (let i = 0; i < count; i++) out[i * size + byte] = bytes[byte * count + i]!;
  }
  return out;
}
