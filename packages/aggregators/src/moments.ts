/** Partial results of variances: counts, means and sums of squared deviations, a cell. */
import { withoutNaN } from "./kernels/skip-nan.js";
import { pairwise, plainBlock, squaresBlock } from "./kernels/pairwise.js";
import type { Partial } from "./partial.js";

interface Moments {
  /** 1 where a cell has had rows, all of them NaN or not. */
  readonly seen: Uint8Array;
  readonly counts: Float64Array;
  readonly means: Float64Array;
  /** Sums of squared deviations from the mean. */
  readonly squares: Float64Array;
}

/**
 * Partial results that join by the pairwise update of Chan, Golub & LeVeque 1983, Am. Stat. 37:242, eq. 1.5.
 * @param value the result of a cell that has rows, from its squared deviations and how many values they are of, maybe none
 */
export function momentsOf(
  source: string,
  skipsNaN: boolean,
  value: (squares: number, count: number) => number,
): Partial {
  return {
    init: (cells): Moments => ({
      seen: new Uint8Array(cells),
      counts: new Float64Array(cells),
      means: new Float64Array(cells),
      squares: new Float64Array(cells),
    }),
    update(state, segments) {
      const own = state as Moments;
      const { cells, offsets } = segments;
      const column = segments.column(source);
      const kept = skipsNaN ? withoutNaN(column, offsets, cells) : { values: column, offsets };
      for (let cell = 0; cell < cells; cell++) {
        if (offsets[cell] !== offsets[cell + 1]) own.seen[cell] = 1;
        const start = kept.offsets[cell]!;
        const count = kept.offsets[cell + 1]! - start;
        if (count === 0) continue;
        const mean = pairwise(plainBlock, kept.values, kept.values, 0, start, count) / count;
        join(own, cell, count, mean, pairwise(squaresBlock, kept.values, kept.values, mean, start, count));
      }
    },
    merge(state, other) {
      const [own, more] = [state as Moments, other as Moments];
      for (let cell = 0; cell < more.seen.length; cell++) {
        if (more.seen[cell] === 1) own.seen[cell] = 1;
        const count = more.counts[cell]!;
        if (count > 0) join(own, cell, count, more.means[cell]!, more.squares[cell]!);
      }
    },
    finish(state, out) {
      const { seen, counts, squares } = state as Moments;
      for (let cell = 0; cell < seen.length; cell++) {
        if (seen[cell] === 1) out[cell] = value(squares[cell]!, counts[cell]!);
      }
    },
  };
}

function join(
  { counts, means, squares }: Moments,
  cell: number,
  count: number,
  mean: number,
  deviations: number,
): void {
  const before = counts[cell]!;
  const total = before + count;
  const step = before === 0 ? mean : mean - means[cell]!;
  counts[cell] = total;
  means[cell]! += step * (count / total);
  squares[cell]! += deviations;
  if (before > 0) squares[cell]! += step * step * ((before * count) / total);
}
