/** Smallest, largest and their difference. */
import { cellPartial } from "@zagg/core";
import { columnAggregator, noParams } from "./column-aggregator.js";
import { maximumOfCells, minimumOfCells, rangeOfCells } from "./kernels/extremes.js";
import { skippingNaN } from "./kernels/skip-nan.js";
import { combining } from "./partial.js";

/** The first of equals, as the kernels take it (0 and -0 differ in their bytes); NaN when either is. */
const lesser = (a: number, b: number): number => (b >= a ? a : b < a ? b : NaN);
const greater = (a: number, b: number): number => (b <= a ? a : b > a ? b : NaN);

/** Of two partial results, one that is NaN stands for no values. */
const skipping =
  (choose: (a: number, b: number) => number) =>
  (a: number, b: number): number =>
    a !== a ? b : b !== b ? a : choose(a, b);

const exact = { law: "exact" } as const;

export const min = columnAggregator({
  name: "min",
  aliases: ["amin"],
  description: "Smallest value; NaN if any is NaN.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => minimumOfCells,
  partial: (run) => combining("least", run, lesser),
});

export const max = columnAggregator({
  name: "max",
  aliases: ["amax"],
  description: "Largest value; NaN if any is NaN.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => maximumOfCells,
  partial: (run) => combining("greatest", run, greater),
});

export const ptp = columnAggregator({
  name: "ptp",
  description: "Largest less smallest value; NaN if any is NaN.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => rangeOfCells,
  partial: (_run, source) => rangePartial(source),
});

function rangePartial(source: string) {
  return cellPartial({
    numbers: { least: 1, greatest: 1 },
    reduce({ cells, offsets, column }, { least, greatest }) {
      minimumOfCells(column(source), offsets, cells, least);
      maximumOfCells(column(source), offsets, cells, greatest);
    },
    join({ least, greatest }, to, later, from) {
      least[to] = lesser(least[to]!, later.least[from]!);
      greatest[to] = greater(greatest[to]!, later.greatest[from]!);
    },
    finish({ least, greatest }, cell, out) {
      out[cell] = greatest[cell]! - least[cell]!;
    },
  });
}

export const nanmin = columnAggregator({
  name: "nanmin",
  description: "Smallest value that is not NaN; NaN if all are.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => skippingNaN(minimumOfCells),
  partial: (run) => combining("least", run, skipping(lesser)),
});

export const nanmax = columnAggregator({
  name: "nanmax",
  description: "Largest value that is not NaN; NaN if all are.",
  paramsSchema: noParams,
  mergeLaw: exact,
  kernel: () => skippingNaN(maximumOfCells),
  partial: (run) => combining("greatest", run, skipping(greater)),
});
