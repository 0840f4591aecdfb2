/** The elementwise functions and the constants. */
import { integerRange, type CellSegments } from "@zagg/core";
import * as loops from "./elementwise.js";
import type { UnaryLoop } from "./elementwise.js";
import type { Complain } from "./operators.js";
import { floatOf, isBoolean, isFloating, isWeak, promote, strong, type NumberType } from "./types.js";
import { cast, meet, type Value } from "./value.js";

/** What an elementwise function takes, in NumPy's order and by NumPy's names. */
export interface ElementwiseFunction {
  readonly parameters: readonly string[];
  /** How many of the parameters there must be. */
  readonly required: number;
  apply(values: readonly Value[], segments: CellSegments, complain: Complain): Value;
}

/** `np.pi` and its kind: Python floats. */
export const numpyConstants: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["e", Math.E],
  ["nan", NaN],
  ["inf", Infinity],
]);
const DEGREES = 180 / Math.PI;
const RADIANS = Math.PI / 180;

/** Elementwise functions by their NumPy names. */
export const elementwiseFunctions: ReadonlyMap<string, ElementwiseFunction> = new Map([
  ["sqrt", floating(loops.squareRootLoop)],
  ["log", floating(loops.unary(Math.log))],
  ["log10", floating(loops.unary(Math.log10))],
  ["log2", floating(loops.unary(Math.log2))],
  ["log1p", floating(loops.unary(Math.log1p))],
  ["exp", floating(loops.unary(Math.exp))],
  ["expm1", floating(loops.unary(Math.expm1))],
  ["sin", floating(loops.unary(Math.sin))],
  ["cos", floating(loops.unary(Math.cos))],
  ["tan", floating(loops.unary(Math.tan))],
  ["arcsin", floating(loops.unary(Math.asin))],
  ["arccos", floating(loops.unary(Math.acos))],
  ["arctan", floating(loops.unary(Math.atan))],
  ["radians", floating(loops.unary((x) => x * RADIANS))],
  ["deg2rad", floating(loops.unary((x) => x * RADIANS))],
  ["degrees", floating(loops.unary((x) => x * DEGREES))],
  ["rad2deg", floating(loops.unary((x) => x * DEGREES))],
  ["rint", floating(loops.unary(roundHalfEven))],
  ["floor", whole(loops.unary(Math.floor))],
  ["ceil", whole(loops.unary(Math.ceil))],
  ["trunc", whole(loops.unary(Math.trunc))],
  ["abs", numeric(loops.unary(Math.abs))],
  ["absolute", numeric(loops.unary(Math.abs))],
  ["sign", numeric(loops.unary(Math.sign))],
  ["square", numeric(loops.squareLoop, (type) => (isBoolean(type) ? "int8" : strong(type)))],
  ["isnan", testing((x) => x !== x)],
  ["isinf", testing((x) => x === Infinity || x === -Infinity)],
  ["isfinite", testing((x) => Number.isFinite(x))],
  ["logical_not", testing((x) => x === 0)],
  ["arctan2", pairOfFloats(Math.atan2)],
  ["hypot", pairOfFloats(Math.hypot)],
  ["minimum", pair((x, y) => (x <= y || x !== x ? x : y))],
  ["maximum", pair((x, y) => (x >= y || x !== x ? x : y))],
  ["fmin", pair((x, y) => (x <= y || y !== y ? x : y))],
  ["fmax", pair((x, y) => (x >= y || y !== y ? x : y))],
  ["round", { parameters: ["a", "decimals"], required: 1, apply: round }],
  ["around", { parameters: ["a", "decimals"], required: 1, apply: round }],
  ["where", { parameters: ["condition", "x", "y"], required: 3, apply: where }],
  ["clip", { parameters: ["a", "a_min", "a_max"], required: 3, apply: clip }],
]);

function floating(loop: UnaryLoop): ElementwiseFunction {
  return single(([x], _segments, complain) => {
    const type = floatOf((x as Value).type);
    return loops.applyUnary(loop, meet(x as Value, type, overflow(complain)), type);
  });
}

/** Rounding to whole numbers: integers and booleans already are. */
function whole(loop: UnaryLoop): ElementwiseFunction {
  return single(([x]) => {
    const type = strong((x as Value).type);
    return isFloating(type) ? loops.applyUnary(loop, x as Value, type) : cast(x as Value, type);
  });
}

function numeric(loop: UnaryLoop, typeOf: (x: NumberType) => NumberType = strong): ElementwiseFunction {
  return single(([x]) => loops.applyUnary(loop, x as Value, typeOf((x as Value).type)));
}

function testing(test: (x: number) => boolean): ElementwiseFunction {
  const loop = loops.unary((x) => (test(x) ? 1 : 0));
  return single(([x]) => loops.applyUnary(loop, x as Value, "bool"));
}

function pair(compute: (x: number, y: number) => number): ElementwiseFunction {
  return pairOf(compute, (x, y) => strong(promote(x, y)));
}

function pairOfFloats(compute: (x: number, y: number) => number): ElementwiseFunction {
  return pairOf(compute, (x, y) => floatOf(promote(x, y)));
}

function pairOf(
  compute: (x: number, y: number) => number,
  typeOf: (x: NumberType, y: NumberType) => NumberType,
): ElementwiseFunction {
  const loop = loops.binary(compute);
  return {
    parameters: ["x1", "x2"],
    required: 2,
    apply([x, y], segments, complain) {
      const type = typeOf((x as Value).type, (y as Value).type);
      const problem = overflow(complain);
      return loops.applyBinary(
        loop,
        meet(x as Value, type, problem),
        meet(y as Value, type, problem),
        type,
        segments,
      );
    },
  };
}

function single(apply: ElementwiseFunction["apply"]): ElementwiseFunction {
  return { parameters: ["x"], required: 1, apply };
}

function where(values: readonly Value[], segments: CellSegments, complain: Complain): Value {
  const [test, yes, no] = values as [Value, Value, Value];
  const type = strong(promote(yes.type, no.type));
  const problem = overflow(complain);
  return loops.choose(
    test,
    cast(meet(yes, type, problem), type),
    cast(meet(no, type, problem), type),
    segments,
  );
}

function clip([a, low, high]: readonly Value[], segments: CellSegments, complain: Complain): Value {
  return clipped(a as Value, low, high, segments, complain);
}

/**
 * `minimum(maximum(a, low), high)`, in the type of all three. A bound that is left out, or a Python integer at or beyond the
 * range of integers, holds nothing back.
 */
export function clipped(
  a: Value,
  low: Value | undefined,
  high: Value | undefined,
  segments: CellSegments,
  complain: Complain,
): Value {
  const isInteger = !isFloating(a.type) && !isWeak(a.type) && !isBoolean(a.type);
  const range = isInteger ? integerRange(strong(a.type)) : undefined;
  const isLoose = (bound: Value | undefined, end: 0 | 1): boolean => {
    if (bound?.type !== "pyint" || range === undefined) return bound === undefined;
    const [value, limit] = [bound.data[0]!, Number(range[end])];
    return end === 0 ? value <= limit : value >= limit;
  };
  const bounds = [
    ["maximum", isLoose(low, 0) ? undefined : low],
    ["minimum", isLoose(high, 1) ? undefined : high],
  ] as const;
  const type = strong([a, bounds[0][1], bounds[1][1]].flatMap((one) => one?.type ?? []).reduce(promote));
  const problem = overflow(complain);
  const typed = (value: Value) => cast(meet(value, type, problem), type);
  let result = typed(a);
  for (const [name, bound] of bounds) {
    const { apply } = elementwiseFunctions.get(name)!;
    if (bound !== undefined) result = apply([result, typed(bound)], segments, complain);
  }
  return result;
}

/** Half to even, by scaling with a power of ten as NumPy does. */
function round(values: readonly Value[], _segments: CellSegments, complain: Complain): Value {
  const [a, places] = values as [Value, Value | undefined];
  if (isBoolean(a.type)) throw complain.type("a boolean is rounded", "NumPy has no such operation");
  const decimals = places?.data[0] ?? 0;
  if (places !== undefined && (places.rank !== "constant" || !Number.isInteger(decimals))) {
    throw complain.type("`decimals` is not a constant integer", "one number of places serves all values");
  }
  const type = strong(a.type);
  const scale = 10 ** Math.abs(decimals);
  if (!isFloating(type) && decimals >= 0) return cast(a, type);
  if (decimals === 0) return loops.applyUnary(loops.unary(roundHalfEven), a, type);
  const single = type === "float32" ? Math.fround : (x: number) => x;
  const compute =
    decimals > 0
      ? (x: number) => roundHalfEven(single(x * scale)) / scale
      : (x: number) => roundHalfEven(single(x / scale)) * scale;
  return loops.applyUnary(loops.unary(compute), a, type);
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  if (rest !== 0.5) return x;
  return floor % 2 === 0 ? floor : floor + 1;
}

function overflow(complain: Complain) {
  return (value: number, type: NumberType) =>
    complain.value(`${value} meets values of type ${type}`, `${type} cannot hold it`);
}
