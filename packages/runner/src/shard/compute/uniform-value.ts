/** The one value of a chunk that a field at chunk resolution has in all its cells. */
import { isFloat, type OutputField } from "@zagg/core";
import { shownNumber, type ComputedNumbers } from "../../kernels/cast.js";
import { notUniform } from "./field-errors.js";
import type { ChunkCells } from "./field-values.js";

/**
 * The value that the chunk's cells with rows agree on, number by number, NaN equal to NaN. Cells that are NaN throughout do
 * not count for float fields, unless all are.
 * @param computed `width` numbers of each cell
 * @returns length `width`
 * @throws RunError `FIELD_NOT_CHUNK_UNIFORM`
 */
export function uniformValue(
  { name, dtype }: OutputField,
  path: string,
  { values, rest }: ComputedNumbers,
  { cells, offsets }: ChunkCells,
  width: number,
): ComputedNumbers {
  let first: ComputedNumbers | undefined;
  let missing: ComputedNumbers | undefined;
  for (let cell = 0; cell < cells; cell++) {
    if (offsets[cell] === offsets[cell + 1]) continue;
    const [start, stop] = [cell * width, (cell + 1) * width];
    const own: ComputedNumbers = {
      values: values.subarray(start, stop),
      rest: rest?.subarray(start, stop),
    };
    if (isFloat(dtype) && own.values.every(Number.isNaN)) missing ??= own;
    else if (first === undefined) first = own;
    else if (!same(first.values, own.values) || !same(first.rest ?? [], own.rest ?? []))
      throw notUniform(name, path, [showComputed(first), showComputed(own)]);
  }
  return first ?? missing ?? { values: new Float64Array(width).fill(NaN) };
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
  return shown(values.length, (i) => String(values[i]));
}

function showComputed(computed: ComputedNumbers): string {
  return shown(computed.values.length, (i) => shownNumber(computed, i));
}

function shown(length: number, text: (i: number) => string): string {
  if (length === 1) return text(0);
  const texts = Array.from({ length: Math.min(MOST_SHOWN, length) }, (_, i) => text(i));
  return `[${texts.join(", ")}${length > MOST_SHOWN ? ", …" : ""}]`;
}
