/**
 * Cells in the ring numbering: row by row from the north pole, eastwards (Górski et al. 2005, section 4.1 and
 * equations 10 to 14). Exact at every order, in 32-bit lanes: at order 29 an id takes 62 bits.
 *
 * Ids are given and written as uint64. NO_ID stays NO_ID, in either direction.
 */
import type { LatitudeConvention } from "../latitude.js";
import { assertCellIds, faceOfNested, ixOfNested, iyOfNested, nestedHigh, nestedLow } from "./cell-index.js";
import { assertOrder } from "./face-cells.js";
import { HIGH, LOW, NO_ID_LANE, assertLengths, lanesOf } from "@zagg/core/internal";
import { assignNested } from "./nested.js";

const LANE = 2 ** 32;

/**
 * Ring cell id of each point; coordinates as for assignNested.
 * @param out written in full; NO_ID for an invalid point
 * @throws RangeError if lengths differ or the order is out of range (nothing is written)
 */
export function assignRing(
  order: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  latitude: LatitudeConvention,
  out: BigUint64Array,
): void {
  assignNested(order, lonDeg, latDeg, latitude, out);
  ringFromNested(order, out, out);
}

/**
 * Ring ids of cells given by their nested ids.
 * @param nested 0..12 · 4^order − 1, or NO_ID
 * @param out    written in full; may be `nested` itself
 * @throws RangeError if lengths differ or the order is out of range; GridError `CELL_ID_RANGE` (nothing is written)
 */
export function ringFromNested(order: number, nested: BigUint64Array, out: BigUint64Array): void {
  assertOrder(order);
  assertLengths(out.length, nested.length);
  const from = lanesOf(nested);
  const to = lanesOf(out);
  assertCellIds(order, from);
  const nside = 1 << order;
  for (let pair = 0; pair < to.length; pair += 2) {
    const low = from[pair + LOW]!;
    const high = from[pair + HIGH]!;
    if (low === NO_ID_LANE && high === NO_ID_LANE) {
      to[pair] = to[pair + 1] = NO_ID_LANE;
      continue;
    }
    const face = faceOfNested(order, low, high);
    const ix = ixOfNested(order, low, high);
    const iy = iyOfNested(order, low, high);
    const row = (2 + (face >> 2)) * nside - ix - iy - 1;
    const width = Math.min(row, 4 * nside - row, nside);
    const steps = meridianOf(face) * width + ix - iy - 1 + shiftOf(row, nside);
    const column = (steps < 0 ? steps + 8 * width : steps) / 2;
    const sum = firstLow(nside, row) + column;
    to[pair + LOW] = sum % LANE;
    to[pair + HIGH] = firstHigh(nside, row) + (sum >= LANE ? 1 : 0);
  }
}

/**
 * Nested ids of cells given by their ring ids.
 * @param ring 0..12 · 4^order − 1, or NO_ID
 * @param out  written in full; may be `ring` itself
 * @throws RangeError if lengths differ or the order is out of range; GridError `CELL_ID_RANGE` (nothing is written)
 */
export function nestedFromRing(order: number, ring: BigUint64Array, out: BigUint64Array): void {
  assertOrder(order);
  assertLengths(out.length, ring.length);
  const from = lanesOf(ring);
  const to = lanesOf(out);
  assertCellIds(order, from);
  const nside = 1 << order;
  for (let pair = 0; pair < to.length; pair += 2) {
    const low = from[pair + LOW]!;
    const high = from[pair + HIGH]!;
    if (low === NO_ID_LANE && high === NO_ID_LANE) {
      to[pair] = to[pair + 1] = NO_ID_LANE;
      continue;
    }
    const row = rowOf(nside, low, high);
    const width = Math.min(row, 4 * nside - row, nside);
    const column = (low - firstLow(nside, row)) >>> 0;
    const face = faceOfColumn(order, row, column);
    const below = row - (2 + (face >> 2)) * nside + 1;
    const steps = 2 * column + 1 - meridianOf(face) * width - shiftOf(row, nside);
    const aside = steps >= 2 * nside ? steps - 8 * nside : steps;
    const ix = (aside - below) / 2;
    const iy = (-aside - below) / 2;
    to[pair + LOW] = nestedLow(order, face, ix, iy);
    to[pair + HIGH] = nestedHigh(order, face, ix, iy);
  }
}

/** Longitude of a face's middle, in eighths of a turn. */
function meridianOf(face: number): number {
  return 2 * (face & 3) + ((face >> 2) & 1 ? 0 : 1);
}

/** 1 in the rows whose first cell is centred on the prime meridian; 0 in the others. */
function shiftOf(row: number, nside: number): number {
  return row >= nside && row <= 3 * nside ? (row - nside) & 1 : 0;
}

/** The face of a cell given by its row, 1..4·nside − 1, and its column. */
function faceOfColumn(order: number, row: number, column: number): number {
  const nside = 1 << order;
  if (row < nside) return Math.floor(column / row);
  if (row > 3 * nside) return 8 + Math.floor(column / (4 * nside - row));
  const fromTop = row - nside + 1;
  const fromBottom = 2 * nside + 2 - fromTop;
  const right = (column - (fromTop >> 1) + nside) >>> order;
  const left = (column - (fromBottom >> 1) + nside) >>> order;
  if (left === right) return 4 | left;
  return left < right ? left : right + 8;
}

/** The row, 1..4·nside − 1, of a ring id: an estimate from the nearest double, mended by exact comparison. */
function rowOf(nside: number, low: number, high: number): number {
  const id = high * LANE + low;
  const cap = 2 * nside * (nside - 1);
  const cells = 12 * nside * nside;
  let row: number;
  if (id < cap) row = Math.floor((1 + Math.sqrt(1 + 2 * id)) / 2);
  else if (id < cells - cap) row = nside + Math.floor((id - cap) / (4 * nside));
  else row = 4 * nside - Math.floor((1 + Math.sqrt(2 * (cells - id))) / 2);
  row = Math.min(Math.max(row, 1), 4 * nside - 1);
  while (row > 1 && startsAfter(nside, row, low, high)) row--;
  while (row < 4 * nside - 1 && !startsAfter(nside, row + 1, low, high)) row++;
  return row;
}

function startsAfter(nside: number, row: number, low: number, high: number): boolean {
  const rowHigh = firstHigh(nside, row);
  return rowHigh > high || (rowHigh === high && firstLow(nside, row) > low);
}

/** Low 32 bits of the ring id of a row's first cell. */
function firstLow(nside: number, row: number): number {
  if (row < nside) return Math.imul(2 * row, row - 1) >>> 0;
  if (row <= 3 * nside) return Math.imul(2 * nside, 2 * row - nside - 1) >>> 0;
  const left = 4 * nside - row;
  return (((12 * nside * nside) % LANE) - Math.imul(2 * left, left + 1)) >>> 0;
}

/** High 32 bits of the ring id of a row's first cell. */
function firstHigh(nside: number, row: number): number {
  if (row < nside) return productHigh(2 * row, row - 1);
  if (row <= 3 * nside) return productHigh(2 * nside, 2 * row - nside - 1);
  const left = 4 * nside - row;
  const cells = 12 * nside * nside;
  const borrow = cells % LANE < Math.imul(2 * left, left + 1) >>> 0 ? 1 : 0;
  return Math.floor(cells / LANE) - productHigh(2 * left, left + 1) - borrow;
}

/** High 32 bits of a product of integers below 2^32 and 2^32; each step is exact in a double. */
function productHigh(a: number, b: number): number {
  const upper = Math.floor(a / 65536) * b;
  const lower = (a % 65536) * b;
  return Math.floor((upper + Math.floor(lower / 65536)) / 65536);
}
