import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32c } from "../src/index.js";

/** RFC 3720, appendix B.4, and the check value of the CRC catalogue. */
const vectors: readonly (readonly [string, Uint8Array, number])[] = [
  ["32 bytes of zero", new Uint8Array(32), 0x8a9136aa],
  ["32 bytes of ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ["32 ascending bytes", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ["32 descending bytes", Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ["the digits 1 to 9", new TextEncoder().encode("123456789"), 0xe3069283],
  ["nothing", new Uint8Array(0), 0],
];

describe("crc32c", () => {
  it.each(vectors)("gives the published value for %s", (_name, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it("agrees with bit by bit division, at any length and at any offset in memory", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(7), (bytes, shift) => {
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        expect(crc32c(moved.subarray(shift))).toBe(bitByBit(bytes));
      }),
    );
  });

  it("can be continued from the checksum of what came before", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (head, tail) => {
        expect(crc32c(tail, crc32c(head))).toBe(crc32c(Uint8Array.of(...head, ...tail)));
      }),
    );
  });
});

function bitByBit(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
  }
  return ~crc >>> 0;
}
