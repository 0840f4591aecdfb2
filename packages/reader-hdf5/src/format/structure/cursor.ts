/** Fields of a structure one after the other, little-endian, never beyond its end. */
import { Damage } from "../problems.js";

const UNDEFINED_HALF = 0xffffffff;
const TWO_32 = 2 ** 32;
const text = new TextDecoder();

export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  /** Bytes from the start of the structure. */
  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** @throws Damage when fewer bytes are left */
  #advance(count: number): number {
    const from = this.#at;
    if (count < 0 || from + count > this.#bytes.length)
      throw new Damage(`a structure ends ${from + count - this.#bytes.length} bytes too early`);
    this.#at = from + count;
    return from;
  }

  skip(count: number): void {
    this.#advance(count);
  }

  /** Moves to the next multiple of `unit` from the start, or to the end. */
  align(unit: number): void {
    this.#at = Math.min(this.#bytes.length, Math.ceil(this.#at / unit) * unit);
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** An unsigned number of 1 to 8 bytes. @throws Damage beyond 2^53, where no size or place in a file can be */
  uint(width: number): number {
    if (width === 8) {
      const from = this.#advance(8);
      const high = this.#view.getUint32(from + 4, true);
      if (high >= 2 ** 21) throw new Damage(`a number at byte ${from} of a structure is beyond 2^53`);
      return high * TWO_32 + this.#view.getUint32(from, true);
    }
    if (width === 4) return this.u32();
    const from = this.#advance(width);
    let value = 0;
    for (let i = width - 1; i >= 0; i--) value = value * 256 + this.#bytes[from + i]!;
    if (!Number.isSafeInteger(value))
      throw new Damage(`a number at byte ${from} of a structure is beyond 2^53`);
    return value;
  }

  /** An unsigned number of 8 bytes whatever it is; `Infinity` stands for all bits set, which means "no limit". */
  limit(width: number): number {
    const from = this.#at;
    if (this.#isAllOnes(width)) return Infinity;
    this.#at = from;
    return this.uint(width);
  }

  /** A place in the file; undefined where the format says that there is none. */
  address(width: number): number | undefined {
    const from = this.#at;
    if (this.#isAllOnes(width)) return undefined;
    this.#at = from;
    return this.uint(width);
  }

  #isAllOnes(width: number): boolean {
    const from = this.#advance(width);
    if (width === 8)
      return (
        this.#view.getUint32(from, true) === UNDEFINED_HALF &&
        this.#view.getUint32(from + 4, true) === UNDEFINED_HALF
      );
    for (let i = 0; i < width; i++) if (this.#bytes[from + i] !== 0xff) return false;
    return true;
  }

  /** A view of the next bytes. */
  take(count: number): Uint8Array {
    const from = this.#advance(count);
    return this.#bytes.subarray(from, from + count);
  }

  rest(): Uint8Array {
    return this.take(this.left);
  }

  /** Text up to a zero byte, which is passed. */
  zeroEnded(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new Damage("a name has no end");
    const name = text.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return name;
  }

  /** @throws Damage unless these four letters come next */
  signature(letters: string): void {
    const from = this.#advance(4);
    for (let i = 0; i < 4; i++)
      if (this.#bytes[from + i] !== letters.charCodeAt(i))
        throw new Damage(`no ${letters} where one should be`);
  }

  /** @throws Damage unless the next byte is this version */
  version(known: number, of: string): void {
    const found = this.u8();
    if (found !== known) throw new Damage(`${of} has version ${found}`);
  }
}
