/** What stored t-digests say: quantiles, distribution functions, counts. */
import { CENTROID } from "./build.js";

/** The digests of a chunk, as `openRagged(…).readChunk(…)` of `@zagg/zarr` gives them. */
export interface Digests {
  /** Length cells + 1, first 0: cell c holds centroids offsets[c] … offsets[c+1]−1. */
  readonly offsets: Int32Array;
  /** (mean, weight) rows. */
  readonly values: ArrayLike<number>;
}

/** The number of values in each cell's digest; length cells. */
export function totalWeight({ offsets, values }: Digests): Float64Array {
  return perCell(offsets, (start, stop) => weightOf(values, start, stop));
}

/**
 * The quantile of each cell: linear between the midpoints of centroids, by rank.
 * @param q 0 to 1
 * @returns length cells; NaN for a cell without a digest
 */
export function quantile({ offsets, values }: Digests, q: number): Float64Array {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile is from 0 to 1, not ${q}`);
  return perCell(offsets, (start, stop) => (start === stop ? NaN : quantileOf(values, start, stop, q)));
}

/**
 * How many values of each cell are `x` or less: linear between the means of centroids, each counted at half its weight.
 * @returns length cells; 0 for a cell without a digest
 */
export function cdf({ offsets, values }: Digests, x: number): Float64Array {
  return perCell(offsets, (start, stop) => (start === stop ? 0 : countUpTo(values, start, stop, x)));
}

/** {@link quantile} of one digest, of centroids start … stop − 1; at least one. */
export function quantileOf(values: ArrayLike<number>, start: number, stop: number, q: number): number {
  const rank = q * (weightOf(values, start, stop) - 1);
  const mean = (k: number) => values[CENTROID * k]!;
  const middle = (k: number) => (mean(k - 1) + mean(k)) / 2;
  let upper = 0;
  for (let k = start; k < stop; k++) {
    const low = upper;
    upper += values[CENTROID * k + 1]!;
    const high = upper - 1;
    if (rank > high && k + 1 < stop) continue;
    if (high <= low) return mean(k);
    const from = k === start ? mean(k) : middle(k);
    const to = k + 1 === stop ? mean(k) : middle(k + 1);
    return from + ((to - from) * (rank - low)) / (high - low);
  }
  return NaN;
}

/** {@link cdf} of one digest, of centroids start … stop − 1; at least one. */
export function countUpTo(values: ArrayLike<number>, start: number, stop: number, x: number): number {
  const mean = (k: number) => values[CENTROID * k]!;
  const weight = (k: number) => values[CENTROID * k + 1]!;
  if (x < mean(start)) return 0;
  if (x > mean(stop - 1) || stop - start === 1) return weightOf(values, start, stop);
  let below = 0;
  let k = start;
  while (k + 1 < stop && mean(k + 1) <= x) below += weight(k++);
  const here = below + weight(k) / 2;
  if (k + 1 === stop) return here;
  const there = below + weight(k) + weight(k + 1) / 2;
  return here + ((there - here) * (x - mean(k))) / (mean(k + 1) - mean(k));
}

function weightOf(values: ArrayLike<number>, start: number, stop: number): number {
  let sum = 0;
  for (let k = start; k < stop; k++) sum += values[CENTROID * k + 1]!;
  return sum;
}

function perCell(offsets: Int32Array, compute: (start: number, stop: number) => number): Float64Array {
  const out = new Float64Array(offsets.length - 1);
  for (let cell = 0; cell < out.length; cell++) {
    out[cell] = compute(offsets[cell]!, offsets[cell + 1]!);
  }
  return out;
}
