/** The cells of a MOC, each as coarse as it can be. */
import { GeometryError } from "@zagg/core";
import { assertOrder, MAX_ORDER } from "../kernels/face-cells.js";
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";
import { fillConsecutive } from "../kernels/morton-words.js";
import { MAX_COVERAGE_CELLS } from "../cover/collected-cells.js";
import { droppedHigh, droppedLow } from "./cell-ranges.js";
import { coarsenMoc } from "./coarsen.js";
import type { Moc } from "./moc.js";

/** Cells of mixed orders, disjoint, in the order of their places; four siblings never stand together. */
export interface MocCells {
  readonly orders: Uint8Array;
  readonly nested: BigUint64Array;
}

/** Cells of one order, ascending. */
export interface MocLevel {
  readonly order: number;
  readonly nested: BigUint64Array;
}

/** The fewest cells that make up a MOC. */
export function mocCells(moc: Moc): MocCells {
  const count = walkCells(moc, undefined);
  const cells = { orders: new Uint8Array(count), nested: new BigUint64Array(count) };
  walkCells(moc, cells);
  return cells;
}

/** The same cells order by order, coarsest first; orders without cells are left out. */
export function mocLevels(moc: Moc): readonly MocLevel[] {
  const { orders, nested } = mocCells(moc);
  const counts = new Uint32Array(MAX_ORDER + 1);
  for (const order of orders) counts[order]!++;
  const from = lanesOf(nested);
  const levels = Array.from(counts, (count, order) => ({ order, nested: new BigUint64Array(count) }));
  const lanes = levels.map((level) => lanesOf(level.nested));
  const filled = new Uint32Array(MAX_ORDER + 1);
  for (let k = 0; k < orders.length; k++) {
    const order = orders[k]!;
    const to = lanes[order]!;
    const at = 2 * filled[order]!++;
    to[at] = from[2 * k]!;
    to[at + 1] = from[2 * k + 1]!;
  }
  return levels.filter((level) => level.nested.length > 0);
}

/**
 * Nested ids of all cells of one order that have a part in a MOC, ascending.
 * @throws GeometryError `GRID_COVERAGE_LIMIT` for more than 50 million; RangeError if the order is out of range
 */
export function nestedFromMoc(moc: Moc, order: number): BigUint64Array {
  assertOrder(order);
  const { ranges } = coarsenMoc(moc, order);
  const shift = BigInt(2 * (MAX_ORDER - order));
  const bounds = ranges.map((bound) => bound >> shift);
  let count = 0;
  for (let at = 0; at < bounds.length; at += 2) count += Number(bounds[at + 1]! - bounds[at]!);
  if (count > MAX_COVERAGE_CELLS) throw tooManyCells(order, count);
  const ids = new BigUint64Array(count);
  let filled = 0;
  for (let at = 0; at < bounds.length; at += 2) {
    const size = Number(bounds[at + 1]! - bounds[at]!);
    fillConsecutive(bounds[at]!, ids.subarray(filled, (filled += size)));
  }
  return ids;
}

/** Counts the cells of a MOC, and writes them when there is where to. */
function walkCells({ ranges }: Moc, out: MocCells | undefined): number {
  const lanes = lanesOf(ranges);
  const nested = out === undefined ? undefined : lanesOf(out.nested);
  let count = 0;
  for (let at = 0; at < lanes.length; at += 4) {
    let low = lanes[at + LOW]!;
    let high = lanes[at + HIGH]!;
    const stopLow = lanes[at + 2 + LOW]!;
    const stopHigh = lanes[at + 2 + HIGH]!;
    while (low !== stopLow || high !== stopHigh) {
      const borrow = stopLow < low ? 1 : 0;
      const depth = Math.min(
        MAX_ORDER,
        alignmentOf(low, high),
        floorLog4((stopLow - low) >>> 0, stopHigh - high - borrow),
      );
      if (out !== undefined && nested !== undefined) {
        out.orders[count] = MAX_ORDER - depth;
        nested[2 * count + LOW] = droppedLow(low, high, 2 * depth);
        nested[2 * count + HIGH] = droppedHigh(high, 2 * depth);
      }
      count++;
      if (depth < 16) {
        const sum = low + 4 ** depth;
        low = sum >>> 0;
        if (sum > 0xffffffff) high++;
      } else {
        high += 4 ** (depth - 16);
      }
    }
  }
  return count;
}

/** How often 4 divides an integer; 32 for zero. */
function alignmentOf(low: number, high: number): number {
  if (low !== 0) return (31 - Math.clz32(low & -low)) >> 1;
  return high === 0 ? 32 : 16 + ((31 - Math.clz32(high & -high)) >> 1);
}

/** The greatest d with 4^d at most an integer, which is not zero. */
function floorLog4(low: number, high: number): number {
  return (high === 0 ? 31 - Math.clz32(low) : 63 - Math.clz32(high)) >> 1;
}

function tooManyCells(order: number, count: number): GeometryError {
  return new GeometryError("GRID_COVERAGE_LIMIT", {
    what: `the MOC has ${count} cells of order ${order}`,
    why: `a list holds at most ${MAX_COVERAGE_CELLS / 1e6} million`,
    mend: "ask for a coarser order, or go through the cells of mixed orders with mocCells",
    details: { order, count, limit: MAX_COVERAGE_CELLS },
  });
}
