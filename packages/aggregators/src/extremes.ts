/** Smallest, largest and their difference. */
import {
  cellPartial,
  isWideInteger,
  type AggregatorPlugin,
  type BoundDense,
  type JsonObject,
  type PartialDense,
} from "@zagg/core";
import { columnAggregator, noParams } from "./column-aggregator.js";
import { exactExtremeOfCells } from "./kernels/exact-extremes.js";
import { maximumOfCells, minimumOfCells, rangeOfCells } from "./kernels/extremes.js";
import type { SegmentKernel } from "./kernels/segment-kernel.js";
import { skippingNaN } from "./kernels/skip-nan.js";
import { combining } from "./partial.js";

type Choose = (a: number, b: number) => number;

/** The first of equals, as the kernels take it (0 and -0 differ in their bytes); NaN when either is. */
const lesser: Choose = (a, b) => (b >= a ? a : b < a ? b : NaN);
const greater: Choose = (a, b) => (b <= a ? a : b > a ? b : NaN);

/** Of two partial results, one that is NaN stands for no values. */
const skipping =
  (choose: Choose): Choose =>
  (a, b) =>
    a !== a ? b : b !== b ? a : choose(a, b);

const exact = { law: "exact" } as const;

/** What makes an extreme. */
interface Extreme {
  /** −1 for the least, 1 for the greatest. */
  readonly side: -1 | 1;
  /** Of the number in an encoded state. */
  readonly number: string;
  readonly kernel: SegmentKernel;
  /** Of partial results of earlier and of later rows. */
  readonly choose: Choose;
}

function extreme(
  named: { readonly name: string; readonly aliases?: readonly string[]; readonly description: string },
  { side, number, kernel, choose }: Extreme,
): AggregatorPlugin<JsonObject> {
  const plain = columnAggregator({
    ...named,
    paramsSchema: noParams,
    mergeLaw: exact,
    kernel: () => kernel,
    partial: (run) => combining(number, run, choose),
  });
  return {
    ...plain,
    integers: "exact",
    bind(request) {
      const bound = plain.bind(request) as BoundDense;
      // The nearest double of the extreme is the extreme of the nearest doubles.
      if (!isWideInteger(request.field.dtype)) return bound;
      const source = bound.inputs[0]!;
      return {
        ...bound,
        aggregate({ cells, offsets, column, rest }, out, outRest) {
          const rows = { values: column(source), rest: rest?.(source) ?? null, offsets, cells };
          if (outRest === undefined) kernel(rows.values, offsets, cells, out);
          else exactExtremeOfCells(kernel, side, rows, out, outRest);
        },
        partial: integerPartial(source, { side, number, kernel, choose }),
      };
    },
  };
}

/** The partial result is the double, and what it lacks to an integer. */
function integerPartial(source: string, { side, number, kernel, choose }: Extreme): PartialDense {
  const lacks = `${number}_rest`;
  return cellPartial({
    numbers: { [number]: 1, [lacks]: 1 },
    reduce({ cells, offsets, column, rest }, into) {
      const rows = { values: column(source), rest: rest?.(source) ?? null, offsets, cells };
      exactExtremeOfCells(kernel, side, rows, into[number]!, into[lacks]!);
    },
    join(numbers, to, later, from) {
      const [values, rests] = [numbers[number]!, numbers[lacks]!];
      const [own, other] = [values[to]!, later[number]![from]!];
      const otherRest = later[lacks]![from]!;
      const chosen = choose(own, other);
      if (own === other) rests[to] = side * Math.max(side * rests[to]!, side * otherRest);
      else if (chosen !== own) rests[to] = chosen === other ? otherRest : 0;
      values[to] = chosen;
    },
    finish(numbers, cell, out, rest) {
      out[cell] = numbers[number]![cell]!;
      if (rest !== undefined) rest[cell] = numbers[lacks]![cell]!;
    },
  });
}

const least = { side: -1, number: "least", kernel: minimumOfCells, choose: lesser } as const;
const greatest = { side: 1, number: "greatest", kernel: maximumOfCells, choose: greater } as const;
const withoutNaN = (one: Extreme): Extreme => ({
  ...one,
  kernel: skippingNaN(one.kernel),
  choose: skipping(one.choose),
});

export const min = extreme(
  { name: "min", aliases: ["amin"], description: "Smallest value; NaN if any is NaN." },
  least,
);

export const max = extreme(
  { name: "max", aliases: ["amax"], description: "Largest value; NaN if any is NaN." },
  greatest,
);

export const nanmin = extreme(
  { name: "nanmin", description: "Smallest value that is not NaN; NaN if all are." },
  withoutNaN(least),
);

export const nanmax = extreme(
  { name: "nanmax", description: "Largest value that is not NaN; NaN if all are." },
  withoutNaN(greatest),
);

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
