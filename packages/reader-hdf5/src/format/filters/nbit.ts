/** Numbers without the bits that their type leaves unused. H5Znbit.c; HDF5 User's Guide, "N-bit". */
import { Damage, Unsupported } from "../problems.js";
import { BitReader, packedBytes } from "./bits.js";
import type { PlainChunk } from "./decode-chunk.js";

const ATOMIC = 1;
/** Where the parameters of the filter are. */
const NOTHING_TO_DO = 1;
const COUNT = 2;
const CLASS = 3;
const SIZE = 4;
const BIG_ENDIAN = 5;
const PRECISION = 6;
const BIT_OFFSET = 7;

/** @throws Damage; Unsupported for records and arrays */
export function unpackedNbit(
  bytes: Uint8Array,
  parameters: readonly number[],
  plain: PlainChunk,
): Uint8Array {
  if (parameters[NOTHING_TO_DO] === 1) return bytes;
  if (parameters[CLASS] !== ATOMIC) throw new Unsupported("records packed by the n-bit filter");
  const [count = 0, size = 0, bigEndian = 0, precision = 0, bitOffset = 0] = [
    COUNT,
    SIZE,
    BIG_ENDIAN,
    PRECISION,
    BIT_OFFSET,
  ].map((at) => parameters[at]);
  if (size < 1 || count * size !== plain.bytes || precision < 1 || bitOffset + precision > 8 * size)
    throw new Damage("a filter is set up for other chunks than these");
  const due = packedBytes(count, precision);
  if (bytes.length !== due) throw new Damage(`a packed chunk has ${bytes.length} bytes where ${due} belong`);
  const packed = new BitReader(bytes, 0);
  const out = new Uint8Array(plain.bytes);
  const highest = Math.floor((bitOffset + precision - 1) / 8);
  const lowest = Math.floor(bitOffset / 8);
  for (let i = 0; i < count; i++) {
    // Bytes come from the most significant one that holds bits of the number down to the least.
    for (let byte = highest; byte >= lowest; byte--) {
      const from = Math.max(bitOffset, 8 * byte);
      const stop = Math.min(bitOffset + precision, 8 * byte + 8);
      const value = packed.next(stop - from) << (from - 8 * byte);
      out[i * size + (bigEndian === 1 ? size - 1 - byte : byte)] = value;
    }
  }
  return out;
}
