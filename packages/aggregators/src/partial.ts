/** Partial results of reductions that combine, block of rows by block of rows. */
import type { BoundDense, CellSegments } from "@zagg/core";
import type { SegmentKernel } from "./kernels/segment-kernel.js";

export type Partial = NonNullable<BoundDense["partial"]>;

/** A number a cell, and whether the cell has had rows. */
interface Single {
  readonly seen: Uint8Array;
  readonly values: Float64Array;
}

/**
 * A reduction whose result over two blocks is a function of its results over each.
 * @param reduce writes a number for each cell that has rows
 */
export function combining(
  reduce: (segments: CellSegments, out: Float64Array) => void,
  combine: (a: number, b: number) => number,
): Partial {
  const add = (state: Single, cell: number, value: number): void => {
    state.values[cell] = state.seen[cell] === 0 ? value : combine(state.values[cell]!, value);
    state.seen[cell] = 1;
  };
  return {
    init: (cells): Single => ({ seen: new Uint8Array(cells), values: new Float64Array(cells) }),
    update(state, segments) {
      const out = new Float64Array(segments.cells);
      reduce(segments, out);
      for (let cell = 0; cell < segments.cells; cell++) {
        if (segments.offsets[cell] !== segments.offsets[cell + 1]) add(state as Single, cell, out[cell]!);
      }
    },
    merge(state, other) {
      const { seen, values } = other as Single;
      for (let cell = 0; cell < seen.length; cell++) {
        if (seen[cell] === 1) add(state as Single, cell, values[cell]!);
      }
    },
    finish(state, out) {
      const { seen, values } = state as Single;
      for (let cell = 0; cell < seen.length; cell++) if (seen[cell] === 1) out[cell] = values[cell]!;
    },
  };
}

/** A kernel on its column. */
export const reducing =
  (source: string, kernel: SegmentKernel) =>
  ({ column, offsets, cells }: CellSegments, out: Float64Array): void =>
    kernel(column(source), offsets, cells, out);

/** Sums and how many values they are of, a cell. */
interface Means {
  readonly sums: unknown;
  readonly counts: unknown;
}

/** A mean, from partial sums and partial counts, or weights. NaN where these are 0. */
export function meanOf(sum: Partial, count: Partial): Partial {
  return {
    init: (cells): Means => ({ sums: sum.init(cells), counts: count.init(cells) }),
    update(state, segments) {
      sum.update((state as Means).sums, segments);
      count.update((state as Means).counts, segments);
    },
    merge(state, other) {
      sum.merge((state as Means).sums, (other as Means).sums);
      count.merge((state as Means).counts, (other as Means).counts);
    },
    finish(state, out) {
      const counts = new Float64Array(out.length);
      sum.finish((state as Means).sums, out);
      count.finish((state as Means).counts, counts);
      const { seen } = (state as Means).counts as Single;
      for (let cell = 0; cell < out.length; cell++)
        if (seen[cell] === 1) out[cell] = counts[cell] === 0 ? NaN : out[cell]! / counts[cell]!;
    },
  };
}

/** The difference of two results, from the partial results of each. */
export function differenceOf(high: Partial, low: Partial): Partial {
  const both = (state: unknown) => state as { readonly high: unknown; readonly low: unknown };
  return {
    init: (cells) => ({ high: high.init(cells), low: low.init(cells) }),
    update(state, segments) {
      high.update(both(state).high, segments);
      low.update(both(state).low, segments);
    },
    merge(state, other) {
      high.merge(both(state).high, both(other).high);
      low.merge(both(state).low, both(other).low);
    },
    finish(state, out) {
      const lows = new Float64Array(out.length);
      high.finish(both(state).high, out);
      low.finish(both(state).low, lows);
      // What has no rows is as it was: 0 is taken from it.
      for (let cell = 0; cell < out.length; cell++) out[cell]! -= lows[cell]!;
    },
  };
}

export const add = (a: number, b: number): number => a + b;
export const multiply = (a: number, b: number): number => a * b;
