/** Reads one group of a granule, block by block: coordinates, then what the points inside the shard need. */
import type { Column, Granule, GridPlugin } from "@zagg/core";
import { countInvalid, inTypeOf, keepRows, rowsInside } from "../kernels/selection.js";
import { applyFilter } from "./filters.js";
import type { GroupDataset, GroupLayout } from "./group-layout.js";
import type { RowPlan } from "./row-plan.js";
import type { ShardRows } from "./shard-rows.js";

/** Rows read at once: bounds the memory, and is long enough that a call costs nothing. */
const BLOCK_ROWS = 2 ** 18;

/** Working memory, kept from block to block. */
export interface BlockScratch {
  lonDeg: Float64Array;
  latDeg: Float64Array;
  positions: Int32Array;
  rows: Int32Array;
}

export function createBlockScratch(): BlockScratch {
  return {
    lonDeg: new Float64Array(0),
    latDeg: new Float64Array(0),
    positions: new Int32Array(0),
    rows: new Int32Array(0),
  };
}

/**
 * Appends the rows of a group that are inside the shard and are not dropped. A row that is dropped for two reasons
 * counts under the first of: invalid, fill, filtered.
 */
export async function readGroup(
  granule: Granule,
  layout: GroupLayout,
  plan: RowPlan,
  grid: GridPlugin,
  shardKey: bigint,
  rows: ShardRows,
  scratch: BlockScratch,
): Promise<void> {
  const blockRows = alignedBlock(layout);
  for (let start = 0; start < layout.rows; start += blockRows) {
    const stop = Math.min(start + blockRows, layout.rows);
    const n = stop - start;
    reserve(scratch, n);
    const lat = asFloat64(await granule.read(layout.latitude, { start, stop }), scratch.latDeg);
    const lon = asFloat64(await granule.read(layout.longitude, { start, stop }), scratch.lonDeg);
    const inside = grid.locate(shardKey, lon, lat, scratch.positions.subarray(0, n));
    if (inside < n) rows.dropped.invalid += countInvalid(lon, lat);
    if (inside === 0) continue;
    rowsInside(scratch.positions, n, scratch.rows);
    const first = scratch.rows[0] as number;
    const last = scratch.rows[inside - 1] as number;
    for (let i = 0; i < inside; i++) scratch.rows[i] = (scratch.rows[i] as number) - first;
    const read = blockReader(granule, start + first, start + last + 1);
    const positions = scratch.positions.subarray(first, last + 1);
    await appendRows(read, layout, plan, positions, scratch.rows, inside, rows);
  }
}

type BlockReader = (dataset: GroupDataset) => Promise<Column>;

/** Drops fills, then filters, then appends what is left. `selected` indexes the block and is compacted. */
async function appendRows(
  read: BlockReader,
  layout: GroupLayout,
  plan: RowPlan,
  positions: Int32Array,
  selected: Int32Array,
  inside: number,
  rows: ShardRows,
): Promise<void> {
  let count = inside;
  for (const [i, column] of plan.columns.entries()) {
    const dataset = layout.columns[i] as GroupDataset;
    if (!plan.dropFill || !column.isVariable || dataset.fillValue === null || count === 0) continue;
    const values = await read(dataset);
    const kept = keepRows(values, selected, count, fillTest(values, dataset.fillValue), false);
    rows.dropped.fill += count - kept;
    count = kept;
  }
  for (const [i, filter] of plan.filters.entries()) {
    if (count === 0) break;
    const kept = applyFilter(filter, await read(layout.filters[i] as GroupDataset), selected, count);
    rows.dropped.filtered += count - kept;
    count = kept;
  }
  if (count === 0) return;
  for (const [i, column] of plan.columns.entries()) {
    const values = plan.retained.has(column.name) ? await read(layout.columns[i] as GroupDataset) : undefined;
    if (values !== undefined) rows.columns.get(column.name)?.append(values, selected, count);
  }
  rows.positions.append(positions, selected, count);
}

/** Reads one range of datasets, each distinct one once. */
function blockReader(granule: Granule, start: number, stop: number): BlockReader {
  const read = new Map<string, Promise<Column>>();
  return ({ path, column }) => {
    const key = `${column ?? ""}:${path}`;
    const known = read.get(key);
    if (known !== undefined) return known;
    const values = granule.read(path, { start, stop, ...(column === null ? {} : { column }) });
    read.set(key, values);
    return values;
  };
}

/** Compares in the dataset's own type; a NaN fill matches every NaN. */
function fillTest(values: Column, fillValue: number): (value: number) => boolean {
  if (Number.isNaN(fillValue)) return Number.isNaN;
  const fill = inTypeOf(values, fillValue);
  return (value) => value === fill;
}

/** Whole stored chunks, so that none is decompressed twice. */
function alignedBlock({ chunkRows }: GroupLayout): number {
  if (chunkRows === null || chunkRows <= 0) return BLOCK_ROWS;
  return Math.ceil(BLOCK_ROWS / chunkRows) * chunkRows;
}

function reserve(scratch: BlockScratch, rows: number): void {
  if (scratch.rows.length >= rows) return;
  scratch.lonDeg = new Float64Array(rows);
  scratch.latDeg = new Float64Array(rows);
  scratch.positions = new Int32Array(rows);
  scratch.rows = new Int32Array(rows);
}

function asFloat64(values: Column, scratch: Float64Array): Float64Array {
  if (values instanceof Float64Array) return values;
  const converted = scratch.subarray(0, values.length);
  converted.set(values);
  return converted;
}
