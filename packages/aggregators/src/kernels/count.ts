/** How many rows each cell has. */

/** Rows of each cell; cells without rows are left as they are. */
export function countRows(offsets: Int32Array, cells: number, out: Float64Array): void {
  for (let cell = 0; cell < cells; cell++) {
    const count = offsets[cell + 1]! - offsets[cell]!;
    if (count > 0) out[cell] = count;
  }
}
