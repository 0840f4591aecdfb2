/** The k1 t-digest of each cell. Dunning and Ertl 2019, "Computing Extremely Accurate Quantiles Using t-Digests". */
import type { RaggedCells } from "@zagg/core";

/** Numbers of a centroid: mean, weight. */
export const CENTROID = 2;

/** The scale function k1, 0 to `delta`: steep at the ends, so that the tails keep their values. */
export function scale(q: number, delta: number): number {
  return delta * (Math.asin(2 * Math.min(1, Math.max(0, q)) - 1) / Math.PI + 0.5);
}

/**
 * Rows below which every value is a centroid of its own: the scale rises by 2·delta/π a unit of q or more, so two
 * neighbours of n values span 4·delta/(π·n) of it, and are joined at 1 or less.
 */
export function losslessRows(delta: number): number {
  return Math.floor((4 * delta) / Math.PI - 1e-6 * delta);
}

/**
 * One digest for each cell, of its finite values. NaN and infinities are left out.
 * @param values sorted in place within each cell; **mutated**
 * @param offsets length cells + 1
 * @param delta bounds the centroids of a digest: about so many at most
 * @returns (mean, weight) rows as float32; weights are exact to 2^24
 */
export function buildDigests(
  values: Float32Array | Float64Array,
  offsets: Int32Array,
  delta: number,
): RaggedCells {
  const cells = offsets.length - 1;
  const ends = new Int32Array(cells + 1);
  const centroids = new Float32Array(CENTROID * values.length);
  const lossless = losslessRows(delta);
  let next = 0;
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const stop = offsets[cell + 1]!;
    if (stop > start) {
      sortRange(values, start, stop);
      let first = start;
      let last = stop;
      while (first < last && values[first] === -Infinity) first++;
      while (last > first && !Number.isFinite(values[last - 1]!)) last--;
      if (last - first <= lossless) {
        for (let i = first; i < last; i++) {
          centroids[next++] = values[i]!;
          centroids[next++] = 1;
        }
      } else next = joinNeighbours(values, first, last, delta, centroids, next);
    }
    ends[cell + 1] = next / CENTROID;
  }
  return { offsets: ends, values: centroids.slice(0, next) };
}

/** Walks sorted finite values; neighbours join while their span of the scale is 1 or less. @returns where to go on in `out` */
function joinNeighbours(
  values: Float32Array | Float64Array,
  first: number,
  last: number,
  delta: number,
  out: Float32Array | Float64Array,
  at: number,
): number {
  const n = last - first;
  let next = at;
  let mean = values[first]!;
  let weight = 1;
  let left = scale(0, delta);
  let before = scale(1 / n, delta);
  for (let i = 1; i < n; i++) {
    const value = values[first + i]!;
    const here = scale((i + 1) / n, delta);
    if (here - left <= 1) {
      mean += (value - mean) / (weight + 1);
      weight++;
    } else {
      out[next++] = mean;
      out[next++] = weight;
      mean = value;
      weight = 1;
      left = before;
    }
    before = here;
  }
  out[next++] = mean;
  out[next++] = weight;
  return next;
}

/** Cells of fewer rows are sorted by insertion, which costs no call. */
const FEW = 20;

/** Sorts values[start … stop − 1] ascending, NaN last. */
function sortRange(values: Float32Array | Float64Array, start: number, stop: number): void {
  if (stop - start >= FEW) {
    values.subarray(start, stop).sort();
    return;
  }
  for (let i = start + 1; i < stop; i++) {
    const value = values[i]!;
    let at = i;
    while (at > start && isAfter(values[at - 1]!, value)) {
      values[at] = values[at - 1]!;
      at--;
    }
    values[at] = value;
  }
}

function isAfter(a: number, b: number): boolean {
  return a > b || (a !== a && b === b);
}
