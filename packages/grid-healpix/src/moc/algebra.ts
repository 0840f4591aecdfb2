/** Union, intersection and difference of MOCs: one walk along the bounds of both. */
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";
import { appendBoundary, createBoundaries, takeBoundaries } from "./boundaries.js";
import { emptyMoc, fullMoc, type Moc } from "./moc.js";

/** Which places are kept, bit by bit: in the first only (2), in the second only (4), in both (8). */
const UNION = 2 | 4 | 8;
const INTERSECTION = 8;
const DIFFERENCE = 2;
const EXCLUSIVE = 2 | 4;

/**
 * The cells of any of these MOCs, at the finest of their orders; without arguments the empty MOC of order 0. Cost: the
 * ranges of all, times the logarithm of how many there are.
 */
export function uniteMocs(...mocs: readonly Moc[]): Moc {
  let left = mocs;
  while (left.length > 1) {
    left = Array.from({ length: Math.ceil(left.length / 2) }, (_, k) => {
      const second = left[2 * k + 1];
      return second === undefined ? left[2 * k]! : combined(left[2 * k]!, second, UNION);
    });
  }
  return left[0] ?? emptyMoc(0);
}

/** The cells of both MOCs, at the finer of their orders. */
export function intersectMocs(a: Moc, b: Moc): Moc {
  return combined(a, b, INTERSECTION);
}

/** The cells of the first MOC that are not in the second, at the finer of their orders. */
export function subtractMocs(a: Moc, b: Moc): Moc {
  return combined(a, b, DIFFERENCE);
}

/** The cells of exactly one of two MOCs (the symmetric difference), at the finer of their orders. */
export function xorMocs(a: Moc, b: Moc): Moc {
  return combined(a, b, EXCLUSIVE);
}

/** All cells that are not in a MOC. */
export function complementMoc(moc: Moc): Moc {
  return subtractMocs(fullMoc(moc.order), moc);
}

function combined(a: Moc, b: Moc, kept: number): Moc {
  return { order: Math.max(a.order, b.order), ranges: walk(lanesOf(a.ranges), lanesOf(b.ranges), kept) };
}

/** Bounds of the places that are kept; `kept` has a bit for each state: 0 in neither, 1 in a, 2 in b, 3 in both. */
function walk(a: Uint32Array, b: Uint32Array, kept: number): BigUint64Array {
  const out = createBoundaries();
  let state = 0;
  let inside = false;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const order = i >= a.length ? 1 : j >= b.length ? -1 : compare(a, i, b, j);
    const from = order <= 0 ? a : b;
    const at = order <= 0 ? i : j;
    if (order <= 0) {
      state ^= 1;
      i += 2;
    }
    if (order >= 0) {
      state ^= 2;
      j += 2;
    }
    if ((((kept >> state) & 1) === 1) !== inside) {
      inside = !inside;
      appendBoundary(out, from[at + LOW]!, from[at + HIGH]!);
    }
  }
  return takeBoundaries(out);
}

function compare(a: Uint32Array, i: number, b: Uint32Array, j: number): number {
  const high = a[i + HIGH]! - b[j + HIGH]!;
  return high !== 0 ? high : a[i + LOW]! - b[j + LOW]!;
}
