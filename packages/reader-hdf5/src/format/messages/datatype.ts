/** Types of elements. HDF5 File Format Specification 3.0, section IV.A.2.d. */
import { Damage, UnsupportedType } from "../problems.js";
import { Cursor } from "../structure/cursor.js";

export type ByteOrder = "little" | "big";

export interface IntegerType {
  readonly kind: "integer";
  /** Bytes. */
  readonly size: number;
  readonly order: ByteOrder;
  readonly signed: boolean;
  /** Bit of the element at which the number begins, and how many it has. */
  readonly bitOffset: number;
  readonly precision: number;
}

export interface FloatType {
  readonly kind: "float";
  readonly size: number;
  readonly order: ByteOrder;
  readonly bitOffset: number;
  readonly precision: number;
  /** Bits, counted from the lowest of the element. */
  readonly sign: number;
  readonly exponent: { readonly at: number; readonly bits: number; readonly bias: number };
  readonly mantissa: {
    readonly at: number;
    readonly bits: number;
    readonly lead: "implied" | "stored" | "none";
  };
}

export interface TextType {
  readonly kind: "text";
  /** Bytes; of a text of variable length those that say where it is. */
  readonly size: number;
  readonly variable: boolean;
  readonly padding: "zero-ended" | "zeros" | "spaces";
}

export interface EnumType {
  readonly kind: "enum";
  readonly size: number;
  readonly base: IntegerType;
  readonly members: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export interface CompoundType {
  readonly kind: "compound";
  readonly size: number;
  readonly members: readonly CompoundMember[];
}

export interface CompoundMember {
  readonly name: string;
  /** Bytes from the start of the record. */
  readonly offset: number;
  readonly type: Datatype;
}

export interface ArrayType {
  readonly kind: "array";
  readonly size: number;
  readonly shape: readonly number[];
  readonly base: Datatype;
}

export interface SequenceType {
  readonly kind: "sequence";
  readonly size: number;
  readonly base: Datatype;
}

export interface ReferenceType {
  readonly kind: "reference";
  readonly size: number;
  readonly to: "object" | "region" | "other";
}

/** What is known by its size only. */
export interface OpaqueType {
  readonly kind: "opaque" | "bitfield" | "time";
  readonly size: number;
}

export type Datatype =
  | IntegerType
  | FloatType
  | TextType
  | EnumType
  | CompoundType
  | ArrayType
  | SequenceType
  | ReferenceType
  | OpaqueType;

const DEEPEST = 32;
const PADDINGS = ["zero-ended", "zeros", "spaces"] as const;

/** @throws Damage; UnsupportedType for a class that is newer than this walk */
export function parseDatatype(bytes: Uint8Array): Datatype {
  return parse(new Cursor(bytes), 0);
}

/** The type at the cursor, which is moved behind it. */
function parse(cursor: Cursor, depth: number): Datatype {
  if (depth > DEEPEST) throw new Damage("a datatype is nested too deeply");
  const head = cursor.u8();
  const version = head >> 4;
  const bits = cursor.u8() | (cursor.u8() << 8) | (cursor.u8() << 16);
  const size = cursor.u32();
  if (version < 1 || version > 5) throw new Damage(`a datatype has version ${version}`);
  if (size === 0) throw new Damage("a datatype has no size");
  switch (head & 0x0f) {
    case 0:
      return integer(cursor, bits, size);
    case 1:
      return float(cursor, bits, size);
    case 2:
      cursor.skip(2);
      return { kind: "time", size };
    case 3:
      return { kind: "text", size, variable: false, padding: padding(bits & 0x0f) };
    case 4:
      cursor.skip(4);
      return { kind: "bitfield", size };
    case 5:
      cursor.skip(bits & 0xff);
      return { kind: "opaque", size };
    case 6:
      return {
        kind: "compound",
        size,
        members: compoundMembers(cursor, version, bits & 0xffff, size, depth),
      };
    case 7:
      return { kind: "reference", size, to: (["object", "region"] as const)[bits & 0x0f] ?? "other" };
    case 8:
      return enumeration(cursor, version, bits & 0xffff, size, depth);
    case 9: {
      const isText = (bits & 0x0f) === 1;
      const base = parse(cursor, depth + 1);
      return isText
        ? { kind: "text", size, variable: true, padding: padding((bits >> 4) & 0x0f) }
        : { kind: "sequence", size, base };
    }
    case 10:
      return array(cursor, version, size, depth);
    default:
      throw new UnsupportedType(`their datatype is of class ${head & 0x0f}`);
  }
}

function integer(cursor: Cursor, bits: number, size: number): IntegerType {
  const bitOffset = cursor.u16();
  const precision = cursor.u16();
  assertWithin(size, bitOffset, precision);
  return {
    kind: "integer",
    size,
    order: (bits & 1) === 0 ? "little" : "big",
    signed: (bits & 8) !== 0,
    bitOffset,
    precision,
  };
}

function float(cursor: Cursor, bits: number, size: number): FloatType {
  if ((bits & 0x40) !== 0) throw new UnsupportedType("their bytes are in the order of a VAX");
  const bitOffset = cursor.u16();
  const precision = cursor.u16();
  const exponentAt = cursor.u8();
  const exponentBits = cursor.u8();
  const mantissaAt = cursor.u8();
  const mantissaBits = cursor.u8();
  const bias = cursor.u32();
  const sign = (bits >> 8) & 0xff;
  assertWithin(size, bitOffset, precision);
  for (const [at, count] of [
    [exponentAt, exponentBits],
    [mantissaAt, mantissaBits],
    [sign, 1],
  ] as const)
    if (count === 0 || at + count > 8 * size) throw new Damage("the parts of a float lie outside of it");
  const lead = (["none", "stored", "implied"] as const)[(bits >> 4) & 3];
  if (lead === undefined)
    throw new UnsupportedType("their mantissas are normalized in a way that is not known");
  return {
    kind: "float",
    size,
    order: (bits & 1) === 0 ? "little" : "big",
    bitOffset,
    precision,
    sign,
    exponent: { at: exponentAt, bits: exponentBits, bias },
    mantissa: { at: mantissaAt, bits: mantissaBits, lead },
  };
}

function assertWithin(size: number, bitOffset: number, precision: number): void {
  if (precision === 0 || bitOffset + precision > 8 * size)
    throw new Damage(`a number of ${precision} bits from bit ${bitOffset} is not within ${size} bytes`);
}

function padding(code: number): TextType["padding"] {
  const known = PADDINGS[code];
  if (known === undefined) throw new Damage(`text has padding ${code}`);
  return known;
}

function compoundMembers(
  cursor: Cursor,
  version: number,
  count: number,
  size: number,
  depth: number,
): readonly CompoundMember[] {
  const members: CompoundMember[] = [];
  for (let i = 0; i < count; i++) {
    const name = memberName(cursor, version);
    const offset = cursor.uint(version < 3 ? 4 : bytesFor(size));
    let shape: readonly number[] = [];
    if (version === 1) {
      const rank = cursor.u8();
      cursor.skip(11);
      const extents = [cursor.u32(), cursor.u32(), cursor.u32(), cursor.u32()];
      if (rank > 4) throw new Damage(`a member has ${rank} dimensions`);
      shape = extents.slice(0, rank);
    }
    const base = parse(cursor, depth + 1);
    const type: Datatype =
      shape.length === 0
        ? base
        : {
            kind: "array",
            size: shape.reduce((product, extent) => product * extent, base.size),
            shape,
            base,
          };
    if (offset + type.size > size) throw new Damage(`the member ${name} lies outside of its record`);
    members.push({ name, offset, type });
  }
  return members;
}

function memberName(cursor: Cursor, version: number): string {
  const from = cursor.at;
  const name = cursor.zeroEnded();
  if (version < 3) cursor.skip((8 - ((cursor.at - from) % 8)) % 8);
  return name;
}

/** Bytes that hold every number up to this one. */
function bytesFor(largest: number): number {
  return largest < 2 ** 8 ? 1 : largest < 2 ** 16 ? 2 : largest < 2 ** 24 ? 3 : 4;
}

function enumeration(cursor: Cursor, version: number, count: number, size: number, depth: number): EnumType {
  const base = parse(cursor, depth + 1);
  if (base.kind !== "integer" || base.size !== size)
    throw new Damage("an enumeration is not one of integers");
  const names = Array.from({ length: count }, () => memberName(cursor, version));
  const members = names.map((name) => ({ name, bytes: cursor.take(base.size) }));
  return { kind: "enum", size, base, members };
}

function array(cursor: Cursor, version: number, size: number, depth: number): ArrayType {
  const rank = cursor.u8();
  if (version < 3) cursor.skip(3);
  const shape = Array.from({ length: rank }, () => cursor.u32());
  if (version < 3) cursor.skip(4 * rank);
  const base = parse(cursor, depth + 1);
  if (shape.reduce((product, extent) => product * extent, base.size) !== size)
    throw new Damage("an array datatype has another size than its elements");
  return { kind: "array", size, shape, base };
}
