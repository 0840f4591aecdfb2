/** What becomes of the rows of a stretch that lie in the shard. */
import type { Column } from "@zagg/core";
import { keepExactRows, keepRows } from "../../kernels/selection.js";
import type { SourceColumn } from "../../plan/source-columns.js";
import { beyondDoubles, isBeyondDoubles } from "../beyond-doubles.js";
import { applyFilter, applyMask, type ColumnFilter } from "./filters.js";
import type { GroupDataset, GroupLayout } from "./group-layout.js";
import { owned } from "./level-datasets.js";
import type { RowPlan } from "./row-plan.js";
import type { ShardRows } from "../shard-rows.js";
import type { StretchReader } from "./stretch-reader.js";

/** The rows of a stretch that lie in the shard. */
export interface RowsInside {
  /** First row of the stretch. */
  readonly start: number;
  /** Position in the shard's cell order of each row of the stretch. */
  readonly positions: Int32Array;
  /** Those in the shard, counted from `start`; compacted as rows are dropped. */
  readonly selected: Int32Array;
  readonly count: number;
}

/** Drops what is missing, then filters, then appends what is left: each step asks for all its datasets at once. */
export async function appendRows(
  read: StretchReader,
  { layout, plan }: { readonly layout: GroupLayout; readonly plan: RowPlan },
  { start, positions, selected, count: inside }: RowsInside,
  rows: ShardRows,
): Promise<void> {
  let count = inside;
  const columnsWhere = (test: (column: SourceColumn, dataset: GroupDataset) => boolean): GroupDataset[] =>
    layout.columns.filter((dataset, i) => test(plan.columns[i]!, dataset));
  read.want(
    columnsWhere(({ isVariable }, { decoding }) => plan.dropFill && isVariable && decoding.hasMissing),
  );
  for (const [i, column] of plan.columns.entries()) {
    const dataset = layout.columns[i]!;
    if (!plan.dropFill || !column.isVariable || count === 0) continue;
    if (dataset.link !== null) {
      const kept = applyMask(owned(dataset.link, start, positions.length), true, selected, count);
      rows.dropped.fill += count - kept;
      count = kept;
    }
    const { decoding } = dataset;
    if (!decoding.hasMissing || count === 0) continue;
    const values = await read.values(dataset);
    const kept = values.isWide
      ? keepExactRows(values, selected, count, dataset.wide.isMissing, false)
      : keepRows(values.values, selected, count, decoding.isMissing(values.values), false);
    rows.dropped.fill += count - kept;
    count = kept;
  }
  const tested = new Set(
    plan.filters.flatMap((filter) => (filter.on === "columns" ? filter.bound.inputs : [])),
  );
  read.want([
    ...layout.filters.filter((dataset) => dataset !== null),
    ...columnsWhere(({ name }) => tested.has(name)),
  ]);
  for (const [i, filter] of plan.filters.entries()) {
    if (count === 0) break;
    let kept: number;
    if (filter.on === "columns") {
      const mask = await maskOf(filter, read, layout, plan, positions.length, selected.subarray(0, count));
      kept = applyMask(mask, filter.keep, selected, count);
    } else {
      const dataset = layout.filters[i]!;
      kept =
        dataset.link === null
          ? applyFilter(filter, await read.values(dataset), selected, count)
          : applyMask(await read.passing(dataset, dataset.link, filter), true, selected, count);
    }
    rows.dropped.filtered += count - kept;
    count = kept;
  }
  if (count === 0) return;
  read.want(columnsWhere(({ name }) => plan.retained.has(name)));
  for (const [i, column] of plan.columns.entries()) {
    if (!plan.retained.has(column.name)) continue;
    const dataset = layout.columns[i]!;
    const { values, rest } = await read.values(dataset);
    rows.columns.get(column.name)?.append(values, selected, count, dataset.rounded ? null : rest);
  }
  rows.positions.append(positions, selected, count);
}

/**
 * The mask of a condition over columns, for every row of the stretch.
 * @param selected rows that count
 * @throws ConfigError `COLUMN_PRECISION` when one of them has an integer beyond ±2^53
 */
async function maskOf(
  { bound }: ColumnFilter,
  read: StretchReader,
  layout: GroupLayout,
  plan: RowPlan,
  rows: number,
  selected: Int32Array,
): Promise<Uint8Array> {
  const columns = new Map<string, Column>();
  for (const [i, { name }] of plan.columns.entries()) {
    if (!bound.inputs.includes(name)) continue;
    const dataset = layout.columns[i]!;
    const { values, rest } = await read.values(dataset);
    if (rest !== null && !dataset.rounded) assertDoubles(name, values, rest, selected);
    columns.set(name, values);
  }
  return bound.mask((name) => columns.get(name)!, rows);
}

const FILTER_MEND =
  "test it by a structured filter ({ dataset, op, value }), which compares integers exactly";

function assertDoubles(name: string, values: Column, rest: Int16Array, selected: Int32Array): void {
  const [first] = selected.filter((row) => isBeyondDoubles(values[row]!, rest[row]!));
  if (first !== undefined) throw beyondDoubles(name, values[first]!, rest[first]!, FILTER_MEND);
}
