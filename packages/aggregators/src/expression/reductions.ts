/** Reductions of a cell's rows to one number: the kernels of the aggregators, over values of an expression. */
import type { CellSegments } from "@zagg/core";
import { maximumOfCells, minimumOfCells, rangeOfCells } from "../kernels/extremes.js";
import { medianOfCells, quantileOfCells } from "../kernels/quantile.js";
import type { PermutingKernel, SegmentKernel } from "../kernels/segment-kernel.js";
import { skippingNaN } from "../kernels/skip-nan.js";
import {
  deviationOfCells,
  meanOfCells,
  productOfCells,
  sumOfCells,
  varianceOfCells,
  weightedMeanOfCells,
} from "../kernels/sums.js";
import { averageType, meanType, strong, sumType, type NumberType } from "./types.js";
import { cast, highestRank, spread, type Value } from "./value.js";

/** A reduction by its NumPy name. */
export interface Reduction {
  /** The option that must be given after the values, and its range. */
  readonly required?: NumberOption;
  /** An option that may be given by name. */
  readonly optional?: NumberOption;
  type(of: NumberType): NumberType;
  kernel(option: number): SegmentKernel;
}

/** A constant number that a reduction takes. */
export interface NumberOption {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
}

const ddof: NumberOption = { name: "ddof", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const fraction: NumberOption = { name: "q", minimum: 0, maximum: 1 };
const percent: NumberOption = { name: "q", minimum: 0, maximum: 100 };

const any = countingOf((found) => (found > 0 ? 1 : 0));
const all = countingOf((found, rows) => (found === rows ? 1 : 0));
const nonzero = countingOf((found) => found);

const middle = permuting(medianOfCells);
const quantileAt = (q: number): SegmentKernel => permuting(quantileOfCells(q));
const percentileAt = (q: number): SegmentKernel => quantileAt(q / 100);

/** Reductions by their NumPy names. */
export const reductions: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  ["sum", { type: sumType, kernel: () => sumOfCells }],
  ["prod", { type: sumType, kernel: () => productOfCells }],
  ["mean", { type: meanType, kernel: () => meanOfCells }],
  ["min", { type: strong, kernel: () => minimumOfCells }],
  ["amin", { type: strong, kernel: () => minimumOfCells }],
  ["max", { type: strong, kernel: () => maximumOfCells }],
  ["amax", { type: strong, kernel: () => maximumOfCells }],
  ["ptp", { type: strong, kernel: () => rangeOfCells }],
  ["var", { type: meanType, optional: ddof, kernel: varianceOfCells }],
  ["std", { type: meanType, optional: ddof, kernel: deviationOfCells }],
  ["median", { type: meanType, kernel: () => middle }],
  ["quantile", { type: meanType, required: fraction, kernel: quantileAt }],
  ["percentile", { type: meanType, required: percent, kernel: percentileAt }],
  ["any", { type: () => "bool", kernel: () => any }],
  ["all", { type: () => "bool", kernel: () => all }],
  ["count_nonzero", { type: () => "int64", kernel: () => nonzero }],
  ["nansum", { type: sumType, kernel: () => skippingNaN(sumOfCells, 0) }],
  ["nanprod", { type: sumType, kernel: () => skippingNaN(productOfCells, 1) }],
  ["nanmean", { type: meanType, kernel: () => skippingNaN(meanOfCells) }],
  ["nanmin", { type: strong, kernel: () => skippingNaN(minimumOfCells) }],
  ["nanmax", { type: strong, kernel: () => skippingNaN(maximumOfCells) }],
  ["nanvar", { type: meanType, optional: ddof, kernel: (n) => skippingNaN(varianceOfCells(n)) }],
  ["nanstd", { type: meanType, optional: ddof, kernel: (n) => skippingNaN(deviationOfCells(n)) }],
  ["nanmedian", { type: meanType, kernel: () => skippingNaN(middle) }],
  ["nanquantile", { type: meanType, required: fraction, kernel: (q) => skippingNaN(quantileAt(q)) }],
  ["nanpercentile", { type: meanType, required: percent, kernel: (q) => skippingNaN(percentileAt(q)) }],
]);

/** Reduces the rows of each cell; of a value per cell or a constant, the one number. */
export function reduce(reduction: Reduction, option: number, value: Value, segments: CellSegments): Value {
  const { offsets, cells } = groupsOf(value, segments);
  const out = new Float64Array(cells);
  reduction.kernel(option)(value.data, offsets, cells, out);
  return typed(out, reduction.type(value.type), value);
}

/** `np.average(values, weights=weights)`. */
export function average(values: Value, weights: Value, segments: CellSegments): Value {
  const rank = highestRank([values.rank, weights.rank]);
  const { offsets, cells } = groupsOf({ rank }, segments);
  const out = new Float64Array(cells);
  weightedMeanOfCells(spread(values, rank, segments), spread(weights, rank, segments), offsets, cells, out);
  return typed(out, averageType(values.type, weights.type), { rank });
}

/** `len(value)`: the rows of each cell. */
export function rowCounts(segments: CellSegments): Value {
  const data = new Float64Array(segments.cells);
  for (let cell = 0; cell < segments.cells; cell++) {
    data[cell] = segments.offsets[cell + 1]! - segments.offsets[cell]!;
  }
  return { type: "pyint", rank: "cell", data };
}

function groupsOf(value: Pick<Value, "rank">, segments: CellSegments) {
  if (value.rank === "row") return segments;
  const cells = value.rank === "cell" ? segments.cells : 1;
  return { cells, offsets: Int32Array.from({ length: cells + 1 }, (_, cell) => cell) };
}

function typed(out: Float64Array, type: NumberType, of: Pick<Value, "rank">): Value {
  const rank = of.rank === "constant" ? "constant" : "cell";
  if (type === "float64") return { type, rank, data: out };
  return cast({ type: "float64", rank, data: out }, type);
}

/** A kernel that permutes, on a copy. */
function permuting(kernel: PermutingKernel): SegmentKernel {
  return (values, offsets, cells, out) => {
    const copy = values instanceof Float32Array ? values.slice() : new Float64Array(values);
    kernel(copy, offsets, cells, out);
  };
}

/** Counts what is not zero (NaN is not), and makes a number of it. */
function countingOf(result: (found: number, rows: number) => number): SegmentKernel {
  return (values, offsets, cells, out) => {
    for (let cell = 0; cell < cells; cell++) {
      const start = offsets[cell]!;
      const stop = offsets[cell + 1]!;
      let found = 0;
      for (let row = start; row < stop; row++) if (values[row] !== 0) found++;
      out[cell] = result(found, stop - start);
    }
  };
}
