/** The checksum behind a chunk. Fletcher 1982; H5checksum.c, `H5_checksum_fletcher32`: sums of big-endian 16-bit words. */
import { Damage } from "../problems.js";

/** Words that can be added before a sum may leave 32 bits. */
const AT_ONCE = 360;

/** The chunk without its checksum. @throws Damage when it is wrong */
export function checkedFletcher32(bytes: Uint8Array): Uint8Array {
  const length = bytes.length - 4;
  if (length < 0) throw new Damage("a chunk has no room for its checksum");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stored = view.getUint32(length, true);
  const sum = fletcher32(bytes.subarray(0, length));
  // Files of before 1.6.3 have the bytes of each half the other way round.
  const swapped = (((sum & 0xff00ff) << 8) | ((sum >>> 8) & 0xff00ff)) >>> 0;
  if (stored !== sum && stored !== swapped) throw new Damage("the checksum of a chunk is wrong");
  return bytes.subarray(0, length);
}

function fletcher32(bytes: Uint8Array): number {
  let low = 0;
  let high = 0;
  let words = Math.floor(bytes.length / 2);
  let at = 0;
  while (words > 0) {
    const some = Math.min(words, AT_ONCE);
    words -= some;
    for (let i = 0; i < some; i++, at += 2) {
      low += (bytes[at]! << 8) | bytes[at + 1]!;
      high += low;
    }
    low = (low & 0xffff) + (low >>> 16);
    high = (high & 0xffff) + (high >>> 16);
  }
  if (bytes.length % 2 === 1) {
    low += bytes[at]! << 8;
    high += low;
    low = (low & 0xffff) + (low >>> 16);
    high = (high & 0xffff) + (high >>> 16);
  }
  low = (low & 0xffff) + (low >>> 16);
  high = (high & 0xffff) + (high >>> 16);
  return ((high << 16) | low) >>> 0;
}
