/** Reads one group of a granule, block by block: coordinates, then what the points inside the shard need. */
import type { Column, GridPlugin } from "@zagg/core";
import { blockReader, type BlockReader } from "./block-reader.js";
import { groupBlocksBuilder, type BlockIndex, type GroupBlocks, type RowRange } from "./block-index.js";
import { coordinatesDeg } from "../../kernels/coordinates.js";
import { countInvalid, inTypeOf, keepRows, rowsInside } from "../../kernels/selection.js";
import { applyFilter, applyMask, type ColumnFilter } from "./filters.js";
import type { GroupLayout } from "./group-layout.js";
import type { LevelCache } from "./level-cache.js";
import { heldBytes, owned } from "./level-datasets.js";
import { plannedRows } from "./plan-group.js";
import type { ShardCap } from "./planned-rows.js";
import type { RowPlan } from "./row-plan.js";
import type { ShardRows } from "../shard-rows.js";
import type { GranuleDatasets } from "./granule-datasets.js";

/** Rows read at once: bounds the memory, and is long enough that a call costs nothing. */
const BLOCK_ROWS = 2 ** 18;
/** Rows of a block that is remembered with its shards: about one stored chunk, so that little is read in vain … */
const INDEX_ROWS = 2 ** 13;
/** … but no more blocks than this a group, however long it is. */
const MAX_INDEX_BLOCKS = 256;

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

/** Where a group is read from, and for which shard. */
export interface GroupReading {
  readonly granule: GranuleDatasets;
  readonly href: string;
  /** Whether this shard counts the invalid points, which are in no shard. */
  readonly tells: boolean;
  readonly group: string;
  readonly layout: GroupLayout;
  readonly plan: RowPlan;
  readonly grid: GridPlugin;
  readonly shardKey: bigint;
  /** About the shard; null for a full read. */
  readonly cap: ShardCap | null;
  /** Called when rows may have been added. */
  readonly afterBlock: () => void;
}

/**
 * Appends the rows of a group that are inside the shard and are not dropped. A row that is dropped for two reasons
 * counts under the first of: invalid, fill, filtered. With a read plan, only rows that can lie in the shard are looked at,
 * and invalid ones are not counted. Else the coordinates of a group are read whole once a worker; of a group known
 * already, only the blocks that touch the shard.
 */
export async function readGroup(
  reading: GroupReading,
  rows: ShardRows,
  scratch: BlockScratch,
  index: BlockIndex,
  levels: LevelCache,
): Promise<void> {
  const { href, tells, group, shardKey, layout, plan } = reading;
  rows.read.rows_held += layout.rows;
  rows.read.bytes_held += heldBytes(layout, plan);
  const planned = await plannedRows(reading, levels);
  if (planned !== null) {
    for (const range of planned) {
      rows.read.rows += range.stop - range.start;
      for (const piece of pieces(range.start, range.stop, BLOCK_ROWS)) {
        await readRange(reading, piece, rows, scratch);
        reading.afterBlock();
      }
    }
    return;
  }
  const known = index.get(href, group);
  const blocks = known ?? (await scanGroup(reading, scratch));
  if (known === undefined) index.set(href, group, blocks);
  if (tells) rows.dropped.invalid += blocks.invalid;
  if (known === undefined) rows.read.rows += layout.rows;
  for (const { start, stop } of blocks.rangesOf(shardKey)) {
    if (known !== undefined) rows.read.rows += stop - start;
    for (const range of pieces(start, stop, alignedRows(reading.layout, BLOCK_ROWS))) {
      await readRange(reading, range, rows, scratch);
      reading.afterBlock();
    }
  }
}

/** Reads the coordinates of a group and notes which shards its blocks touch. */
async function scanGroup(reading: GroupReading, scratch: BlockScratch): Promise<GroupBlocks> {
  const { layout, grid } = reading;
  const indexRows = alignedRows(layout, Math.max(INDEX_ROWS, Math.ceil(layout.rows / MAX_INDEX_BLOCKS)));
  const builder = groupBlocksBuilder(layout.rows, indexRows);
  const pieceRows = Math.ceil(BLOCK_ROWS / indexRows) * indexRows;
  for (const range of pieces(0, layout.rows, pieceRows)) {
    const { lon, lat } = await readCoordinates(reading, range, scratch);
    const keys = new BigUint64Array(lon.length);
    grid.shardsOf(lon, lat, keys);
    builder.add(range.start, keys, countInvalid(lon, lat));
  }
  return builder.finish();
}

async function readRange(
  reading: GroupReading,
  range: RowRange,
  rows: ShardRows,
  scratch: BlockScratch,
): Promise<void> {
  const { granule, layout, plan, grid, shardKey } = reading;
  const { lon, lat } = await readCoordinates(reading, range, scratch);
  const n = lon.length;
  const inside = grid.locate(shardKey, lon, lat, scratch.positions.subarray(0, n));
  if (inside === 0) return;
  rowsInside(scratch.positions, n, scratch.rows);
  const first = scratch.rows[0]!;
  const last = scratch.rows[inside - 1]!;
  for (let i = 0; i < inside; i++) scratch.rows[i] = scratch.rows[i]! - first;
  const start = range.start + first;
  const read = blockReader(granule, start, range.start + last + 1);
  const positions = scratch.positions.subarray(first, last + 1);
  await appendRows(read, layout, plan, positions, scratch.rows, inside, rows, start);
}

/** Coordinates in degrees, NaN where the granule has its fill value, whatever becomes of fill values elsewhere; they may lie in the scratch, so they hold until the next call. */
async function readCoordinates(
  { granule, layout }: GroupReading,
  range: RowRange,
  scratch: BlockScratch,
): Promise<{ lon: Float64Array; lat: Float64Array }> {
  reserve(scratch, range.stop - range.start);
  const { latitude, longitude } = layout;
  const lat = coordinatesDeg(await granule.read(latitude.path, range), latitude.fillValue, scratch.latDeg);
  const lon = coordinatesDeg(await granule.read(longitude.path, range), longitude.fillValue, scratch.lonDeg);
  return { lon, lat };
}

function* pieces(start: number, stop: number, rows: number): Generator<RowRange> {
  for (let at = start; at < stop; at += rows) yield { start: at, stop: Math.min(at + rows, stop) };
}

/** Drops fills, then filters, then appends what is left. `selected` indexes the block and is compacted. */
async function appendRows(
  read: BlockReader,
  layout: GroupLayout,
  plan: RowPlan,
  positions: Int32Array,
  selected: Int32Array,
  inside: number,
  rows: ShardRows,
  start: number,
): Promise<void> {
  let count = inside;
  for (const [i, column] of plan.columns.entries()) {
    const dataset = layout.columns[i]!;
    if (!plan.dropFill || !column.isVariable || count === 0) continue;
    if (dataset.link !== null) {
      const kept = applyMask(owned(dataset.link, start, positions.length), true, selected, count);
      rows.dropped.fill += count - kept;
      count = kept;
    }
    if (dataset.fillValue === null || count === 0) continue;
    const values = await read.values(dataset);
    const kept = keepRows(values, selected, count, fillTest(values, dataset.fillValue), false);
    rows.dropped.fill += count - kept;
    count = kept;
  }
  for (const [i, filter] of plan.filters.entries()) {
    if (count === 0) break;
    let kept: number;
    if (filter.on === "columns") {
      const mask = await maskOf(filter, read, layout, plan, positions.length);
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
  for (const [i, column] of plan.columns.entries()) {
    const values = plan.retained.has(column.name) ? await read.values(layout.columns[i]!) : undefined;
    if (values !== undefined) rows.columns.get(column.name)?.append(values, selected, count);
  }
  rows.positions.append(positions, selected, count);
}

/** The mask of a condition over columns, for every row of the block. */
async function maskOf(
  { bound }: ColumnFilter,
  read: BlockReader,
  layout: GroupLayout,
  plan: RowPlan,
  rows: number,
): Promise<Uint8Array> {
  const columns = new Map<string, Column>();
  for (const [i, { name }] of plan.columns.entries()) {
    if (bound.inputs.includes(name)) columns.set(name, await read.values(layout.columns[i]!));
  }
  return bound.mask((name) => columns.get(name)!, rows);
}

/** Compares in the dataset's own type; a NaN fill matches every NaN. */
function fillTest(values: Column, fillValue: number): (value: number) => boolean {
  if (Number.isNaN(fillValue)) return Number.isNaN;
  const fill = inTypeOf(values, fillValue);
  return (value) => value === fill;
}

/** At least so many rows, in whole stored chunks, so that none is decompressed twice. */
function alignedRows({ chunkRows }: GroupLayout, rows: number): number {
  if (chunkRows === null || chunkRows <= 0) return rows;
  return Math.ceil(rows / chunkRows) * chunkRows;
}

function reserve(scratch: BlockScratch, rows: number): void {
  if (scratch.rows.length >= rows) return;
  scratch.lonDeg = new Float64Array(rows);
  scratch.latDeg = new Float64Array(rows);
  scratch.positions = new Int32Array(rows);
  scratch.rows = new Int32Array(rows);
}
