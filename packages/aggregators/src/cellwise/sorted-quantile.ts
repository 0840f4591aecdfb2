/** The linear quantile of values in order: Hyndman & Fan 1996, definition 7. NaN, which comes last, gives NaN. */
export function sortedQuantile(sorted: Float64Array, q: number): number {
  const last = sorted.length - 1;
  if (last < 0 || Number.isNaN(sorted[last])) return NaN;
  const position = last * q;
  const k = Math.floor(position);
  const low = sorted[k]!;
  if (k === last) return low;
  const t = position - k;
  const step = sorted[k + 1]! - low;
  return t < 0.5 ? low + step * t : sorted[k + 1]! - step * (1 - t);
}
