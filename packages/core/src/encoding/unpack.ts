/** Packed numbers as values. */
import type { Column } from "../dtype.js";
import type { Packing } from "./dataset-encoding.js";
import { writeMissing, type Missing } from "./missing.js";

/**
 * A new column of number × scale + offset, NaN where the number is missing. Computed as NumPy does in the type of the packing: of
 * float32, the product and the sum are each rounded.
 */
export function unpack(
  stored: Column,
  missing: Missing,
  { scale, offset, dtype }: Packing,
): Float32Array | Float64Array {
  const values = dtype === "float32" ? new Float32Array(stored) : new Float64Array(stored);
  writeMissing(values, missing);
  // Storing rounds to the type of the column.
  if (scale !== 1) for (let i = 0; i < values.length; i++) values[i] = values[i]! * scale;
  if (offset !== 0) for (let i = 0; i < values.length; i++) values[i] = values[i]! + offset;
  return values;
}
