/** Working memory of reading rows, kept from stretch to stretch. */

export interface RowScratch {
  lonDeg: Float64Array;
  latDeg: Float64Array;
  positions: Int32Array;
  rows: Int32Array;
}

export function createRowScratch(): RowScratch {
  return {
    lonDeg: new Float64Array(0),
    latDeg: new Float64Array(0),
    positions: new Int32Array(0),
    rows: new Int32Array(0),
  };
}

/** Makes room for so many rows; what was there is lost when there was less. */
export function reserveRows(scratch: RowScratch, rows: number): void {
  if (scratch.rows.length >= rows) return;
  scratch.lonDeg = new Float64Array(rows);
  scratch.latDeg = new Float64Array(rows);
  scratch.positions = new Int32Array(rows);
  scratch.rows = new Int32Array(rows);
}
