/** What there is to tell of how the datasets of a group are decoded, for what they are used. */
import type { DatasetInfo, Warning } from "@zagg/core";
import { decodingNotes } from "@zagg/core/internal";
import type { SourceColumn } from "../../plan/source-columns.js";
import { applyFilter, type DatasetFilter } from "./filters.js";
import type { RowPlan } from "./row-plan.js";

/** Of a column. Rows whose variable is the fill value were dropped before, unless they are kept. */
export function notesOfColumn(
  { decoding, dropFill }: RowPlan,
  { dataset, isVariable }: SourceColumn,
  info: DatasetInfo,
): readonly Warning[] {
  const wasDropped = dropFill && isVariable;
  const masks = hasMore(info) || (!wasDropped && info.fillValue !== null);
  return decodingNotes(dataset.path, info, decoding, masks);
}

/** Of a filter: missing numbers make a difference when NaN does not meet the condition as they do. */
export function notesOfFilter(
  { decoding }: RowPlan,
  filter: DatasetFilter,
  info: DatasetInfo,
): readonly Warning[] {
  const marks = [info.fillValue ?? [], ...(info.encoding?.missing ?? []).map(Number)].flat();
  const of = info.dtype === "float32" ? Float32Array : Float64Array;
  const passes = (value: number): boolean =>
    applyFilter(filter, { values: of.of(value), rest: null, isWide: false }, Int32Array.of(0), 1) > 0;
  const masks = marks.some((mark) => passes(mark) !== passes(NaN));
  return decodingNotes(filter.dataset, info, decoding, masks);
}

/** Of a dataset of a link, whose missing numbers are taken as they stand. */
export function notesOfLink({ decoding }: RowPlan, dataset: string, info: DatasetInfo): readonly Warning[] {
  return decodingNotes(dataset, info, decoding, false);
}

function hasMore({ encoding }: DatasetInfo): boolean {
  return (encoding?.missing.length ?? 0) > 0;
}
