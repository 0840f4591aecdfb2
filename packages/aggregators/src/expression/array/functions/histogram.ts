/** Counting in bins: edges that are given, or made of a range. */
import { addToHistogram, uniformEdges } from "../../../kernels/histogram.js";
import { isFloating, promote, strong, type NumberType } from "../../types.js";
import { castArray, flag, oneNumber, optionalArray, toArray, wholeNumber } from "../convert.js";
import {
  allocateArray,
  scalarArray,
  type ArrayArguments,
  type ArrayComplaints,
  type ArrayFunction,
  type NdArray,
  type Operand,
} from "../nd-array.js";
import { insertion } from "./order.js";

const histogram: ArrayFunction = {
  parameters: ["a", "bins", "range", "density", "weights"],
  required: 1,
  apply(args, complain) {
    const array = toArray(args.get("a"), complain);
    const weights = optionalArray(args.get("weights"), complain);
    if (weights !== undefined && weights.data.length !== array.data.length)
      throw complain.shape("weights and values differ in number", "every value needs a weight of its own");
    const bins = args.has("bins") ? toArray(args.get("bins"), complain) : scalarArray("pyint", 10);
    const { edges, type } =
      bins.shape.length === 0 ? rangeEdges(array, bins, args, complain) : givenEdges(bins, complain);
    const counts = new Float64Array(edges.length - 1);
    if (bins.shape.length === 0)
      addToHistogram(array.data, 0, array.data.length, edges, counts, 0, weights?.data);
    else countBetween(array.data, edges, counts, weights?.data);
    const edgeArray: NdArray = castArray({ type: "float64", shape: [edges.length], data: edges }, type);
    if (flag(args.get("density"))) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      const density = counts.map((count, i) => count / (edges[i + 1]! - edges[i]!) / total);
      return [{ type: "float64", shape: [density.length], data: density }, edgeArray];
    }
    const countType = weights === undefined ? "int64" : strong(weights.type);
    return [castArray({ type: "float64", shape: [counts.length], data: counts }, countType), edgeArray];
  },
};

function rangeEdges(array: NdArray, bins: NdArray, args: ArrayArguments, complain: ArrayComplaints) {
  const count = wholeNumber(bins, "bins", complain);
  if (count < 1) throw complain.value(`${count} bins are asked for`, "there is one at least");
  allocateArray("float64", [count + 1], complain);
  const range = args.get("range");
  let low: number;
  let high: number;
  let types: NumberType[] = [];
  const isFound = range === undefined || range === null;
  if (isFound) {
    [low, high] = array.data.length === 0 ? [0, 1] : [minimum(array.data), maximum(array.data)];
  } else {
    const ends = Array.isArray(range)
      ? (range as readonly Operand[]).map((end) => toArray(end, complain))
      : [];
    if (ends.length !== 2) throw complain.shape("a range is not a pair", "it is its two ends");
    [low, high] = ends.map((end) => oneNumber(end, "an end of the range", complain)) as [number, number];
    types = ends.map((end) => end.type);
  }
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw complain.value(`the range is ${low} to ${high}`, "its ends are finite");
  if (low > high) throw complain.value(`the range is ${low} to ${high}`, "its ends ascend");
  // The edges are of the type that the values, or the ends and the values, promote to.
  const common = [array.type, ...types].reduce(promote);
  const type = isFloating(common) ? strong(common) : "float64";
  return { edges: uniformEdges(low, high, count, type === "float32", isFound), type };
}

function givenEdges(bins: NdArray, complain: ArrayComplaints) {
  const edges = Float64Array.from(bins.data);
  for (let i = 1; i < edges.length; i++) {
    if (!(edges[i]! >= edges[i - 1]!))
      throw complain.value("edges of bins do not ascend", "they are in order");
  }
  return { edges, type: strong(bins.type) };
}

function countBetween(
  values: ArrayLike<number>,
  edges: Float64Array,
  out: Float64Array,
  weights?: ArrayLike<number>,
): void {
  const last = edges.length - 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= edges[0]! && value <= edges[last]!)) continue;
    const bin = Math.min(last - 1, insertion(edges, value, true) - 1);
    out[bin]! += weights === undefined ? 1 : weights[i]!;
  }
}

const digitize: ArrayFunction = {
  parameters: ["x", "bins", "right"],
  required: 2,
  apply(args, complain) {
    const values = toArray(args.get("x"), complain);
    const bins = toArray(args.get("bins"), complain);
    const { edges } = givenEdges(bins, complain);
    const after = !flag(args.get("right"));
    return {
      type: "int64",
      shape: values.shape,
      data: Float64Array.from(values.data, (value) => insertion(edges, value, after)),
    };
  },
};

const bincount: ArrayFunction = {
  parameters: ["x", "weights", "minlength"],
  required: 1,
  apply(args, complain) {
    const array = toArray(args.get("x"), complain);
    const weights = optionalArray(args.get("weights"), complain);
    const least = args.has("minlength") ? wholeNumber(args.get("minlength"), "minlength", complain) : 0;
    if (/float/.test(array.type)) throw complain.type("bincount is given floats", "it counts whole numbers");
    if (array.data.some((value) => value < 0))
      throw complain.value("bincount is given a negative number", "it counts from 0");
    const counts = allocateArray(
      weights === undefined ? "int64" : "float64",
      [Math.max(least, array.data.length === 0 ? 0 : maximum(array.data) + 1)],
      complain,
    );
    for (const [i, value] of array.data.entries())
      counts.data[value]! += weights === undefined ? 1 : weights.data[i]!;
    return counts;
  },
};

/** The least; NaN where there is one. */
function minimum(data: ArrayLike<number>): number {
  let least = data[0]!;
  for (let i = 1; i < data.length; i++) {
    const value = data[i]!;
    if (value < least || value !== value) least = value;
  }
  return least;
}

/** The greatest; NaN where there is one. */
function maximum(data: ArrayLike<number>): number {
  let greatest = data[0]!;
  for (let i = 1; i < data.length; i++) {
    const value = data[i]!;
    if (value > greatest || value !== value) greatest = value;
  }
  return greatest;
}

export const histogramFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ["histogram", histogram],
  ["digitize", digitize],
  ["bincount", bincount],
];
