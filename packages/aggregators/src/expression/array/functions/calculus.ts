/** Sums along, differences, areas and what lies between: one element after another, or one array over another. */
import { isBoolean, isFloating, promote, strong, sumType } from "../../types.js";
import { compareArrays, operateArrays } from "../broadcast.js";
import { castArray, oneNumber, optionalArray, toArray, wholeNumber } from "../convert.js";
import { takeAlong } from "../indexing.js";
import { allocateArray, scalarArray, type ArrayFunction, type NdArray } from "../nd-array.js";
import { alongAxis, axisOf, reduced, runs } from "./along.js";
import { insertion } from "./order.js";

function cumulative(add: (a: number, b: number) => number, empty: number, skipsNaN: boolean): ArrayFunction {
  return runs(["a", "axis"], null, sumType, ({ data, length, type }, start, out) => {
    const single = type === "float32" ? Math.fround : (x: number) => x;
    let sum = empty;
    for (let i = start; i < start + length; i++) {
      const value = data[i]!;
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
      const extent = array.shape[axis]!;
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
      out.data[i] = (data[b]! - data[a]!) / ((b - a) * step);
    }
    return out;
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
    const [left, right] = [end("left", fp.data[0]!), end("right", fp.data[last]!)];
    const data = Float64Array.from(x.data, (value) => {
      if (value < xp.data[0]!) return left;
      if (value > xp.data[last]!) return right;
      if (value !== value) return NaN;
      const k = insertion(xp.data, value, true) - 1;
      if (k === last) return fp.data[last]!;
      const slope = (fp.data[k + 1]! - fp.data[k]!) / (xp.data[k + 1]! - xp.data[k]!);
      return slope * (value - xp.data[k]!) + fp.data[k]!;
    });
    return { type: "float64", shape: x.shape, data };
  },
};

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
    const inner = a.shape.at(-1)!;
    const columns = b.shape.length === 2 ? b.shape[1]! : 1;
    if (b.shape[0] !== inner)
      throw complain.shape(`${inner} columns meet ${b.shape[0]} rows`, "they are as many");
    const rows = a.data.length / inner;
    const type = promote(a.type, b.type);
    const shape = [...a.shape.slice(0, -1), ...b.shape.slice(1)];
    const out = allocateArray("float64", shape, complain);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += a.data[row * inner + k]! * b.data[k * columns + column]!;
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
    const x = optionalArray(args.get("x"), complain);
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

export const calculusFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ["cumsum", cumulative((a, b) => a + b, 0, false)],
  ["cumprod", cumulative((a, b) => a * b, 1, false)],
  ["nancumsum", cumulative((a, b) => a + b, 0, true)],
  ["nancumprod", cumulative((a, b) => a * b, 1, true)],
  ["diff", diff],
  ["gradient", gradient],
  ["interp", interp],
  ["dot", dot],
  ["trapezoid", trapezoid],
  ["polyval", polyval],
];
