/** Whole numbers of any width one after the other, the highest bit first. */
import { Damage } from "../problems.js";

export class BitReader {
  readonly #bytes: Uint8Array;
  #bit: number;

  constructor(bytes: Uint8Array, atByte: number) {
    this.#bytes = bytes;
    this.#bit = 8 * atByte;
  }

  /** @param count 0 to 32. @throws Damage behind the last byte */
  next(count: number): number {
    let value = 0;
    let left = count;
    while (left > 0) {
      const byte = this.#bytes[this.#bit >> 3];
      if (byte === undefined) throw new Damage("a packed chunk is cut off");
      const free = 8 - (this.#bit & 7);
      const some = Math.min(free, left);
      value = value * 2 ** some + ((byte >> (free - some)) & ((1 << some) - 1));
      this.#bit += some;
      left -= some;
    }
    return value;
  }
}

/** Bytes that the packing filters give for so many numbers of so many bits: one more where the bits end with a byte. */
export function packedBytes(count: number, bits: number): number {
  return Math.floor((count * bits) / 8) + 1;
}
