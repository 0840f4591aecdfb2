/** Integers and booleans (1, 0) of a struct in Thrift's compact protocol, which is all that a page header needs. */
import { damaged } from "./failure.js";

export interface ThriftStruct {
  readonly [field: number]: number | ThriftStruct;
}

const MAX_DEPTH = 8;

/** The struct at `at`, and where the bytes after it begin. Texts and floats are passed over. */
export function readThriftStruct(bytes: Uint8Array, at: number, depth = 0): readonly [ThriftStruct, number] {
  if (depth > MAX_DEPTH) throw damaged("a page header is nested too deep");
  const fields: Record<number, number | ThriftStruct> = {};
  let field = 0;
  let next = at;
  for (;;) {
    const head = byteAt(bytes, next++);
    const type = head & 15;
    if (type === 0) return [fields, next];
    if (head >> 4 !== 0) field += head >> 4;
    else {
      const [id, after] = readVarInt(bytes, next);
      field = id % 2 === 0 ? id / 2 : -(id + 1) / 2;
      next = after;
    }
    if (type <= 2) {
      fields[field] = type === 1 ? 1 : 0;
      continue;
    }
    if (type === 3) next++;
    else if (type === 7) next += 8;
    else if (type <= 6) {
      const [zigzag, after] = readVarInt(bytes, next);
      fields[field] = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
      next = after;
    } else if (type === 8) {
      const [length, after] = readVarInt(bytes, next);
      next = after + length;
    } else if (type === 12) {
      const [inner, after] = readThriftStruct(bytes, next, depth + 1);
      fields[field] = inner;
      next = after;
    } else throw damaged(`a page header has a field of type ${type}`);
  }
}

/** An unsigned integer of 7 bits a byte, and where the bytes after it begin. */
export function readVarInt(bytes: Uint8Array, at: number): readonly [number, number] {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = byteAt(bytes, at + i);
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return [value, at + i + 1];
  }
  throw damaged("an integer has no end");
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw damaged("a page ends too early");
  return byte;
}
