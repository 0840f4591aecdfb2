/** Leaves NaN out: the twin of any kernel that reduces only what is a number. */
import type { Column } from "@zagg/core";

/** Rows sorted by cell. */
export interface Rows<C extends Column> {
  readonly values: C;
  readonly offsets: Int32Array;
}

/** The rows that are not NaN, in order; the same arrays when none is. */
export function withoutNaN<C extends Column>(values: C, offsets: Int32Array, cells: number): Rows<C> {
  if (!(values instanceof Float32Array || values instanceof Float64Array) || !anyNaN(values)) {
    return { values, offsets };
  }
  const kept = values.slice();
  const keptOffsets = new Int32Array(cells + 1);
  let next = 0;
  for (let cell = 0; cell < cells; cell++) {
    const stop = offsets[cell + 1]!;
    for (let row = offsets[cell]!; row < stop; row++) {
      const value = values[row]!;
      if (value === value) kept[next++] = value;
    }
    keptOffsets[cell + 1] = next;
  }
  return { values: kept as C, offsets: keptOffsets };
}

/**
 * The kernel over what is not NaN. A cell whose rows are all NaN gets `whenAllNaN`.
 */
export function skippingNaN<C extends Column>(
  kernel: (values: C, offsets: Int32Array, cells: number, out: Float64Array) => void,
  whenAllNaN = NaN,
): (values: C, offsets: Int32Array, cells: number, out: Float64Array) => void {
  return (values, offsets, cells, out) => {
    const kept = withoutNaN(values, offsets, cells);
    kernel(kept.values, kept.offsets, cells, out);
    if (kept.offsets === offsets) return;
    for (let cell = 0; cell < cells; cell++) {
      const hadRows = offsets[cell + 1] !== offsets[cell];
      if (hadRows && kept.offsets[cell + 1] === kept.offsets[cell]) out[cell] = whenAllNaN;
    }
  };
}

function anyNaN(values: Float32Array | Float64Array): boolean {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value !== value) return true;
  }
  return false;
}
