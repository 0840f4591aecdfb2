/** MOCs as FITS files: a binary table with one column (IVOA MOC 2.0, section 4.1; FITS 4.0, sections 3 to 7). */
import { MAX_ORDER } from "../kernels/face-cells.js";
import { mocLevels } from "./cells.js";
import { findMocTable, fitsError, formatHeader, type MocTable } from "./fits-table.js";
import { isMocRange, mocFromRanges, type Moc } from "./moc.js";

const BLOCK = 2880;

/** How cells are written: starts and stops at order 29 (MOC 2.0), or one number per cell, 4 · 4^order + id (MOC 1.1). */
export type MocFitsOrdering = "RANGE" | "NUNIQ";

/**
 * The bytes of a FITS file of a MOC. Readers of MOC 1.1 know only `NUNIQ`.
 *
 * The standard's `COORDSYS` has no value for the Earth: it says `C`, as readers demand.
 */
export function encodeMocFits(moc: Moc, ordering: MocFitsOrdering = "RANGE"): Uint8Array {
  const values = ordering === "RANGE" ? moc.ranges : uniqNumbers(moc);
  const primary = formatHeader([
    ["SIMPLE", true],
    ["BITPIX", 8],
    ["NAXIS", 0],
    ["EXTEND", true],
  ]);
  const table = formatHeader([
    ["XTENSION", "BINTABLE"],
    ["BITPIX", 8],
    ["NAXIS", 2],
    ["NAXIS1", 8],
    ["NAXIS2", values.length],
    ["PCOUNT", 0],
    ["GCOUNT", 1],
    ["TFIELDS", 1],
    ["TFORM1", "1K"],
    ["TTYPE1", ordering === "RANGE" ? "RANGE" : "UNIQ"],
    ["MOCVERS", "2.0"],
    ["MOCDIM", "SPACE"],
    ["ORDERING", ordering],
    ["COORDSYS", "C"],
    ["MOCORD_S", moc.order],
    ["MOCORDER", moc.order],
    ["MOCTOOL", "zagg"],
  ]);
  const start = primary.length + table.length;
  const bytes = new Uint8Array(start + BLOCK * Math.ceil((8 * values.length) / BLOCK));
  bytes.set(primary);
  bytes.set(table, primary.length);
  const data = new DataView(bytes.buffer);
  for (let k = 0; k < values.length; k++) data.setBigUint64(start + 8 * k, values[k]!);
  return bytes;
}

/**
 * Reads a FITS file of a MOC of space: the first binary table with an `ORDERING` of `RANGE` or `NUNIQ`, in either
 * version of the standard. Its order is `MOCORD_S` or `MOCORDER`, or that of the finest cell when neither is there.
 * @throws GridError `MOC_FITS`, with the byte offset
 */
export function decodeMocFits(bytes: Uint8Array): Moc {
  const table = findMocTable(bytes);
  return table.ordering === "RANGE" ? mocOfRanges(table) : mocOfUniqs(table);
}

function uniqNumbers(moc: Moc): BigUint64Array {
  const levels = mocLevels(moc);
  const numbers = new BigUint64Array(levels.reduce((count, { nested }) => count + nested.length, 0));
  let filled = 0;
  for (const { order, nested } of levels) {
    const base = 4n << BigInt(2 * order);
    for (const id of nested) numbers[filled++] = base + id;
  }
  return numbers;
}

function mocOfRanges(table: MocTable): Moc {
  const { values, order = MAX_ORDER } = table;
  if (table.width !== 8)
    throw fitsError(table.offset, "the ranges are not 64-bit integers", "MOC 2.0 has no others");
  if (values.length % 2 === 1) {
    throw fitsError(table.offset, `there are ${values.length} bounds of ranges`, "each start has a stop");
  }
  for (let k = 0; k < values.length; k += 2) {
    const [start, stop] = [values[k]!, values[k + 1]!];
    if (!isMocRange(order, start, stop)) {
      const why = `ranges ascend within the sky and consist of whole cells of order ${order}`;
      throw fitsError(table.offset + 8 * k, `a range is from ${start} to ${stop}`, why);
    }
  }
  return mocFromRanges(order, values);
}

function mocOfUniqs({ values, width, order, offset }: MocTable): Moc {
  const ranges = new BigUint64Array(2 * values.length);
  let finest = order ?? 0;
  for (let k = 0; k < values.length; k++) {
    const uniq = values[k]!;
    const own = orderOfUniq(uniq);
    if (own === undefined || own > (order ?? MAX_ORDER)) {
      const why = `cells are 4 · 4^order + id, of orders 0 to ${order ?? MAX_ORDER}`;
      throw fitsError(offset + width * k, `${uniq} is the number of no cell`, why);
    }
    const shift = BigInt(2 * (MAX_ORDER - own));
    const id = uniq - (4n << BigInt(2 * own));
    ranges[2 * k] = id << shift;
    ranges[2 * k + 1] = (id + 1n) << shift;
    finest = Math.max(finest, own);
  }
  return mocFromRanges(finest, ranges);
}

/** Order of a NUNIQ number: cells of an order have numbers from 4 · 4^order to 16 · 4^order − 1. */
function orderOfUniq(uniq: bigint): number | undefined {
  const low = Number(uniq & 0xffffffffn);
  const high = Number(uniq >> 32n);
  const bits = high === 0 ? 32 - Math.clz32(low) : 64 - Math.clz32(high);
  const order = ((bits - 1) >> 1) - 1;
  return order >= 0 && order <= MAX_ORDER ? order : undefined;
}
