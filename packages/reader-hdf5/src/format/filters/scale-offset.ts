/** Numbers as whole steps above the least one of the chunk. H5Zscaleoffset.c; the layout is nowhere else described. */
import { Damage, Unsupported } from "../problems.js";
import { BitReader, packedBytes } from "./bits.js";
import type { PlainChunk } from "./decode-chunk.js";

/** Where the parameters of the filter are. */
const SCALE_TYPE = 0;
const SCALE_FACTOR = 1;
const COUNT = 2;
const CLASS = 3;
const SIZE = 4;
const BIG_ENDIAN = 6;
const HAS_FILL = 7;
const FILL = 8;
/** Bytes before the packed numbers: bits of one, bytes of the least one, the least one, and a gap. */
const HEAD_BYTES = 21;
const MASK_64 = (1n << 64n) - 1n;

/** @throws Damage; Unsupported for the E-scale of floats, which HDF5 has not either */
export function unpackedScaleOffset(
  bytes: Uint8Array,
  parameters: readonly number[],
  plain: PlainChunk,
): Uint8Array {
  const parameter = (at: number) => {
    const value = parameters[at];
    if (value === undefined) throw new Damage("a filter lacks a parameter");
    return value;
  };
  const size = parameter(SIZE);
  const count = parameter(COUNT);
  if (![1, 2, 4, 8].includes(size) || count * size !== plain.bytes)
    throw new Damage("a filter is set up for other chunks than these");
  const isFloat = parameter(CLASS) === 1;
  if (isFloat && parameter(SCALE_TYPE) !== 0) throw new Unsupported("floats packed by an exponent");
  // Asked for all bits of an integer, the filter leaves chunks as they are.
  if (!isFloat && parameter(SCALE_FACTOR) === 8 * size) return bytes;
  if (bytes.length < HEAD_BYTES) throw new Damage("a packed chunk is cut off");
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = head.getUint32(0, true);
  if (bits > 8 * size) throw new Damage(`a packed chunk has numbers of ${bits} bits in ${size} bytes`);
  if (head.getUint8(4) !== 8)
    throw new Damage(`a packed chunk has a least number of ${head.getUint8(4)} bytes`);
  const least = head.getBigUint64(5, true);
  // HDF5 itself reads on beyond the end of a chunk that is too short.
  const due = HEAD_BYTES + (bits === 8 * size ? count * size : packedBytes(count, bits));
  if (bytes.length !== due) throw new Damage(`a packed chunk has ${bytes.length} bytes where ${due} belong`);

  const out = new Uint8Array(plain.bytes);
  const littleEndian = parameter(BIG_ENDIAN) === 0;
  // Numbers that need all bits are stored as they were.
  if (bits === 8 * size) {
    out.set(bytes.subarray(HEAD_BYTES, HEAD_BYTES + out.length));
    return littleEndian ? out : swapped(out, size);
  }
  const packed = new BitReader(bytes, HEAD_BYTES);
  const steps = () =>
    (BigInt(bits > 32 ? packed.next(bits - 32) : 0) << 32n) | BigInt(packed.next(Math.min(bits, 32)));
  const fill = parameter(HAS_FILL) === 1 ? fillBits(parameters, size) : undefined;
  const isFill = (1n << BigInt(bits)) - 1n;
  const view = new DataView(out.buffer);
  const write = isFloat
    ? floatWriter(view, size, least, parameter(SCALE_FACTOR) | 0, littleEndian)
    : integerWriter(view, size, least, littleEndian);
  for (let i = 0; i < count; i++) {
    const value = steps();
    if (fill !== undefined && value === isFill) putBits(view, i * size, size, fill, littleEndian);
    else write(i * size, value);
  }
  return out;
}

/** The fill value stands in the parameters, four bytes in each. */
function fillBits(parameters: readonly number[], size: number): bigint {
  const low = BigInt((parameters[FILL] ?? 0) >>> 0);
  const high = BigInt((parameters[FILL + 1] ?? 0) >>> 0);
  return ((high << 32n) | low) & ((1n << BigInt(8 * size)) - 1n);
}

type Write = (at: number, steps: bigint) => void;

function integerWriter(view: DataView, size: number, least: bigint, littleEndian: boolean): Write {
  return (at, steps) => putBits(view, at, size, (least + steps) & MASK_64, littleEndian);
}

/** Steps are tenths, hundredths, … above a least number that is a float itself; sums are rounded to the type at each step. */
function floatWriter(
  view: DataView,
  size: number,
  least: bigint,
  digits: number,
  littleEndian: boolean,
): Write {
  const scratch = new DataView(new ArrayBuffer(8));
  scratch.setBigUint64(0, least, true);
  if (size === 4) {
    const from = scratch.getFloat32(0, true);
    const unit = Math.fround(10 ** digits);
    return (at, steps) => {
      const whole = Math.fround(Number(BigInt.asIntN(32, steps)));
      view.setFloat32(at, Math.fround(Math.fround(whole / unit) + from), littleEndian);
    };
  }
  if (size !== 8) throw new Damage(`a packed float has ${size} bytes`);
  const from = scratch.getFloat64(0, true);
  const unit = 10 ** digits;
  return (at, steps) => view.setFloat64(at, Number(BigInt.asIntN(64, steps)) / unit + from, littleEndian);
}

function putBits(view: DataView, at: number, size: number, bits: bigint, littleEndian: boolean): void {
  if (size === 8) view.setBigUint64(at, bits & MASK_64, littleEndian);
  else if (size === 4) view.setUint32(at, Number(bits & 0xffffffffn), littleEndian);
  else if (size === 2) view.setUint16(at, Number(bits & 0xffffn), littleEndian);
  else view.setUint8(at, Number(bits & 0xffn));
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
}
