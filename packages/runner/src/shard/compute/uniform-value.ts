/** The one value of a chunk that a field at chunk resolution has in all its cells. */
import { isFloat, type OutputField } from "@zagg/core";
import { notUniform } from "./field-errors.js";
import type { ChunkCells } from "./field-values.js";

/**
 * The value that the chunk's cells with rows agree on, number by number, NaN equal to NaN. Cells that are NaN throughout do
 * not count for float fields, unless all are.
 * @param values `width` numbers of each cell
 * @returns length `width`
 * @throws RunError `FIELD_NOT_CHUNK_UNIFORM`
 */
export function uniformValue(
  { name, dtype }: OutputField,
  path: string,
  values: Float64Array,
  { cells, offsets }: ChunkCells,
  width: number,
): Float64Array {
  let first: Float64Array | undefined;
  let missing: Float64Array | undefined;
  for (let cell = 0; cell < cells; cell++) {
    if (offsets[cell] === offsets[cell + 1]) continue;
    const own = values.subarray(cell * width, (cell + 1) * width);
    if (isFloat(dtype) && own.every(Number.isNaN)) missing ??= own;
    else if (first === undefined) first = own;
    else if (!same(first, own)) throw notUniform(name, path, [show(first), show(own)]);
  }
  return (first ?? missing ?? new Float64Array(width).fill(NaN)).slice();
}

/** Whether numbers are equal one by one, NaN to NaN, 0 to -0. */
export function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  }
  return true;
}

const MOST_SHOWN = 4;

/** A value in few words. */
export function show(values: ArrayLike<number>): string {
  if (values.length === 1) return String(values[0]);
  const shown = Array.from({ length: Math.min(MOST_SHOWN, values.length) }, (_, i) => String(values[i]));
  return `[${shown.join(", ")}${values.length > MOST_SHOWN ? ", …" : ""}]`;
}
