/** What every kernel here is: one pass over columns sorted by cell. */
import type { Column } from "@zagg/core";

/**
 * Computes one number for each cell.
 * @param values  the rows, sorted by cell
 * @param offsets length cells + 1: rows of cell c are offsets[c] … offsets[c+1]−1
 * @param cells   number of cells
 * @param out     length cells; cells without rows are left as they are
 */
export type SegmentKernel = (values: Column, offsets: Int32Array, cells: number, out: Float64Array) => void;

/** A kernel that may permute the values within each cell. */
export type PermutingKernel = (
  values: Float32Array | Float64Array,
  offsets: Int32Array,
  cells: number,
  out: Float64Array,
) => void;
