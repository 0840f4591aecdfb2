/** Elementwise functions: those of the columns, over arrays of any shape. */
import { clipped, elementwiseFunctions, type ElementwiseFunction } from "../../functions.js";
import type { Value } from "../../value.js";
import { compareArrays, elementwise, operateArrays } from "../broadcast.js";
import { oneNumber, toArray } from "../convert.js";
import type { ArrayFunction, NdArray } from "../nd-array.js";
import { indicesOf } from "./order.js";

function lifted({ parameters, required, apply }: ElementwiseFunction): ArrayFunction {
  return {
    parameters,
    required,
    apply(args, complain) {
      const arrays = parameters.flatMap((name) =>
        args.has(name) ? [toArray(args.get(name), complain)] : [],
      );
      return elementwise(arrays, (values, segments) => apply(values, segments, complain), complain);
    },
  };
}

/** `np.where` of three is elementwise; of one it finds what is true. */
const where: ArrayFunction = {
  parameters: ["condition", "x", "y"],
  required: 1,
  apply(args, complain) {
    if (args.size === 1) return indicesOf(toArray(args.get("condition"), complain));
    if (args.size !== 3)
      throw complain.type(
        "where is given two arguments",
        "it takes a condition, or a condition and two values",
      );
    return lifted(elementwiseFunctions.get("where")!).apply(args, complain);
  },
};

/** `np.clip` with a bound left open. */
const clip: ArrayFunction = {
  parameters: ["a", "a_min", "a_max"],
  required: 1,
  apply(args, complain) {
    const [low, high] = ["a_min", "a_max"].map((name) => args.get(name) ?? undefined);
    const bounds = [low, high].flatMap((bound) => (bound === undefined ? [] : [toArray(bound, complain)]));
    return elementwise(
      [toArray(args.get("a"), complain), ...bounds],
      ([a, first, second], segments) =>
        low === undefined
          ? clipped(a as Value, undefined, first, segments, complain)
          : clipped(a as Value, first, second, segments, complain),
      complain,
    );
  },
};

const nanToNum: ArrayFunction = {
  parameters: ["x"],
  required: 1,
  named: ["nan", "posinf", "neginf"],
  apply(args, complain) {
    const array = toArray(args.get("x"), complain);
    const number = (name: string, otherwise: number) =>
      args.has(name) ? oneNumber(args.get(name), name, complain) : otherwise;
    const most = array.type === "float32" ? 3.4028234663852886e38 : Number.MAX_VALUE;
    const [nan, high, low] = [number("nan", 0), number("posinf", most), number("neginf", -most)];
    const data = array.data.map((value) =>
      value !== value ? nan : value === Infinity ? high : value === -Infinity ? low : value,
    );
    return { ...array, data };
  },
};

function operator(symbol: string, compare = false): ArrayFunction {
  return {
    parameters: ["x1", "x2"],
    required: 2,
    apply(args, complain) {
      const [a, b] = [toArray(args.get("x1"), complain), toArray(args.get("x2"), complain)];
      return (compare ? compareArrays : operateArrays)(symbol, a, b, complain);
    },
  };
}

const operators: readonly (readonly [string, ArrayFunction])[] = [
  ...([["add", "+"], ["subtract", "-"], ["multiply", "*"], ["divide", "/"], ["true_divide", "/"], ["floor_divide", "//"],
    ["mod", "%"], ["remainder", "%"], ["power", "**"], ["bitwise_and", "&"], ["bitwise_or", "|"], ["bitwise_xor", "^"],
    ["left_shift", "<<"], ["right_shift", ">>"]] as const).map(([name, symbol]) => [name, operator(symbol)] as const),
  ...([["equal", "=="], ["not_equal", "!="], ["less", "<"], ["less_equal", "<="], ["greater", ">"], ["greater_equal", ">="]] as const)
    .map(([name, symbol]) => [name, operator(symbol, true)] as const),
]; // prettier-ignore

function logical(test: (x: boolean, y: boolean) => boolean): ArrayFunction {
  return {
    parameters: ["x1", "x2"],
    required: 2,
    apply(args, complain) {
      const truth = (name: string): NdArray => {
        const { shape, data } = toArray(args.get(name), complain);
        return { type: "bool", shape, data: Uint8Array.from(data, (value) => (value === 0 ? 0 : 1)) };
      };
      return elementwise(
        [truth("x1"), truth("x2")],
        ([a, b], { rows }): Value => {
          const pick = (value: Value | undefined, i: number) =>
            value?.data[value.rank === "constant" ? 0 : i] !== 0;
          return {
            type: "bool",
            rank: "row",
            data: Uint8Array.from({ length: rows }, (_, i) => (test(pick(a, i), pick(b, i)) ? 1 : 0)),
          };
        },
        complain,
      );
    },
  };
}

export const elementwiseArrayFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ...[...elementwiseFunctions].map(([name, one]) => [name, lifted(one)] as const),
  ["where", where],
  ["clip", clip],
  ["nan_to_num", nanToNum],
  ...operators,
  ["logical_and", logical((x, y) => x && y)],
  ["logical_or", logical((x, y) => x || y)],
  ["logical_xor", logical((x, y) => x !== y)],
];
