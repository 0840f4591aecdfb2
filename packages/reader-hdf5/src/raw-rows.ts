/** From rows on the heap of the library to columns. */
import type { Column, TypedArray } from "@zagg/core";

import type { Described } from "./describe.js";
import { viewOf } from "./element-type.js";
import { fill64, widenAll64 } from "./widen64.js";

/** Rows back to back as little-endian elements, each of so many columns. */
export interface RawRows {
  readonly buffer: ArrayBufferLike;
  readonly pointer: number;
  readonly count: number;
  readonly width: number;
}

/**
 * Writes one column of rows to out[at …]: 64-bit integers as they are when `out` is of integers, else as doubles.
 * @param offset which column
 * @returns the row of the first integer that is no double and stands for no missing value; −1 when there is none
 */
export function writeColumn(
  { info: { dtype }, fills }: Described,
  { buffer, pointer, count, width }: RawRows,
  offset: number,
  out: TypedArray,
  at: number,
): number {
  if (dtype !== "int64" && dtype !== "uint64") {
    (out as Column).set(columnOfRows(viewOf(dtype, buffer, pointer, count * width), width, offset, 1), at);
    return -1;
  }
  const lanes = columnOfRows(new Uint32Array(buffer, pointer, 2 * count * width), width, offset, 2);
  if (out instanceof Float64Array) return widenAll64(lanes, dtype === "int64", fills.map(fill64), out, at);
  new Uint32Array(out.buffer, out.byteOffset).set(lanes, 2 * at);
  return -1;
}

/**
 * One column of rows that lie back to back; the rows themselves when they are of one column.
 * @param rows  `parts` numbers of each of `width` columns, row by row
 * @param parts numbers of one element: 2 for 64-bit integers in lanes, else 1
 */
export function columnOfRows<C extends Column>(rows: C, width: number, offset: number, parts: 1 | 2): C {
  if (width === 1) return rows;
  const step = width * parts;
  const column = new (rows.constructor as new (length: number) => C)(rows.length / width);
  let next = 0;
  for (let at = offset * parts; at < rows.length; at += step) {
    column[next++] = rows[at]!;
    if (parts === 2) column[next++] = rows[at + 1]!;
  }
  return column;
}
