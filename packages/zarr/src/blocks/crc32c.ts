/** CRC-32C (Castagnoli), the checksum of a shard's index. RFC 3720, section 12.1 and appendix B.4. */

const POLYNOMIAL_REFLECTED = 0x82f63b78;
const SLICES = 8;

/**
 * Eight tables of 256 words: word b of table k is the remainder of byte b followed by k zero bytes ("slicing-by-8":
 * Kounavis and Berry 2008, IEEE Transactions on Computers 57:1550).
 */
const tables: Int32Array = /* @__PURE__ */ remainderTables();

/**
 * CRC-32C of some bytes, 0 … 2^32−1. Empty input gives 0.
 * @param seed the checksum of the bytes before these, to continue it; 0 at the start
 */
export function crc32c(bytes: Uint8Array, seed = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = tables;
  const wholeSteps = bytes.length - (bytes.length % SLICES);
  let crc = ~seed;
  let at = 0;
  for (; at < wholeSteps; at += SLICES) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      table[1792 + (low & 255)]! ^
      table[1536 + ((low >>> 8) & 255)]! ^
      table[1280 + ((low >>> 16) & 255)]! ^
      table[1024 + (low >>> 24)]! ^
      table[768 + (high & 255)]! ^
      table[512 + ((high >>> 8) & 255)]! ^
      table[256 + ((high >>> 16) & 255)]! ^
      table[high >>> 24]!;
  }
  for (; at < bytes.length; at++) {
    crc = table[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

function remainderTables(): Int32Array {
  const words = new Int32Array(256 * SLICES);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = (remainder & 1) === 0 ? remainder >>> 1 : (remainder >>> 1) ^ POLYNOMIAL_REFLECTED;
    }
    words[byte] = remainder;
  }
  for (let at = 256; at < words.length; at++) {
    const shorter = words[at - 256]!;
    words[at] = words[shorter & 255]! ^ (shorter >>> 8);
  }
  return words;
}
