/** Selection: the k-th smallest value of a range, in place, in linear time on average and n log n at worst. */

/** A range this short is sorted by insertion. */
const SHORT = 16;
/** Partitions allowed per halving of the range before the rest is sorted instead; 4 is never reached by random data. */
const PARTITIONS_PER_HALVING = 4;

/**
 * Permutes values[first … last] so that the k-th place holds what sorting would put there, nothing larger stands before
 * it and nothing smaller after it. Hoare's Find with median-of-three pivots (Hoare 1961, CACM 4:321), bounded as in
 * Musser's introselect (1997, Softw. Pract. Exper. 27:983).
 * @param values no NaN between first and last
 */
export function select(values: Float32Array | Float64Array, first: number, last: number, k: number): void {
  let low = first;
  let high = last;
  let budget = PARTITIONS_PER_HALVING * (32 - Math.clz32(last - first));
  while (high - low >= SHORT) {
    if (budget-- === 0) {
      values.subarray(low, high + 1).sort();
      return;
    }
    const pivot = pivotOf(values, low, high);
    let left = low + 1;
    let right = high - 1;
    while (left <= right) {
      while ((values[left] as number) < pivot) left++;
      while ((values[right] as number) > pivot) right--;
      if (left > right) break;
      const held = values[left] as number;
      values[left] = values[right] as number;
      values[right] = held;
      left++;
      right--;
    }
    if (k <= right) high = right;
    else if (k >= left) low = left;
    else return;
  }
  sortByInsertion(values, low, high);
}

/** Orders the first, middle and last value, which then stop both scans, and returns the middle one. */
function pivotOf(values: Float32Array | Float64Array, low: number, high: number): number {
  const middle = (low + high) >>> 1;
  let a = values[low] as number;
  let b = values[middle] as number;
  let c = values[high] as number;
  let held: number;
  if (a > b) {
    held = a;
    a = b;
    b = held;
  }
  if (b > c) {
    held = b;
    b = c;
    c = held;
    if (a > b) {
      held = a;
      a = b;
      b = held;
    }
  }
  values[low] = a;
  values[middle] = b;
  values[high] = c;
  return b;
}

function sortByInsertion(values: Float32Array | Float64Array, low: number, high: number): void {
  for (let next = low + 1; next <= high; next++) {
    const value = values[next] as number;
    let place = next - 1;
    while (place >= low && (values[place] as number) > value) {
      values[place + 1] = values[place] as number;
      place--;
    }
    values[place + 1] = value;
  }
}
