/** Smallest and largest of 64-bit integers that doubles do not tell apart. */
import type { Column } from "@zagg/core";
import type { SegmentKernel } from "./segment-kernel.js";

/** Rows of 64-bit integers: doubles, and what these lack; null when they lack nothing. */
export interface IntegerRows {
  readonly values: Column;
  readonly rest: Int16Array | null;
  readonly offsets: Int32Array;
  readonly cells: number;
}

/**
 * Writes the extreme of each cell: its double, as the kernel of doubles gives it (rounding keeps the order), and the least or
 * greatest rest of the rows with that double.
 * @param side −1 for the least, 1 for the greatest
 * @param outRest length cells; cells whose integers are doubles are left as they are
 */
export function exactExtremeOfCells(
  kernel: SegmentKernel,
  side: -1 | 1,
  { values, rest, offsets, cells }: IntegerRows,
  out: Float64Array,
  outRest: Int16Array | Float64Array,
): void {
  kernel(values, offsets, cells, out);
  if (rest === null) return;
  for (let cell = 0; cell < cells; cell++) {
    const best = out[cell]!;
    let found = -Infinity;
    for (let row = offsets[cell]!; row < offsets[cell + 1]!; row++) {
      if (values[row] === best) found = Math.max(found, side * rest[row]!);
    }
    if (found > -Infinity) outRest[cell] = side * found;
  }
}
