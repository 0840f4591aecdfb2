/** The conditions of the configuration that a row must meet. */
import { splitInteger, type BoundFilter, type DataSourceConfig, type Registry } from "@zagg/core";
import type { NumberColumn } from "@zagg/core/internal";
import { sourceColumns } from "../../plan/source-columns.js";
import {
  comparison,
  exactComparison,
  exactMembership,
  inTypeOf,
  keepExactRows,
  keepRows,
  membership,
  type Comparison,
  type ExactNumber,
} from "../../kernels/selection.js";

/** One condition: on a dataset, or on columns. */
export type RowFilter = DatasetFilter | ColumnFilter;

/** One structured condition. */
export interface DatasetFilter {
  readonly on: "dataset";
  /** Dataset path template. */
  readonly dataset: string;
  /** Column of a two-dimensional dataset; null for a one-dimensional one. */
  readonly column: number | null;
  /** Level whose rows it tests, for their base rows; null for the base level itself. */
  readonly level: string | null;
  readonly op: Comparison | "in" | "not_in";
  /** Exact. */
  readonly operands: readonly ExactNumber[];
  /** False keeps the rows that do not match. */
  readonly keep: boolean;
}

/** One condition over the columns. */
export interface ColumnFilter {
  readonly on: "columns";
  readonly bound: BoundFilter;
  readonly keep: boolean;
}

/**
 * The conditions in the order in which they apply. `filters`, when given, replaces `quality_filter`.
 * @throws ConfigError when an expression is no condition over the columns
 */
export function rowFilters(registry: Registry, source: DataSourceConfig): readonly RowFilter[] {
  if (source.filters === undefined || source.filters === null) {
    const quality = source.quality_filter;
    if (quality === undefined || quality === null) return [];
    const { dataset, value } = quality;
    const operands = [exactNumber(value)];
    return [{ on: "dataset", dataset, column: null, level: null, op: "eq", operands, keep: true }];
  }
  const columns = sourceColumns(source).map(({ name }) => name);
  return source.filters.map((filter, i): RowFilter => {
    const keep = filter.keep ?? true;
    if (filter.expression !== undefined) {
      const path = `/data_source/filters/${i}/expression`;
      const language = registry.filter(registry.defaults.expression);
      const bound = language.bind({ text: filter.expression, columns, path });
      return { on: "columns", bound, keep };
    }
    return {
      on: "dataset",
      dataset: filter.dataset ?? "",
      column: filter.column ?? null,
      level: filter.level === source.base_level ? null : (filter.level ?? null),
      op: filter.op ?? "eq",
      operands: (filter.op === "in" || filter.op === "not_in"
        ? (filter.values ?? [])
        : [filter.value ?? NaN]
      ).map(exactNumber),
      keep,
    };
  });
}

/** Narrows rows to those for which a mask says 1. @param rows indices into `mask`; compacted in place */
export function applyMask(mask: Uint8Array, keep: boolean, rows: Int32Array, count: number): number {
  return keepRows(mask, rows, count, (value) => value !== 0, keep);
}

/** A number of the configuration, where integers beyond ±2^53 are texts. */
function exactNumber(operand: number | string): ExactNumber {
  return typeof operand === "number" ? [operand, 0] : splitInteger(BigInt(operand));
}

/**
 * Narrows rows to those that meet a condition. Operands are taken in the dataset's own type, so that `eq 0.1` finds the
 * float32 nearest to 0.1, and integers of 64 bits compare exactly. NaN is unequal to everything, in no list and in no order.
 * @param rows indices into `values`; compacted in place
 * @returns how many are left
 */
export function applyFilter(
  filter: DatasetFilter,
  column: NumberColumn,
  rows: Int32Array,
  count: number,
): number {
  const { op, keep } = filter;
  const isListed = op === "in" || op === "not_in";
  const keepListed = keep === (op === "in");
  if (column.isWide) {
    return isListed
      ? keepExactRows(column, rows, count, exactMembership(filter.operands), keepListed)
      : keepExactRows(column, rows, count, exactComparison(op, filter.operands[0] ?? [NaN, 0]), keep);
  }
  const { values } = column;
  const operands = filter.operands.map(([operand]) => inTypeOf(values, operand));
  return isListed
    ? keepRows(values, rows, count, membership(operands), keepListed)
    : keepRows(values, rows, count, comparison(op, operands[0] ?? NaN), keep);
}
