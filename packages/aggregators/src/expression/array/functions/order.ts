/** Order, sets, sums along, and counting: what is made of an array's elements one after another. */
import { addToHistogram, uniformEdges } from "../../../kernels/histogram.js";
import { storage, strong, sumType, promote, isBoolean, isFloating, type NumberType } from "../../types.js";
import { castArray, flag, oneNumber, toArray, wholeNumber } from "../convert.js";
import { compareArrays, operateArrays } from "../broadcast.js";
import { takeAlong } from "../indexing.js";
import {
  allocateArray,
  scalarArray,
  sizeOf,
  type ArrayArguments,
  type ArrayComplaints,
  type ArrayFunction,
  type NdArray,
  type Operand,
} from "../nd-array.js";
import { alongAxis, axisOf, reduced, restored, type AlongAxis } from "./along.js";

const flat = (array: NdArray): NdArray => ({ ...array, shape: [array.data.length] });

/** Indices that sort data[start … start + length − 1], equal elements in their order, NaN last. */
function sortedIndices(data: ArrayLike<number>, start: number, length: number): Int32Array {
  const indices = Int32Array.from({ length }, (_, i) => i);
  return indices.sort((i, j) => {
    const [a, b] = [data[start + i] as number, data[start + j] as number];
    if (a < b || (b !== b && a === a)) return -1;
    if (a > b || (a !== a && b === b)) return 1;
    return i - j;
  });
}

/** A function that makes a run of the same length of each run along an axis. */
function runs(
  parameters: readonly string[],
  lastAxis: number | null,
  type: (of: NumberType) => NumberType,
  compute: (along: AlongAxis, start: number, out: NdArray["data"]) => void,
): ArrayFunction {
  return {
    parameters,
    required: 1,
    apply(args, complain) {
      const array = toArray(args.get(parameters[0] as string), complain);
      const axis = axisOf(args, array.shape.length, complain, lastAxis);
      const of = axis === null ? flat(array) : array;
      const along = alongAxis(of, axis);
      const result = type(array.type);
      const data = storage(result, along.data.length);
      for (let group = 0; group < along.groups; group++) compute(along, group * along.length, data);
      return restored(along, of, result, data, along.length);
    },
  };
}

const sort = runs(["a", "axis"], -1, strong, ({ data, length }, start, out) => {
  out.set((data.slice(start, start + length) as Float64Array).sort(), start);
});

const argsort = runs(
  ["a", "axis", "kind"],
  -1,
  () => "int64",
  ({ data, length }, start, out) => {
    out.set(sortedIndices(data, start, length), start);
  },
);

function cumulative(add: (a: number, b: number) => number, empty: number, skipsNaN: boolean): ArrayFunction {
  return runs(["a", "axis"], null, sumType, ({ data, length, type }, start, out) => {
    const single = type === "float32" ? Math.fround : (x: number) => x;
    let sum = empty;
    for (let i = start; i < start + length; i++) {
      const value = data[i] as number;
      if (!(skipsNaN && value !== value)) sum = single(add(sum, value));
      out[i] = sum;
    }
  });
}

const diff: ArrayFunction = {
  parameters: ["a", "n", "axis"],
  required: 1,
  apply(args, complain) {
    let array = toArray(args.get("a"), complain);
    const times = args.has("n") ? wholeNumber(args.get("n"), "n", complain) : 1;
    const axis = axisOf(args, array.shape.length, complain, -1);
    if (axis === null || array.shape.length === 0 || times < 0)
      throw complain.value(
        "diff is asked of no axis, or a negative number of times",
        "it compares neighbours",
      );
    for (let time = 0; time < Math.min(times, array.data.length); time++) {
      const extent = array.shape[axis] as number;
      const at = (from: number) =>
        takeAlong(
          array,
          axis,
          Int32Array.from({ length: Math.max(0, extent - 1) }, (_, i) => i + from),
        );
      array = isBoolean(array.type)
        ? compareArrays("!=", at(1), at(0), complain)
        : operateArrays("-", at(1), at(0), complain);
    }
    return array;
  },
};

const gradient: ArrayFunction = {
  parameters: ["f", "varargs"],
  required: 1,
  apply(args, complain) {
    const array = toArray(args.get("f"), complain);
    const step = args.has("varargs") ? oneNumber(args.get("varargs"), "spacing", complain) : 1;
    if (array.shape.length !== 1 || array.data.length < 2)
      throw complain.shape(
        "a gradient is asked of other than a line of two or more",
        "it compares neighbours",
      );
    const out = allocateArray(isFloating(array.type) ? strong(array.type) : "float64", array.shape, complain);
    const { data } = array;
    const last = data.length - 1;
    for (let i = 0; i <= last; i++) {
      const [a, b] = [Math.max(0, i - 1), Math.min(last, i + 1)];
      out.data[i] = ((data[b] as number) - (data[a] as number)) / ((b - a) * step);
    }
    return out;
  },
};

const unique: ArrayFunction = {
  parameters: ["ar"],
  required: 1,
  named: ["return_counts", "return_index", "return_inverse"],
  apply(args, complain) {
    const array = toArray(args.get("ar"), complain);
    const order = sortedIndices(array.data, 0, array.data.length);
    const values: number[] = [];
    const [counts, first]: [number[], number[]] = [[], []];
    const inverse = new Float64Array(array.data.length);
    for (const index of order) {
      const value = array.data[index] as number;
      const last = values.at(-1);
      if (last === undefined || !(last === value || (last !== last && value !== value))) {
        values.push(value);
        counts.push(0);
        first.push(index);
      }
      (counts[counts.length - 1] as number)++;
      inverse[index] = values.length - 1;
    }
    const list = (numbers: ArrayLike<number>): NdArray => ({
      type: "int64",
      shape: [numbers.length],
      data: Float64Array.from(numbers),
    });
    const data = storage(strong(array.type), values.length);
    data.set(values);
    const found: Operand[] = [{ type: strong(array.type), shape: [values.length], data }];
    if (flag(args.get("return_index"))) found.push(list(first));
    if (flag(args.get("return_inverse"))) found.push(list(inverse));
    if (flag(args.get("return_counts"))) found.push(list(counts));
    return found.length === 1 ? (found[0] as Operand) : found;
  },
};

const histogram: ArrayFunction = {
  parameters: ["a", "bins", "range", "density", "weights"],
  required: 1,
  apply(args, complain) {
    const array = toArray(args.get("a"), complain);
    const weights =
      args.get("weights") === undefined || args.get("weights") === null
        ? undefined
        : toArray(args.get("weights"), complain);
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
      const density = counts.map(
        (count, i) => count / ((edges[i + 1] as number) - (edges[i] as number)) / total,
      );
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
    if (!((edges[i] as number) >= (edges[i - 1] as number)))
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
    const value = values[i] as number;
    if (!(value >= (edges[0] as number) && value <= (edges[last] as number))) continue;
    const bin = Math.min(last - 1, insertion(edges, value, true) - 1);
    (out[bin] as number) += weights === undefined ? 1 : (weights[i] as number);
  }
}

/** Where a value goes in sorted ones: after equal ones, or before. */
function insertion(sorted: ArrayLike<number>, value: number, after: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] as number;
    const goesAfter = after ? !isBefore(value, at) : isBefore(at, value);
    if (goesAfter) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** NaN comes after all numbers. */
function isBefore(a: number, b: number): boolean {
  return a < b || (a === a && b !== b);
}

const searchsorted: ArrayFunction = {
  parameters: ["a", "v", "side"],
  required: 2,
  apply(args, complain) {
    const sorted = toArray(args.get("a"), complain);
    const values = toArray(args.get("v"), complain);
    const data = Float64Array.from(values.data, (value) =>
      insertion(sorted.data, value, args.get("side") === "right"),
    );
    return { type: "int64", shape: values.shape, data };
  },
};

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
    const weights =
      args.get("weights") === undefined || args.get("weights") === null
        ? undefined
        : toArray(args.get("weights"), complain);
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
      (counts.data[value] as number) += weights === undefined ? 1 : (weights.data[i] as number);
    return counts;
  },
};

const isin: ArrayFunction = {
  parameters: ["element", "test_elements"],
  required: 2,
  apply(args, complain) {
    const array = toArray(args.get("element"), complain);
    const known = new Set(toArray(args.get("test_elements"), complain).data);
    return {
      type: "bool",
      shape: array.shape,
      data: Uint8Array.from(array.data, (value) => (value === value && known.has(value) ? 1 : 0)),
    };
  },
};

const interp: ArrayFunction = {
  parameters: ["x", "xp", "fp", "left", "right"],
  required: 3,
  apply(args, complain) {
    const [x, xp, fp] = (["x", "xp", "fp"] as const).map((name) => toArray(args.get(name), complain)) as [
      NdArray,
      NdArray,
      NdArray,
    ];
    const last = xp.data.length - 1;
    if (last < 0 || fp.data.length !== xp.data.length)
      throw complain.shape("xp and fp differ in length, or are empty", "each point has a value");
    const end = (name: string, otherwise: number) =>
      args.has(name) ? oneNumber(args.get(name), name, complain) : otherwise;
    const [left, right] = [end("left", fp.data[0] as number), end("right", fp.data[last] as number)];
    const data = Float64Array.from(x.data, (value) => {
      if (value < (xp.data[0] as number)) return left;
      if (value > (xp.data[last] as number)) return right;
      if (value !== value) return NaN;
      const k = insertion(xp.data, value, true) - 1;
      if (k === last) return fp.data[last] as number;
      const slope =
        ((fp.data[k + 1] as number) - (fp.data[k] as number)) /
        ((xp.data[k + 1] as number) - (xp.data[k] as number));
      return slope * (value - (xp.data[k] as number)) + (fp.data[k] as number);
    });
    return { type: "float64", shape: x.shape, data };
  },
};

const nonzero: ArrayFunction = {
  parameters: ["a"],
  required: 1,
  apply: (args, complain) => indicesOf(toArray(args.get("a"), complain)),
};
const flatnonzero: ArrayFunction = {
  parameters: ["a"],
  required: 1,
  apply: (args, complain) =>
    (indicesOf(flat(toArray(args.get("a"), complain))) as readonly Operand[])[0] as Operand,
};

/** Where an array is not zero: an array of indices for each axis. */
export function indicesOf(array: NdArray): Operand {
  const found = [...array.data.keys()].filter((i) => array.data[i] !== 0);
  return array.shape.map((extent, axis): Operand => {
    const inner = sizeOf(array.shape.slice(axis + 1));
    const data = Float64Array.from(found, (i) => Math.floor(i / inner) % extent);
    return { type: "int64", shape: [found.length], data };
  });
}

/** An array of a Python scalar has a type of its own. */
const stored = (array: NdArray): NdArray => castArray(array, strong(array.type));

const dot: ArrayFunction = {
  parameters: ["a", "b"],
  required: 2,
  apply(args, complain) {
    const [a, b] = ["a", "b"].map((name) => stored(toArray(args.get(name), complain))) as [NdArray, NdArray];
    if (a.shape.length === 0 || b.shape.length === 0) return operateArrays("*", a, b, complain);
    if (a.shape.length > 2 || b.shape.length > 2)
      throw complain.shape("dot of more than two axes is asked for", "vectors and matrices are multiplied");
    const inner = a.shape.at(-1) as number;
    const columns = b.shape.length === 2 ? (b.shape[1] as number) : 1;
    if (b.shape[0] !== inner)
      throw complain.shape(`${inner} columns meet ${b.shape[0]} rows`, "they are as many");
    const rows = a.data.length / inner;
    const type = promote(a.type, b.type);
    const shape = [...a.shape.slice(0, -1), ...b.shape.slice(1)];
    const out = allocateArray("float64", shape, complain);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let k = 0; k < inner; k++)
          sum += (a.data[row * inner + k] as number) * (b.data[k * columns + column] as number);
        out.data[row * columns + column] = sum;
      }
    }
    return castArray(out, type);
  },
};

const trapezoid: ArrayFunction = {
  parameters: ["y", "x", "dx"],
  required: 1,
  apply(args, complain) {
    const y = toArray(args.get("y"), complain);
    const x =
      args.get("x") === undefined || args.get("x") === null ? undefined : toArray(args.get("x"), complain);
    if (y.shape.length !== 1 || (x !== undefined && x.data.length !== y.data.length))
      throw complain.shape("y and x are no lines of one length", "each value stands somewhere");
    const operate = (operator: string, a: NdArray, b: NdArray) => operateArrays(operator, a, b, complain);
    const neighbours = (operator: string, { type, data }: NdArray): NdArray => {
      const shape = [Math.max(0, data.length - 1)];
      return operate(
        operator,
        { type, shape, data: data.subarray(1) },
        { type, shape, data: data.subarray(0, -1) },
      );
    };
    const given = args.has("dx") ? toArray(args.get("dx"), complain) : scalarArray("pyfloat", 1);
    const width = x === undefined ? given : neighbours("-", x);
    const areas = operate("/", operate("*", width, neighbours("+", y)), scalarArray("pyfloat", 2));
    let sum = 0;
    for (const area of areas.data) sum += area;
    return reduced(alongAxis(areas, null), areas.type, Float64Array.of(sum), areas, false);
  },
};

const polyval: ArrayFunction = {
  parameters: ["p", "x"],
  required: 2,
  apply(args, complain) {
    const p = toArray(args.get("p"), complain);
    let result: NdArray = scalarArray("pyint", 0);
    const x = toArray(args.get("x"), complain);
    for (const i of p.data.keys()) {
      const coefficient = { type: p.type, shape: [], data: p.data.slice(i, i + 1) };
      result = operateArrays("+", operateArrays("*", result, x, complain), coefficient, complain);
    }
    return result;
  },
};

/** The least; NaN where there is one. */
function minimum(data: ArrayLike<number>): number {
  let least = data[0] as number;
  for (let i = 1; i < data.length; i++) {
    const value = data[i] as number;
    if (value < least || value !== value) least = value;
  }
  return least;
}

/** The greatest; NaN where there is one. */
function maximum(data: ArrayLike<number>): number {
  let greatest = data[0] as number;
  for (let i = 1; i < data.length; i++) {
    const value = data[i] as number;
    if (value > greatest || value !== value) greatest = value;
  }
  return greatest;
}

export const orderFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ["sort", sort],
  ["argsort", argsort],
  ["cumsum", cumulative((a, b) => a + b, 0, false)],
  ["cumprod", cumulative((a, b) => a * b, 1, false)],
  ["nancumsum", cumulative((a, b) => a + b, 0, true)],
  ["nancumprod", cumulative((a, b) => a * b, 1, true)],
  ["diff", diff],
  ["gradient", gradient],
  ["unique", unique],
  ["histogram", histogram],
  ["searchsorted", searchsorted],
  ["digitize", digitize],
  ["bincount", bincount],
  ["isin", isin],
  ["interp", interp],
  ["nonzero", nonzero],
  ["flatnonzero", flatnonzero],
  ["dot", dot],
  ["trapezoid", trapezoid],
  ["polyval", polyval],
];
