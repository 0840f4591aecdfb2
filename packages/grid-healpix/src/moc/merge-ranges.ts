/** Ranges in any order, made ascending and disjoint. */
import { appendBoundary, createBoundaries, takeBoundaries } from "./boundaries.js";
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";

/**
 * The union of ranges as their starts and stops, which come apart: the sorted starts and the sorted stops say how many
 * ranges cover a place, and it is all the same which stop belongs to which start.
 * @param starts n, sorted by this function; start k < stop k
 * @param stops  n, sorted by this function
 */
export function mergeRanges(starts: BigUint64Array, stops: BigUint64Array): BigUint64Array {
  starts.sort();
  stops.sort();
  const from = lanesOf(starts);
  const to = lanesOf(stops);
  const out = createBoundaries();
  let depth = 0;
  let start = 0;
  for (let stop = 0; stop < to.length; stop += 2) {
    const low = to[stop + LOW]!;
    const high = to[stop + HIGH]!;
    while (start < from.length) {
      const startLow = from[start + LOW]!;
      const startHigh = from[start + HIGH]!;
      // A start at a stop comes first, so that ranges that touch become one.
      if (startHigh > high || (startHigh === high && startLow > low)) break;
      if (depth === 0) appendBoundary(out, startLow, startHigh);
      depth++;
      start += 2;
    }
    depth--;
    if (depth === 0) appendBoundary(out, low, high);
  }
  return takeBoundaries(out);
}
