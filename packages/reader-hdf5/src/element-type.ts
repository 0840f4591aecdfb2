/** Which HDF5 datatypes are read, as what. */
import type { Column, DType } from "@zagg/core";
import type { Metadata } from "h5wasm/node";

/** HDF5 datatype classes (H5Tpublic.h, `H5T_class_t`). */
const INTEGER = 0;
const FLOAT = 1;
const ENUM = 8;

/**
 * The dtype of a dataset's elements; null for what is not a number here: text, compounds, arrays, references, bit fields,
 * and floats or integers of unusual width. An enumeration is read as its integers, `{FALSE: 0, TRUE: 1}` as bool.
 */
export function elementType(metadata: Metadata): DType | null {
  const { type, size, signed } = metadata;
  if (type === FLOAT) return size === 4 ? "float32" : size === 8 ? "float64" : null;
  if (type === ENUM) {
    // HDF5 converts the byte order of numbers on reading, but not of enumerations.
    if (size > 1 && !metadata.littleEndian) return null;
    if (isBool(metadata)) return "bool";
  } else if (type !== INTEGER) return null;
  switch (size) {
    case 1:
      return signed ? "int8" : "uint8";
    case 2:
      return signed ? "int16" : "uint16";
    case 4:
      return signed ? "int32" : "uint32";
    case 8:
      return signed ? "int64" : "uint64";
    default:
      return null;
  }
}

/** An enumeration of one byte as h5py and netCDF write booleans. */
function isBool({ size, enum_type }: Metadata): boolean {
  const members = enum_type?.members ?? {};
  return size === 1 && Object.keys(members).length === 2 && members["FALSE"] === 0 && members["TRUE"] === 1;
}

/** The column that holds values of a dtype: 64-bit integers become doubles. */
export function columnOf(dtype: DType, length: number): Column {
  return new columns[dtype](length);
}

/** A view of raw little-endian elements. 64-bit integers have no view of their own: see {@link widen64}. */
export function viewOf(
  dtype: Exclude<DType, "int64" | "uint64">,
  buffer: ArrayBufferLike,
  byteOffset: number,
  length: number,
): Column {
  return new columns[dtype](buffer as ArrayBuffer, byteOffset, length);
}

const columns = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: Float64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: Float64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const satisfies Record<DType, unknown>;
