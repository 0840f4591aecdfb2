/** Arrays from numbers. */
import { floatOf, joinedType, promote, strong, type NumberType } from "../../types.js";
import { showShape } from "../broadcast.js";
import { castArray, flag, oneNumber, toArray, wholeNumber, wholeNumbers } from "../convert.js";
import { allocateArray, type ArrayArguments, type ArrayFunction } from "../nd-array.js";

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
      array.data.fill(fill === undefined ? (value as number) : fill.data[0]!);
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
];
