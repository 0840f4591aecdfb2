/** Merging of t-digests: the walk of a build, over centroids. */
import { CENTROID, scale } from "./build.js";

/**
 * The digest of two digests of the same cell.
 * @param a (mean, weight) rows, means ascending; so is `b`
 * @returns (mean, weight) rows as float64; one that is empty leaves the other as it is
 */
export function mergeDigests(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  delta: number,
): Float64Array<ArrayBuffer> {
  if (a.length === 0) return Float64Array.from(b);
  if (b.length === 0) return Float64Array.from(a);
  const joined = interleaved(a, b);
  let total = 0;
  for (let i = 1; i < joined.length; i += CENTROID) total += joined[i]!;
  const out = new Float64Array(joined.length);
  let next = 0;
  let mean = joined[0]!;
  let weight = joined[1]!;
  let before = 0;
  let left = scale(0, delta);
  for (let i = CENTROID; i < joined.length; i += CENTROID) {
    const ownMean = joined[i]!;
    const ownWeight = joined[i + 1]!;
    if (scale((before + weight + ownWeight) / total, delta) - left <= 1) {
      mean = (mean * weight + ownMean * ownWeight) / (weight + ownWeight);
      weight += ownWeight;
    } else {
      out[next++] = mean;
      out[next++] = weight;
      before += weight;
      left = scale(before / total, delta);
      mean = ownMean;
      weight = ownWeight;
    }
  }
  out[next++] = mean;
  out[next++] = weight;
  return out.slice(0, next);
}

/** The centroids of both by mean; those of `a` first where means are equal. */
function interleaved(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const out = new Float64Array(a.length + b.length);
  let [i, j] = [0, 0];
  for (let next = 0; next < out.length; next += CENTROID) {
    const fromA = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    const from = fromA ? a : b;
    const at = fromA ? i : j;
    out[next] = from[at]!;
    out[next + 1] = from[at + 1]!;
    if (fromA) i += CENTROID;
    else j += CENTROID;
  }
  return out;
}
