/** Histograms over bins of one width: NumPy's rule, edges included. NumPy, `numpy.histogram`, "uniform bins". */

/**
 * `bins + 1` edges.
 * @param single whether they are rounded to float32
 * @param throughout whether, if so, each step of their making is, as NumPy has it for ends that it finds among float32
 */
export function uniformEdges(
  low: number,
  high: number,
  bins: number,
  single: boolean,
  throughout = false,
): Float64Array {
  const round = single && throughout ? Math.fround : (value: number) => value;
  const [first, last] = low === high ? [round(low - 0.5), round(high + 0.5)] : [low, high];
  const edges = new Float64Array(bins + 1);
  const step = round(round(last - first) / bins);
  for (let i = 0; i < bins; i++) edges[i] = round(i * step) + first;
  edges[bins] = last;
  return single ? edges.map(Math.fround) : edges;
}

/**
 * Adds values[start … stop − 1] to the counts of their bins. A bin is closed at its left edge and open at its right one,
 * the last closed at both; values outside, and NaN, are left out.
 * @param edges from {@link uniformEdges}
 * @param weights a weight for each value; 1 each when left out
 * @param out counts go to out[at … at + bins − 1], which is **added to**
 */
export function addToHistogram(
  values: ArrayLike<number>,
  start: number,
  stop: number,
  edges: Float64Array,
  out: Float64Array | Uint32Array,
  at: number,
  weights?: ArrayLike<number>,
): void {
  const bins = edges.length - 1;
  const low = edges[0]!;
  const high = edges[bins]!;
  const perUnit = bins / (high - low);
  for (let i = start; i < stop; i++) {
    const value = values[i]!;
    if (!(value >= low && value <= high)) continue;
    let bin = Math.trunc((value - low) * perUnit);
    if (bin >= bins) bin = bins - 1;
    if (value < edges[bin]!) bin--;
    else if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    out[at + bin]! += weights === undefined ? 1 : weights[i]!;
  }
}
