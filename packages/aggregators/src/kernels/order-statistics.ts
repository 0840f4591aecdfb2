/**
 * Brings two neighbouring order statistics of a cell to their places: values are dealt into buckets by linear
 * interpolation between the extremes (Dobosiewicz 1978, Inf. Proc. Lett. 7:1), and only the buckets that hold them are
 * sorted. Linear for most data; crowded buckets are dealt again, and what resists is left to the platform's comparison
 * sort, so the worst case is n log n. What is dealt stays dealt: the next order statistic of the same cell is found by
 * sorting a short window and checking, in one pass, that it stands where it should.
 */

/** A range this short is sorted outright. */
const SHORT = 24;
/** A cell this short is sorted as a whole, so that the next order statistic is there already. */
const WHOLE = 160;
/** Buckets up to this size are sorted by insertion. */
const CROWDED = 48;
/** Buckets of a range: few enough that their counts stay in the first-level cache. */
const MOST_BUCKETS = 4096;
/** Ranges within ranges; deeper ones are left to the platform. */
const MOST_LEVELS = 4;
/** Values that tell between which extremes to interpolate. */
const SAMPLE = 32;
/** Values looked at on either side of the window before all are. */
const PROBES = 4;

type Floats = Float32Array | Float64Array;

/** Memory that dealing works in, empty until it is; the caller keeps it from one cell to the next of the same values. */
export interface DealSpace {
  bucketOf: Uint16Array;
  copy: Floats;
  starts: Int32Array;
}

export function dealSpace(): DealSpace {
  return { bucketOf: new Uint16Array(0), copy: new Float64Array(0), starts: new Int32Array(0) };
}

/**
 * Permutes values[first … last] so that the k-th and (k+1)-th places hold what sorting would put there.
 * @returns false when a NaN was found; the values are then permuted, no more
 */
export function placePair(values: Floats, first: number, last: number, k: number, space: DealSpace): boolean {
  if (last - first < WHOLE) {
    return isSorted(values, first, last) || sortWhole(values, first, last, space);
  }
  if (isPlaced(values, first, last, k)) return true;
  let low = first;
  let high = last;
  for (let level = 0; high - low >= 2 * CROWDED; level++) {
    const buckets = deal(values, low, high, space);
    if (buckets === 0) return false;
    const { starts } = space;
    // The pair is in the first bucket that ends past k, and maybe in the next one that is not empty.
    let bucket = 0;
    while (low + starts[bucket]! <= k) bucket++;
    const from = bucket === 0 ? low : low + starts[bucket - 1]!;
    while (bucket < buckets - 1 && low + starts[bucket]! <= k + 1) bucket++;
    const to = low + starts[bucket]! - 1;
    if (level === MOST_LEVELS || to - from === high - low) {
      values.subarray(low, high + 1).sort();
      return true;
    }
    low = from;
    high = to;
  }
  sortByInsertion(values, low, high);
  return true;
}

/** Sorts a short range. @returns false when a NaN was found */
function sortWhole(values: Floats, first: number, last: number, space: DealSpace): boolean {
  if (last - first < SHORT) {
    if (holdsNaN(values, first, last)) return false;
    sortByInsertion(values, first, last);
    return true;
  }
  const buckets = deal(values, first, last, space);
  if (buckets === 0) return false;
  let start = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const stop = space.starts[bucket]!;
    if (stop - start > CROWDED) values.subarray(first + start, first + stop).sort();
    start = stop;
  }
  sortByInsertion(values, first, last);
  return true;
}

/**
 * Deals a range into buckets, in place, and leaves the end of each in `space.starts`.
 * The first and last buckets take whatever is beyond the extremes of a sample.
 * @returns how many buckets; 0 when a NaN was found, and nothing was moved
 */
function deal(values: Floats, first: number, last: number, space: DealSpace): number {
  const count = last - first + 1;
  reserve(values, count, space);
  const { bucketOf, copy, starts } = space;
  let low = values[last]!;
  let high = low;
  const step = Math.max(1, Math.floor(count / SAMPLE));
  for (let row = first; row <= last; row += step) {
    const value = values[row]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const buckets = Math.min(MOST_BUCKETS, count >> 1);
  const scale = (buckets - 1) / (high - low);
  starts.fill(0, 0, buckets);
  for (let i = 0; i < count; i++) {
    const value = values[first + i]!;
    const place = (value - low) * scale;
    let bucket = 0;
    if (place >= 0) bucket = place < buckets ? place | 0 : buckets - 1;
    else if (value !== value) return 0;
    bucketOf[i] = bucket;
    starts[bucket] = starts[bucket]! + 1;
  }
  let next = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const size = starts[bucket]!;
    starts[bucket] = next;
    next += size;
  }
  for (let i = 0; i < count; i++) {
    const bucket = bucketOf[i]!;
    const place = starts[bucket]!;
    starts[bucket] = place + 1;
    copy[place] = values[first + i]!;
  }
  values.set(copy.subarray(0, count), first);
  return buckets;
}

/** Sorts a window around k and tells whether nothing before it is larger than its pair, nothing after it smaller. */
function isPlaced(values: Floats, first: number, last: number, k: number): boolean {
  const from = Math.max(first, k - CROWDED);
  const to = Math.min(last, k + 1 + CROWDED);
  const above = values[to]!;
  const below = values[from]!;
  const stepBefore = Math.max(1, Math.floor((from - first) / PROBES));
  for (let row = first; row < from; row += stepBefore) if (!(values[row]! <= above)) return false;
  const stepAfter = Math.max(1, Math.floor((last - to) / PROBES));
  for (let row = last; row > to; row -= stepAfter) if (!(values[row]! >= below)) return false;
  if (holdsNaN(values, from, to)) return false;
  sortByInsertion(values, from, to);
  const a = values[k]!;
  const b = values[Math.min(k + 1, last)]!;
  for (let row = first; row < from; row++) if (!(values[row]! <= a)) return false;
  for (let row = to + 1; row <= last; row++) if (!(values[row]! >= b)) return false;
  return true;
}

/** True for a range in ascending order without NaN. */
function isSorted(values: Floats, first: number, last: number): boolean {
  let before = values[first]!;
  if (before !== before) return false;
  for (let row = first + 1; row <= last; row++) {
    const value = values[row]!;
    if (!(value >= before)) return false;
    before = value;
  }
  return true;
}

function holdsNaN(values: Floats, first: number, last: number): boolean {
  for (let row = first; row <= last; row++) {
    const value = values[row]!;
    if (value !== value) return true;
  }
  return false;
}

function reserve(values: Floats, count: number, space: DealSpace): void {
  if (space.starts.length === 0) space.starts = new Int32Array(MOST_BUCKETS);
  const single = values instanceof Float32Array;
  if (space.copy.length >= count && space.copy instanceof Float32Array === single) return;
  const size = Math.max(1024, 2 * count);
  space.copy = single ? new Float32Array(size) : new Float64Array(size);
  space.bucketOf = new Uint16Array(size);
}

function sortByInsertion(values: Floats, first: number, last: number): void {
  for (let next = first + 1; next <= last; next++) {
    const value = values[next]!;
    let place = next - 1;
    while (place >= first && values[place]! > value) {
      values[place + 1] = values[place]!;
      place--;
    }
    values[place + 1] = value;
  }
}
