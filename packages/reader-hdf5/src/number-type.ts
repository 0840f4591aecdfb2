/**
 * Number types of HDF5, bit by bit. HDF5 File Format Specification 3.0, section IV.A.2.d (datatype message):
 * a number is a bit field of any width somewhere in its bytes, and a float has its parts where it says.
 */
import type { DType } from "@zagg/core";

/** Bits count from the least significant of the element, once its bytes are in little-endian order. */
export interface IntegerType {
  readonly kind: "integer";
  /** Bytes of an element. */
  readonly size: number;
  readonly bigEndian: boolean;
  readonly signed: boolean;
  /** First bit of the value, and how many there are: 1 to 64. */
  readonly at: number;
  readonly bits: number;
}

export interface FloatType {
  readonly kind: "float";
  /** Bytes of an element. */
  readonly size: number;
  readonly bigEndian: boolean;
  /** Where the sign bit is. */
  readonly sign: number;
  readonly exponentAt: number;
  /** At most 32. */
  readonly exponentBits: number;
  /** What is taken from the stored exponent. */
  readonly bias: number;
  readonly mantissaAt: number;
  readonly mantissaBits: number;
  /** Whether the mantissa of a normal number has a leading one that is not stored. */
  readonly implied: boolean;
}

export type NumberType = IntegerType | FloatType;

/** The classes of the message that are numbers. */
const INTEGER = 0;
const FLOAT = 1;
const ENUM = 8;

/**
 * Reads a datatype message.
 * @param message from its first byte; may go on after its end
 * @returns null when it is no number; a text saying why when it is one that HDF5 itself does not convert, or that no column holds
 * @throws RangeError when the message is cut off
 */
export function parseNumberType(message: Buffer): NumberType | string | null {
  const classBits = message.readUInt8(0) & 0x0f;
  if (classBits === ENUM) return parseNumberType(message.subarray(8));
  const flags = message.readUIntLE(1, 3);
  const size = message.readUInt32LE(4);
  if (classBits === INTEGER) {
    const type = { size, at: message.readUInt16LE(8), bits: message.readUInt16LE(10) };
    if (type.bits < 1 || type.at + type.bits > 8 * size)
      return "some of their bits lie outside of their bytes";
    if (type.bits > 64) return `they are integers of ${type.bits} bits`;
    return { kind: "integer", ...type, bigEndian: (flags & 1) !== 0, signed: (flags & 8) !== 0 };
  }
  if (classBits !== FLOAT) return null;
  if ((flags & 0x40) !== 0) return "their bytes are in the order of a VAX";
  const normalization = (flags >> 4) & 3;
  const type = {
    size,
    sign: (flags >> 8) & 0xff,
    exponentAt: message.readUInt8(12),
    exponentBits: message.readUInt8(13),
    mantissaAt: message.readUInt8(14),
    mantissaBits: message.readUInt8(15),
    bias: message.readUInt32LE(16),
  };
  const last = Math.max(
    type.sign + 1,
    type.exponentAt + type.exponentBits,
    type.mantissaAt + type.mantissaBits,
  );
  if (last > 8 * size || type.exponentBits < 1 || type.mantissaBits < 1) {
    return "some of their bits lie outside of their bytes";
  }
  if (type.exponentBits > 32) return `their exponents have ${type.exponentBits} bits`;
  if (normalization === 1) return "their mantissas have a leading one that is stored and always set";
  if (normalization === 3) return "their mantissas are normalized in a way that is not known";
  const bigEndian = (flags & 1) !== 0;
  const implied = normalization === 2;
  // HDF5 turns bytes round by converting numbers to themselves; of other layouts than this, that changes the smallest.
  if (bigEndian && !(implied && type.mantissaAt + type.mantissaBits === type.exponentAt)) {
    return "they are big-endian, and their exponents do not lie just above mantissas without a leading one";
  }
  return { kind: "float", ...type, bigEndian, implied };
}

/** The narrowest dtype that holds every number of a type exactly; float64 where none does. */
export function dtypeOf(type: NumberType): DType {
  if (type.kind === "float") return isFloat32(type) ? "float32" : "float64";
  const width = type.bits <= 8 ? 8 : type.bits <= 16 ? 16 : type.bits <= 32 ? 32 : 64;
  return type.signed ? `int${width}` : `uint${width}`;
}

/** Whether elements, in little-endian order, are what a typed array of {@link dtypeOf} holds. */
export function isPlain(type: NumberType): boolean {
  if (type.kind === "integer") {
    const { size, at, bits } = type;
    return at === 0 && bits === 8 * size && (size === 1 || size === 2 || size === 4 || size === 8);
  }
  return isLike(type, SINGLE) || isLike(type, DOUBLE);
}

/** IEEE 754, binary32 and binary64. */
const SINGLE = {
  size: 4,
  sign: 31,
  exponentAt: 23,
  exponentBits: 8,
  mantissaAt: 0,
  mantissaBits: 23,
  bias: 127,
};
const DOUBLE = {
  size: 8,
  sign: 63,
  exponentAt: 52,
  exponentBits: 11,
  mantissaAt: 0,
  mantissaBits: 52,
  bias: 1023,
};

function isLike(type: FloatType, other: typeof SINGLE): boolean {
  return (
    type.implied && Object.entries(other).every(([key, value]) => type[key as keyof FloatType] === value)
  );
}

/** Least power of two that binary32 holds, and the greatest. */
const SINGLE_LEAST = -149;
const SINGLE_GREATEST = 127;

function isFloat32({ exponentBits, mantissaBits, bias, implied }: FloatType): boolean {
  const digits = mantissaBits + (implied ? 1 : 0);
  const least = 1 - bias - mantissaBits + (implied ? 0 : 1);
  const greatest = 2 ** exponentBits - 2 - bias;
  return digits <= 24 && least >= SINGLE_LEAST && greatest <= SINGLE_GREATEST;
}
