/** Runs of rows of a group. */

/** Rows start … stop−1. */
export interface RowRange {
  readonly start: number;
  readonly stop: number;
}

/** Ranges in order; those that overlap or meet become one. */
export function mergedRanges(ranges: readonly RowRange[]): RowRange[] {
  const merged: RowRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.stop)
      merged[merged.length - 1] = { start: last.start, stop: Math.max(last.stop, range.stop) };
    else merged.push(range);
  }
  return merged;
}

/** The rows that two lists have in common. @param a @param b in order, disjoint */
export function commonRanges(a: readonly RowRange[], b: readonly RowRange[]): RowRange[] {
  const common: RowRange[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one, other] = [a[i]!, b[j]!];
    const range = { start: Math.max(one.start, other.start), stop: Math.min(one.stop, other.stop) };
    if (range.start < range.stop) common.push(range);
    if (one.stop < other.stop) i++;
    else j++;
  }
  return common;
}

/** Cuts rows into ranges of so many at most. */
export function* cutRange({ start, stop }: RowRange, rows: number): Generator<RowRange> {
  for (let at = start; at < stop; at += rows) yield { start: at, stop: Math.min(at + rows, stop) };
}
