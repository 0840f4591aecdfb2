/** Partial results of variances: of each cell how many values there are, their mean and the sum of squared deviations from it. */
import { cellPartial, type CellNumbers, type PartialDense } from "@zagg/core";
import { withoutNaN } from "./kernels/skip-nan.js";
import { pairwise, plainBlock, squaresBlock } from "./kernels/pairwise.js";

/**
 * Partial results that join by the pairwise update of Chan, Golub & LeVeque 1983, Am. Stat. 37:242, eq. 1.5.
 * @param value the result of a cell that has rows, from its squared deviations and how many values they are of, maybe none
 */
export function momentsOf(
  source: string,
  skipsNaN: boolean,
  value: (squares: number, count: number) => number,
): PartialDense {
  return cellPartial({
    numbers: { count: 1, mean: 1, squares: 1 },
    reduce(segments, into) {
      const { cells, offsets } = segments;
      const column = segments.column(source);
      const kept = skipsNaN ? withoutNaN(column, offsets, cells) : { values: column, offsets };
      for (let cell = 0; cell < cells; cell++) {
        const start = kept.offsets[cell]!;
        const count = kept.offsets[cell + 1]! - start;
        if (count === 0) continue;
        const mean = pairwise(plainBlock, kept.values, kept.values, 0, start, count) / count;
        into.count[cell] = count;
        into.mean[cell] = mean;
        into.squares[cell] = pairwise(squaresBlock, kept.values, kept.values, mean, start, count);
      }
    },
    join,
    finish({ squares, count }, cell, out) {
      out[cell] = value(squares[cell]!, count[cell]!);
    },
  });
}

type Moments = CellNumbers<"count" | "mean" | "squares">;

/** A cell may have had rows and no values, when these are NaN and left out. */
function join({ count, mean, squares }: Moments, to: number, later: Moments, from: number): void {
  const [before, more] = [count[to]!, later.count[from]!];
  if (more === 0) return;
  const total = before + more;
  const step = before === 0 ? later.mean[from]! : later.mean[from]! - mean[to]!;
  count[to] = total;
  mean[to]! += step * (more / total);
  squares[to]! += later.squares[from]!;
  if (before > 0) squares[to]! += step * step * ((before * more) / total);
}
