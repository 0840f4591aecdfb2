/** Numbers of any HDF5 type as the platform's own arrays. */
import type { Datatype } from "../messages/datatype.js";
import { UnsupportedType } from "../problems.js";
import { convertFloats, convertIntegers, convertLanes, reverseElements, type Narrow } from "./convert.js";
import { isPlain, numberForm, numberName, type IntegerForm, type NumericType } from "./number-form.js";

export type Numbers = Narrow | BigInt64Array | BigUint64Array;

const arrays = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export function isNumeric(type: Datatype): type is NumericType {
  return type.kind === "integer" || type.kind === "float" || type.kind === "enum";
}

/**
 * The numbers of elements that lie one behind the other: exact, but for floats that no double holds, which are rounded to the nearest.
 * @param bytes a buffer of its own, **mutated**, which may become the result's
 * @throws UnsupportedType for numbers that HDF5 itself does not convert, or integers of more than 64 bits
 */
export function numbersOf(type: NumericType, bytes: Uint8Array): Numbers {
  const form = numberForm(type);
  if (typeof form === "string") throw new UnsupportedType(form);
  const name = numberName(form);
  const make = arrays[name];
  const count = bytes.length / form.size;
  if (form.bigEndian && form.size > 1) reverseElements(bytes, form.size);
  if (isPlain(form)) {
    const aligned = bytes.byteOffset % form.size === 0 ? bytes : new Uint8Array(bytes);
    return new make(aligned.buffer as ArrayBuffer, aligned.byteOffset, count);
  }
  if (name === "int64" || name === "uint64")
    return new arrays[name](convertLanes(bytes, form as IntegerForm).buffer as ArrayBuffer);
  const out = new arrays[name](count);
  if (form.kind === "integer") convertIntegers(bytes, form, out, 0);
  else convertFloats(bytes, form, out, 0);
  return out;
}
