/** Grouping of rows by cell: a stable counting sort (Knuth, TAOCP vol. 3, 5.2, algorithm D). Linear in rows + cells. */
import type { Column } from "@zagg/core";

/**
 * Where each row goes so that the rows of a cell are contiguous and keep their order.
 * @param positions cell of each row, 0 … cells−1; **overwritten** with the row's place in the sorted order
 * @param rows how many leading elements of `positions` count
 * @param offsets length cells + 1; written in full: rows of cell c are offsets[c] … offsets[c+1]−1 afterwards
 * @returns how many cells have rows
 * @throws RangeError if `rows` exceeds `positions`, or a position is outside the cells (`positions` is then unchanged)
 */
export function groupByPosition(positions: Int32Array, rows: number, offsets: Int32Array): number {
  const cells = offsets.length - 1;
  if (cells < 0 || rows > positions.length) {
    throw new RangeError(`${rows} rows of ${positions.length} positions into ${cells} cells`);
  }
  offsets.fill(0);
  for (let row = 0; row < rows; row++) {
    const cell = positions[row]!;
    if (cell < 0 || cell >= cells) throw new RangeError(`position ${cell} is outside 0 … ${cells - 1}`);
    offsets[cell] = offsets[cell]! + 1;
  }
  let populated = 0;
  let start = 0;
  for (let cell = 0; cell < cells; cell++) {
    const count = offsets[cell]!;
    if (count > 0) populated++;
    offsets[cell] = start;
    start += count;
  }
  for (let row = 0; row < rows; row++) {
    const cell = positions[row]!;
    const place = offsets[cell]!;
    offsets[cell] = place + 1;
    positions[row] = place;
  }
  // Each start has moved on to the start of the next cell: move them back by one.
  offsets.copyWithin(1, 0, cells);
  offsets[0] = 0;
  return populated;
}

/**
 * Moves each row to its place.
 * @param places from {@link groupByPosition}; a permutation of 0 … rows−1
 * @param out same type as `values`, at least `rows` long; must not overlap it
 */
export function permuteRows(values: Column, places: Int32Array, rows: number, out: Column): void {
  for (let row = 0; row < rows; row++) out[places[row]!] = values[row]!;
}
