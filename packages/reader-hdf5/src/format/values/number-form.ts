/**
 * Where the parts of a number are in its bytes, and which array holds it. HDF5 File Format Specification 3.0, section IV.A.2.d:
 * a number is a field of bits of any width somewhere in its bytes, and a float has its parts where it says.
 */
import type { EnumType, FloatType, IntegerType } from "../messages/datatype.js";

export type NumericType = IntegerType | FloatType | EnumType;

/** The arrays by the names that NumPy and Zarr use. */
export type NumberName =
  "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float32" | "float64";

/** Bits count from the least significant of the element, once its bytes are in little-endian order. */
export interface IntegerForm {
  readonly kind: "integer";
  /** Bytes of an element. */
  readonly size: number;
  readonly bigEndian: boolean;
  readonly signed: boolean;
  /** First bit of the value, and how many there are: 1 to 64. */
  readonly at: number;
  readonly bits: number;
}

export interface FloatForm {
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

export type NumberForm = IntegerForm | FloatForm;

const MOST_BITS = 64;
const MOST_EXPONENT_BITS = 32;

/** The form of a type's numbers; a text that says why when HDF5 itself does not convert them, or no array holds them. */
export function numberForm(type: NumericType): NumberForm | string {
  if (type.kind === "float") return floatForm(type);
  const { size, order, signed, bitOffset, precision } = type.kind === "enum" ? type.base : type;
  if (precision > MOST_BITS) return `they are integers of ${precision} bits`;
  return { kind: "integer", size, bigEndian: order === "big", signed, at: bitOffset, bits: precision };
}

function floatForm({ size, order, sign, exponent, mantissa }: FloatType): FloatForm | string {
  if (exponent.bits > MOST_EXPONENT_BITS) return `their exponents have ${exponent.bits} bits`;
  if (mantissa.lead === "stored") return "their mantissas have a leading one that is stored and always set";
  const bigEndian = order === "big";
  const implied = mantissa.lead === "implied";
  // HDF5 turns bytes round by converting numbers to themselves; of other layouts than this, that changes the smallest.
  if (bigEndian && !(implied && mantissa.at + mantissa.bits === exponent.at))
    return "they are big-endian, and their exponents do not lie just above mantissas without a leading one";
  return {
    kind: "float",
    size,
    bigEndian,
    sign,
    exponentAt: exponent.at,
    exponentBits: exponent.bits,
    bias: exponent.bias,
    mantissaAt: mantissa.at,
    mantissaBits: mantissa.bits,
    implied,
  };
}

/** The narrowest array that holds every number of a form exactly; float64 where none does. */
export function numberName(form: NumberForm): NumberName {
  if (form.kind === "float") return isFloat32(form) ? "float32" : "float64";
  const width = form.bits <= 8 ? 8 : form.bits <= 16 ? 16 : form.bits <= 32 ? 32 : 64;
  return form.signed ? `int${width}` : `uint${width}`;
}

/** Whether elements, in little-endian order, are what an array of {@link numberName} holds. */
export function isPlain(form: NumberForm): boolean {
  if (form.kind === "integer") {
    const { size, at, bits } = form;
    return at === 0 && bits === 8 * size && (size === 1 || size === 2 || size === 4 || size === 8);
  }
  return isLike(form, SINGLE) || isLike(form, DOUBLE);
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

function isLike(form: FloatForm, other: typeof SINGLE): boolean {
  return (
    form.implied && Object.entries(other).every(([key, value]) => form[key as keyof FloatForm] === value)
  );
}

/** Least power of two that binary32 holds, and the greatest. */
const SINGLE_LEAST = -149;
const SINGLE_GREATEST = 127;

function isFloat32({ exponentBits, mantissaBits, bias, implied }: FloatForm): boolean {
  const digits = mantissaBits + (implied ? 1 : 0);
  const least = 1 - bias - mantissaBits + (implied ? 0 : 1);
  const greatest = 2 ** exponentBits - 2 - bias;
  return digits <= 24 && least >= SINGLE_LEAST && greatest <= SINGLE_GREATEST;
}
