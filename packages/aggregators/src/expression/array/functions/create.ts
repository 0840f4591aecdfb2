/** Arrays from numbers, and arrays put together, repeated and laid out anew. */
import { floatOf, joinedType, promote, strong, type NumberType } from "../../types.js";
import { broadcastShape, broadcastTo, operateArrays, showShape } from "../broadcast.js";
import { castArray, flag, oneNumber, toArray, wholeNumber, wholeNumbers } from "../convert.js";
import { takeAlong } from "../indexing.js";
import {
  allocateArray,
  sizeOf,
  type ArrayArguments,
  type ArrayComplaints,
  type ArrayFunction,
  type NdArray,
  type Operand,
} from "../nd-array.js";
import { axisOf, transposed } from "./along.js";

const declaredType = (args: ArrayArguments, otherwise: NumberType): NumberType => {
  const dtype = args.get("dtype");
  return typeof dtype === "string" ? (dtype as NumberType) : otherwise;
};

function filled(value: number | null, parameters: readonly string[]): ArrayFunction {
  return {
    parameters,
    required: value === null ? 2 : 1,
    named: parameters.includes("dtype") ? [] : ["dtype"],
    apply(args, complain) {
      const shape = wholeNumbers(args.get("shape"), "shape", complain);
      if (shape.some((extent) => extent < 0))
        throw complain.value(`a shape is ${showShape(shape)}`, "extents are not negative");
      const fill = value === null ? toArray(args.get("fill_value"), complain) : undefined;
      const array = allocateArray(
        declaredType(args, fill === undefined ? "float64" : strong(fill.type)),
        shape,
        complain,
      );
      array.data.fill(fill === undefined ? (value as number) : (fill.data[0] as number));
      return array;
    },
  };
}

function filledLike(value: number | null): ArrayFunction {
  return {
    parameters: value === null ? ["a", "fill_value", "dtype"] : ["a", "dtype"],
    required: value === null ? 2 : 1,
    apply(args, complain) {
      const of = toArray(args.get("a"), complain);
      const array = allocateArray(declaredType(args, strong(of.type)), of.shape, complain);
      array.data.fill(value ?? oneNumber(args.get("fill_value"), "fill_value", complain));
      return array;
    },
  };
}

const linspace: ArrayFunction = {
  parameters: ["start", "stop", "num", "endpoint"],
  required: 2,
  named: ["dtype"],
  apply(args, complain) {
    const [a, b] = [toArray(args.get("start"), complain), toArray(args.get("stop"), complain)];
    const [start, stop] = [oneNumber(a, "start", complain), oneNumber(b, "stop", complain)];
    const num = args.has("num") ? wholeNumber(args.get("num"), "num", complain) : 50;
    if (num < 0) throw complain.value(`${num} numbers are asked for`, "there are none or some");
    const closed = !args.has("endpoint") || flag(args.get("endpoint"));
    const array = allocateArray("float64", [num], complain);
    const steps = closed ? num - 1 : num;
    const step = (stop - start) / steps;
    for (let i = 0; i < num; i++) array.data[i] = steps > 0 ? i * step + start : start;
    if (closed && num > 1) array.data[num - 1] = stop;
    return castArray(array, declaredType(args, floatOf(promote(promote(a.type, b.type), "pyfloat"))));
  },
};

const arange: ArrayFunction = {
  parameters: ["start", "stop", "step"],
  required: 1,
  named: ["dtype"],
  apply(args, complain) {
    const parts = ["start", "stop", "step"].flatMap((name) =>
      args.has(name) ? [toArray(args.get(name), complain)] : [],
    );
    const only = parts.length === 1;
    const start = only ? 0 : oneNumber(parts[0], "start", complain);
    const stop = oneNumber(parts[only ? 0 : 1], "stop", complain);
    const step = parts.length === 3 ? oneNumber(parts[2], "step", complain) : 1;
    if (step === 0) throw complain.value("a range has the step 0", "it would never end");
    const length = Math.max(0, Math.ceil((stop - start) / step));
    if (!Number.isFinite(length))
      throw complain.limit("a range without end is asked for", "its ends are finite");
    const array = allocateArray("float64", [length], complain);
    for (let i = 0; i < length; i++) array.data[i] = start + i * step;
    return castArray(array, declaredType(args, joinedType(["int64", ...parts.map(({ type }) => type)])));
  },
};

const array: ArrayFunction = {
  parameters: ["object", "dtype"],
  required: 1,
  apply(args, complain) {
    const made = toArray(args.get("object"), complain);
    return castArray(made, declaredType(args, strong(made.type)));
  },
};

function parts(args: ArrayArguments, name: string, complain: ArrayComplaints): NdArray[] {
  const given = args.get(name);
  if (!Array.isArray(given)) throw complain.type(`${name} is not a tuple of arrays`, "it joins several");
  return (given as readonly Operand[]).map((part) => toArray(part, complain));
}

/** Arrays joined along an axis that they have. */
function joined(arrays: readonly NdArray[], axis: number, complain: ArrayComplaints): NdArray {
  const first = arrays[0];
  if (first === undefined) throw complain.value("nothing is joined", "there must be an array at least");
  const others = (shape: readonly number[]) => showShape(shape.filter((_, i) => i !== axis));
  if (first.shape.length === 0)
    throw complain.shape("single numbers are joined", "only arrays with an axis are");
  if (
    arrays.some(({ shape }) => shape.length !== first.shape.length || others(shape) !== others(first.shape))
  ) {
    throw complain.shape(
      `shapes ${arrays.map(({ shape }) => showShape(shape)).join(", ")} are joined`,
      "they are equal but for the axis along which they are joined",
    );
  }
  const type = joinedType(arrays.map((part) => part.type));
  const shape = first.shape.map((extent, i) =>
    i === axis ? arrays.reduce((sum, part) => sum + (part.shape[axis] as number), 0) : extent,
  );
  const result = allocateArray(type, shape, complain);
  const outer = sizeOf(first.shape.slice(0, axis));
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const part of arrays) {
      const run = part.data.length / outer;
      result.data.set(castArray(part, type).data.subarray(o * run, (o + 1) * run), at);
      at += run;
    }
  }
  return result;
}

const concatenate: ArrayFunction = {
  parameters: ["arrays", "axis"],
  required: 1,
  apply(args, complain) {
    const arrays = parts(args, "arrays", complain);
    const axis = axisOf(args, arrays[0]?.shape.length ?? 1, complain, 0);
    if (axis === null) return joined(arrays.map(flat), 0, complain);
    return joined(arrays, axis, complain);
  },
};

const stack: ArrayFunction = {
  parameters: ["arrays", "axis"],
  required: 1,
  apply(args, complain) {
    const arrays = parts(args, "arrays", complain);
    const rank = (arrays[0]?.shape.length ?? 0) + 1;
    const axis = axisOf(args, rank, complain, 0) ?? 0;
    if (new Set(arrays.map(({ shape }) => showShape(shape))).size > 1)
      throw complain.shape("arrays of several shapes are stacked", "they are of one shape");
    return joined(
      arrays.map((part) => ({
        ...part,
        shape: [...part.shape.slice(0, axis), 1, ...part.shape.slice(axis)],
      })),
      axis,
      complain,
    );
  },
};

const along = (axis: (rank: number) => number, least: number): ArrayFunction => ({
  parameters: ["tup"],
  required: 1,
  apply(args, complain) {
    const arrays = parts(args, "tup", complain).map((part) => {
      if (part.shape.length >= least) return part;
      return { ...part, shape: least === 2 ? [1, part.data.length] : [part.data.length] };
    });
    return joined(arrays, axis(arrays[0]?.shape.length ?? 1), complain);
  },
});

const columnStack: ArrayFunction = {
  parameters: ["tup"],
  required: 1,
  apply(args, complain) {
    const arrays = parts(args, "tup", complain).map((part) =>
      part.shape.length < 2 ? { ...part, shape: [part.data.length, 1] } : part,
    );
    return joined(arrays, 1, complain);
  },
};

const flat = (part: NdArray): NdArray => ({ ...part, shape: [part.data.length] });

const shaped = (
  change: (array: NdArray, args: ArrayArguments, complain: ArrayComplaints) => NdArray,
  parameters: readonly string[],
  required = 1,
): ArrayFunction => ({
  parameters,
  required,
  apply: (args, complain) => change(toArray(args.get(parameters[0] as string), complain), args, complain),
});

const reshape = shaped(
  (of, args, complain) => {
    const asked = wholeNumbers(args.get("shape"), "shape", complain);
    const known = asked.filter((extent) => extent !== -1);
    const open = asked.length - known.length;
    const shape =
      open === 1 ? asked.map((extent) => (extent === -1 ? of.data.length / sizeOf(known) : extent)) : asked;
    if (
      open > 1 ||
      sizeOf(shape) !== of.data.length ||
      shape.some((extent) => !(Number.isInteger(extent) && extent >= 0))
    )
      throw complain.shape(
        `${of.data.length} elements are given the shape ${showShape(asked)}`,
        "a shape holds as many elements, and at most one extent is -1",
      );
    return { ...of, shape };
  },
  ["a", "shape"],
  2,
);

const repeat = shaped(
  (of, args, complain) => {
    const times = toArray(args.get("repeats"), complain);
    const axis = axisOf(args, of.shape.length, complain);
    const source = axis === null ? flat(of) : of;
    const counts = broadcastTo(times, [source.shape[axis ?? 0] ?? 1]);
    const indices: number[] = [];
    const extent = source.shape[axis ?? 0] ?? 1;
    for (let i = 0; i < extent; i++) {
      const count = counts.data[counts.data.length === 1 ? 0 : i] as number;
      if (!(count >= 0) || indices.length + count > 2 ** 24)
        throw complain.limit(`an element is repeated ${count} times`, "an array has at most 2^24 elements");
      for (let k = 0; k < count; k++) indices.push(i);
    }
    return takeAlong(source, axis ?? 0, Int32Array.from(indices));
  },
  ["a", "repeats", "axis"],
  2,
);

const tile = shaped(
  (of, args, complain) => {
    const reps = wholeNumbers(args.get("reps"), "reps", complain);
    if (reps.some((count) => count < 0))
      throw complain.value(`an array is tiled ${showShape(reps)} times`, "it is there no times or some");
    const rank = Math.max(reps.length, of.shape.length);
    let result: NdArray = {
      ...of,
      shape: [...new Array<number>(rank - of.shape.length).fill(1), ...of.shape],
    };
    const times = [...new Array<number>(rank - reps.length).fill(1), ...reps];
    allocateArray(
      "bool",
      result.shape.map((extent, i) => extent * (times[i] as number)),
      complain,
    );
    for (const [axis, count] of times.entries()) {
      const extent = result.shape[axis] as number;
      result = takeAlong(
        result,
        axis,
        Int32Array.from({ length: extent * count }, (_, i) => i % extent),
      );
    }
    return result;
  },
  ["A", "reps"],
  2,
);

const outer: ArrayFunction = {
  parameters: ["a", "b"],
  required: 2,
  apply(args, complain) {
    const [a, b] = [flat(toArray(args.get("a"), complain)), flat(toArray(args.get("b"), complain))];
    return operateArrays("*", { ...a, shape: [a.data.length, 1] }, b, complain);
  },
};

const flip = shaped(
  (of, args, complain) => {
    const axis = axisOf(args, of.shape.length, complain);
    return (axis === null ? of.shape.map((_, i) => i) : [axis]).reduce(
      (array, each) =>
        takeAlong(
          array,
          each,
          Int32Array.from(
            { length: array.shape[each] as number },
            (_, i) => (array.shape[each] as number) - 1 - i,
          ),
        ),
      of,
    );
  },
  ["m", "axis"],
);

const roll = shaped(
  (of, args, complain) => {
    const shift = wholeNumber(args.get("shift"), "shift", complain);
    const axis = axisOf(args, of.shape.length, complain);
    const source = axis === null ? flat(of) : of;
    const extent = source.shape[axis ?? 0] as number;
    const indices = Int32Array.from({ length: extent }, (_, i) => (((i - shift) % extent) + extent) % extent);
    return { ...takeAlong(source, axis ?? 0, indices), shape: of.shape };
  },
  ["a", "shift", "axis"],
  2,
);

const squeeze = shaped(
  (of, args, complain) => {
    const axis = axisOf(args, of.shape.length, complain);
    if (axis !== null && of.shape[axis] !== 1)
      throw complain.shape(
        `axis ${axis} has ${of.shape[axis]} elements`,
        "only an axis of one is squeezed out",
      );
    return { ...of, shape: of.shape.filter((extent, i) => (axis === null ? extent !== 1 : i !== axis)) };
  },
  ["a", "axis"],
);

const expandDims = shaped(
  (of, args, complain) => {
    const axis = axisOf(args, of.shape.length + 1, complain) ?? 0;
    return { ...of, shape: [...of.shape.slice(0, axis), 1, ...of.shape.slice(axis)] };
  },
  ["a", "axis"],
  2,
);

const transpose = shaped(
  (of, args, complain) => {
    const axes = args.get("axes");
    const order =
      axes === undefined || axes === null
        ? of.shape.map((_, i) => of.shape.length - 1 - i)
        : wholeNumbers(axes, "axes", complain);
    if ([...order].sort((a, b) => a - b).join() !== of.shape.map((_, i) => i).join())
      throw complain.value(`axes are ${showShape(order)}`, "each axis comes once");
    return transposed(of, order);
  },
  ["a", "axes"],
);

const take = shaped(
  (of, args, complain) => {
    const indices = toArray(args.get("indices"), complain);
    const axis = axisOf(args, of.shape.length, complain);
    const source = axis === null ? flat(of) : of;
    const extent = source.shape[axis ?? 0] as number;
    const chosen = Int32Array.from(indices.data, (index) => {
      const from = index < 0 ? index + extent : index;
      if (Number.isInteger(index) && from >= 0 && from < extent) return from;
      throw complain.value(`the index ${index} is asked of ${extent} elements`, "there is no such element");
    });
    return takeAlong(source, axis ?? 0, chosen, indices.shape);
  },
  ["a", "indices", "axis"],
  2,
);

const broadcast: ArrayFunction = {
  parameters: ["array", "shape"],
  required: 2,
  apply(args, complain) {
    const of = toArray(args.get("array"), complain);
    const shape = broadcastShape([of.shape, wholeNumbers(args.get("shape"), "shape", complain)], complain);
    const result = broadcastTo(of, shape);
    if (result.data.length === sizeOf(shape)) return { ...result, shape };
    const spread = allocateArray(of.type, shape, complain);
    spread.data.fill(of.data[0] as number);
    return spread;
  },
};

export const createFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ["zeros", filled(0, ["shape", "dtype"])],
  ["ones", filled(1, ["shape", "dtype"])],
  ["full", filled(null, ["shape", "fill_value", "dtype"])],
  ["zeros_like", filledLike(0)],
  ["ones_like", filledLike(1)],
  ["full_like", filledLike(null)],
  ["linspace", linspace],
  ["arange", arange],
  ["array", array],
  ["asarray", array],
  ["concatenate", concatenate],
  ["stack", stack],
  ["hstack", along((rank) => (rank === 1 ? 0 : 1), 1)],
  ["vstack", along(() => 0, 2)],
  ["column_stack", columnStack],
  ["reshape", reshape],
  ["ravel", shaped(flat, ["a"])],
  ["repeat", repeat],
  ["tile", tile],
  ["outer", outer],
  ["flip", flip],
  ["roll", roll],
  ["squeeze", squeeze],
  ["expand_dims", expandDims],
  ["transpose", transpose],
  ["take", take],
  ["broadcast_to", broadcast],
];
