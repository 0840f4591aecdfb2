/** Attributes of objects, as they are stored. */
import { allocate, type CfAttribute, type DType, type TypedArray } from "@zagg/core";
import type { Metadata } from "h5wasm/node";

import { elementType } from "./element-type.js";
import type { Hdf5Library } from "./library.js";

/** HDF5 datatype class of text (H5Tpublic.h, `H5T_class_t`). */
const STRING = 3;

/** An attribute that is there. What is neither numbers nor text has no values. */
export function readAttribute(library: Hdf5Library, file: bigint, path: string, name: string): CfAttribute {
  const metadata = library.Module.get_attribute_metadata(file, path, name);
  const dtype = metadata.type === STRING ? "text" : (elementType(metadata) ?? "other");
  if (dtype === "other" || metadata.shape === null || metadata.shape.includes(0))
    return { dtype, values: [] };
  if (dtype !== "text") return { dtype, values: numbersOf(library, file, path, name, dtype, metadata) };
  const text = new library.Dataset(file, path).get_attribute(name, false) as string | readonly string[];
  return { dtype, values: [text].flat() };
}

/** Straight from the library's heap: its own way of it takes twice as long, and most datasets have three. */
function numbersOf(
  { Module }: Hdf5Library,
  file: bigint,
  path: string,
  name: string,
  dtype: DType,
  { size, total_size: count }: Metadata,
): CfAttribute["values"] {
  const pointer = Module._malloc(size * count);
  if (pointer === 0) throw new Error(`the attribute ${name} does not fit in memory`);
  try {
    const status = Module.get_attribute_data(file, path, name, BigInt(pointer));
    if (status < 0) throw new Error(`the attribute ${name} cannot be read`);
    const values = allocate(dtype, count);
    new Uint8Array(values.buffer).set(Module.HEAPU8.subarray(pointer, pointer + size * count));
    return Array.from<number | bigint>(values as Exclude<TypedArray, BigInt64Array | BigUint64Array>);
  } finally {
    Module._free(pointer);
  }
}
