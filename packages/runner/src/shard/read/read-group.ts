/** Reads one group of a granule, stretch by stretch: coordinates, then what the points inside the shard need. */
import { readRequest } from "@zagg/core";
import { countInvalid } from "@zagg/core/internal";
import { rowsInside } from "../../kernels/selection.js";
import { appendRows } from "./append-rows.js";
import type { GroupLayout } from "./group-layout.js";
import type { GroupReading } from "./group-reading.js";
import { heldBytes } from "./level-datasets.js";
import { plannedRows } from "./plan-group.js";
import { cutRange, type RowRange } from "./row-range.js";
import { reserveRows } from "./row-scratch.js";
import type { ShardRows } from "../shard-rows.js";
import { groupStretchesBuilder, type GroupStretches } from "./stretch-index.js";
import { stretchReader } from "./stretch-reader.js";

/** Rows of a stretch: bounds the memory, and is long enough that a call costs nothing. */
const STRETCH_ROWS = 2 ** 18;
/** Rows of a stretch that is remembered with its shards: about one stored chunk, so that little is read in vain … */
const INDEX_ROWS = 2 ** 13;
/** … but no more of them than this per group, however long it is. */
const MAX_INDEX_STRETCHES = 256;

/**
 * Appends the rows of a group that are inside the shard and are not dropped. A row that is dropped for two reasons
 * counts under the first of: invalid, fill, filtered. With a read plan, or a granule that says where its blocks lie, only rows that
 * can lie in the shard are looked at, and invalid ones are not counted. Else the coordinates of a group are read whole once a
 * worker; of a group known already, only the stretches that touch the shard.
 */
export async function readGroup(reading: GroupReading, rows: ShardRows): Promise<void> {
  const { href, group, tells, shardKey, layout, plan, memory } = reading;
  rows.read.rows_held += layout.rows;
  rows.read.bytes_held += heldBytes(layout, plan);
  const planned = await plannedRows(reading);
  if (planned !== null) {
    for (const range of planned) {
      rows.read.rows += range.stop - range.start;
      await readRange(reading, range, STRETCH_ROWS, rows);
    }
    return;
  }
  const known = memory.stretches.get(href, group);
  const stretches = known ?? (await scanGroup(reading));
  if (known === undefined) memory.stretches.set(href, group, stretches);
  if (tells) rows.dropped.invalid += stretches.invalid;
  if (known === undefined) rows.read.rows += layout.rows;
  for (const range of stretches.rangesOf(shardKey)) {
    if (known !== undefined) rows.read.rows += range.stop - range.start;
    await readRange(reading, range, alignedRows(layout, STRETCH_ROWS), rows);
  }
}

/** Reads the coordinates of a group and notes which shards its stretches touch. */
async function scanGroup(reading: GroupReading): Promise<GroupStretches> {
  const { layout, grid } = reading;
  const indexRows = alignedRows(layout, Math.max(INDEX_ROWS, Math.ceil(layout.rows / MAX_INDEX_STRETCHES)));
  const builder = groupStretchesBuilder(layout.rows, indexRows);
  const readRows = Math.ceil(STRETCH_ROWS / indexRows) * indexRows;
  for (const range of cutRange({ start: 0, stop: layout.rows }, readRows)) {
    const { lon, lat } = await readCoordinates(reading, range);
    const keys = new BigUint64Array(lon.length);
    grid.shardsOf(lon, lat, keys);
    builder.add(range.start, keys, countInvalid(lon, lat));
  }
  return builder.finish();
}

/** @param stretchRows rows to read at once */
async function readRange(
  reading: GroupReading,
  range: RowRange,
  stretchRows: number,
  rows: ShardRows,
): Promise<void> {
  for (const stretch of cutRange(range, stretchRows)) {
    await readStretch(reading, stretch, rows);
    reading.afterStretch();
  }
}

async function readStretch(reading: GroupReading, range: RowRange, rows: ShardRows): Promise<void> {
  const { reads, grid, shardKey, memory } = reading;
  const { scratch } = memory;
  const { lon, lat } = await readCoordinates(reading, range);
  const n = lon.length;
  const count = grid.locate(shardKey, lon, lat, scratch.positions.subarray(0, n));
  if (count === 0) return;
  rowsInside(scratch.positions, n, scratch.rows);
  const first = scratch.rows[0]!;
  const last = scratch.rows[count - 1]!;
  for (let i = 0; i < count; i++) scratch.rows[i] = scratch.rows[i]! - first;
  const start = range.start + first;
  const read = stretchReader(reads, { start, stop: range.start + last + 1 });
  const positions = scratch.positions.subarray(first, last + 1);
  await appendRows(read, reading, { start, positions, selected: scratch.rows, count }, rows);
}

/** Coordinates in degrees, NaN where one is missing, whatever becomes of missing values elsewhere; they may lie in the scratch, so they hold until the next call. */
async function readCoordinates(
  { reads, layout, memory: { scratch } }: GroupReading,
  range: RowRange,
): Promise<{ lon: Float64Array; lat: Float64Array }> {
  reserveRows(scratch, range.stop - range.start);
  const { latitude, longitude } = layout;
  const [lat, lon] = await reads.now([readRequest(latitude, range), readRequest(longitude, range)]);
  return {
    lon: longitude.degrees(lon!, scratch.lonDeg),
    lat: latitude.degrees(lat!, scratch.latDeg),
  };
}

/** At least so many rows, in whole stored chunks, so that none is decompressed twice. */
function alignedRows({ chunkRows }: GroupLayout, rows: number): number {
  if (chunkRows === null || chunkRows <= 0) return rows;
  return Math.ceil(rows / chunkRows) * chunkRows;
}
