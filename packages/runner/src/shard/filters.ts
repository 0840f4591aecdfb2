/** The conditions of the configuration that a row must meet. */
import type { Column, ZaggConfig } from "@zagg/core";
import { comparison, inTypeOf, keepRows, membership, type Comparison } from "../kernels/selection.js";

/** One structured condition at the base level. */
export interface RowFilter {
  /** Dataset path template. */
  readonly dataset: string;
  /** Column of a two-dimensional dataset; null for a one-dimensional one. */
  readonly column: number | null;
  readonly op: Comparison | "in" | "not_in";
  readonly operands: readonly number[];
  /** False keeps the rows that do not match. */
  readonly keep: boolean;
}

/** The conditions in the order in which they apply. `filters`, when given, replaces `quality_filter`. */
export function rowFilters(source: ZaggConfig["data_source"]): readonly RowFilter[] {
  if (source.filters === undefined || source.filters === null) {
    const quality = source.quality_filter;
    if (quality === undefined || quality === null) return [];
    return [{ dataset: quality.dataset, column: null, op: "eq", operands: [quality.value], keep: true }];
  }
  return source.filters.map((filter) => ({
    dataset: filter.dataset ?? "",
    column: filter.column ?? null,
    op: filter.op ?? "eq",
    operands: filter.op === "in" || filter.op === "not_in" ? (filter.values ?? []) : [filter.value ?? NaN],
    keep: filter.keep ?? true,
  }));
}

/**
 * Narrows rows to those that meet a condition. Operands are taken in the dataset's own type, so that `eq 0.1` finds the
 * float32 nearest to 0.1. NaN is unequal to everything, in no list and in no order.
 * @param rows indices into `values`; compacted in place
 * @returns how many are left
 */
export function applyFilter(filter: RowFilter, values: Column, rows: Int32Array, count: number): number {
  const operands = filter.operands.map((operand) => inTypeOf(values, operand));
  switch (filter.op) {
    case "in":
    case "not_in":
      return keepRows(values, rows, count, membership(operands), filter.keep === (filter.op === "in"));
    default:
      return keepRows(values, rows, count, comparison(filter.op, operands[0] ?? NaN), filter.keep);
  }
}
