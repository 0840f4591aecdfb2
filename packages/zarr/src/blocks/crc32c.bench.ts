import { bench, describe } from "vitest";
import { crc32c } from "./crc32c.js";

const MEGABYTE = new Uint8Array(1 << 20).map((_, index) => index * 31);
const INDEX_OF_256_CHUNKS = MEGABYTE.subarray(0, 256 * 16);

/** One byte at a time: what slicing saves. */
function byteAtATime(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
  }
  return ~crc >>> 0;
}

describe("crc32c", () => {
  bench("slicing by 8, 1 MiB", () => void crc32c(MEGABYTE));
  bench("bit by bit, 1 MiB", () => void byteAtATime(MEGABYTE));
  bench("slicing by 8, index of 256 chunks", () => void crc32c(INDEX_OF_256_CHUNKS));
});
