/** What Python's operators do to values. */
import { itemSize, type CellSegments } from "@zagg/core";
import * as loops from "./elementwise.js";
import type { BinaryLoop } from "./elementwise.js";
import { isFloating, isUnsigned, isWeak, promote, strong, type NumberType } from "./types.js";
import { cast, meet, type Value } from "./value.js";

/** Makes the errors of one place in an expression. */
export interface Complain {
  type(what: string, why: string): Error;
  value(what: string, why: string): Error;
}

const comparisons: ReadonlyMap<string, BinaryLoop> = new Map([
  ["<", loops.binary((x, y) => (x < y ? 1 : 0))],
  ["<=", loops.binary((x, y) => (x <= y ? 1 : 0))],
  [">", loops.binary((x, y) => (x > y ? 1 : 0))],
  [">=", loops.binary((x, y) => (x >= y ? 1 : 0))],
  ["==", loops.binary((x, y) => (x === y ? 1 : 0))],
  ["!=", loops.binary((x, y) => (x !== y ? 1 : 0))],
]);

const multiplyInt32 = loops.binary(Math.imul);
// Integers have no −0: adding 0 makes it 0.
const multiplyInteger = loops.binary((x, y) => x * y + 0);
const power = loops.binary(Math.pow);
const floorDivideFloat = loops.binary(floorDivide);
const remainderFloat = loops.binary(remainder);
const floorDivideInteger = loops.binary((x, y) => (y === 0 ? 0 : Math.floor(x / y) + 0));
const remainderInteger = loops.binary((x, y) => (y === 0 ? 0 : remainder(x, y) + 0));

const bitwise: ReadonlyMap<string, (x: number, y: number) => number> = new Map([
  ["&", (x: number, y: number) => x & y],
  ["|", (x: number, y: number) => x | y],
  ["^", (x: number, y: number) => x ^ y],
]);

/** `left operator right` for one of + - * / // % ** & | ^ << >>. */
export function operate(
  operator: string,
  left: Value,
  right: Value,
  segments: CellSegments,
  complain: Complain,
): Value {
  const common = promote(left.type, right.type);
  const run = (loop: BinaryLoop, compute: NumberType, result: NumberType = compute): Value => {
    const problem = (value: number, type: NumberType) =>
      complain.value(`${value} meets values of type ${type}`, `${type} cannot hold it`);
    return loops.applyBinary(
      loop,
      meet(left, compute, problem),
      meet(right, compute, problem),
      result,
      segments,
    );
  };
  switch (operator) {
    case "+":
      if (common === "bool")
        return run(
          loops.binary((x, y) => x | y),
          common,
        );
      return run(loops.add, arithmetic(common));
    case "-":
      if (common === "bool")
        throw complain.type("a boolean is subtracted from a boolean", "NumPy has no such operation");
      return run(loops.subtract, arithmetic(common));
    case "*":
      if (common === "int32" || common === "uint32") return run(multiplyInt32, common);
      return run(isFloating(common) ? loops.multiply : multiplyInteger, arithmetic(common));
    case "/": {
      refuseZero(operator, left, right, complain);
      if (isFloating(common)) return run(loops.divide, common);
      return run(loops.divide, isWeak(common) ? "pyfloat" : "float64");
    }
    case "//":
    case "%": {
      refuseZero(operator, left, right, complain);
      const type = common === "bool" ? "int8" : arithmetic(common);
      if (isFloating(type)) return run(operator === "//" ? floorDivideFloat : remainderFloat, type);
      return run(operator === "//" ? floorDivideInteger : remainderInteger, type);
    }
    case "**":
      return raise(left, right, common, run, complain);
    case "<<":
    case ">>":
      if (isFloating(common))
        throw complain.type(`"${operator}" is applied to floats`, "only integers have bits");
      return shift(operator, right, common === "bool" ? "int8" : arithmetic(common), run, complain);
    default: {
      const compute = bitwise.get(operator);
      if (compute === undefined || isFloating(common)) {
        throw complain.type(`"${operator}" is applied to ${common}`, "it needs booleans or integers");
      }
      const wide = common === "int64" || common === "uint64" || common === "pyint";
      return run(loops.binary(wide ? (x, y) => wideBits(compute, x, y) : compute), common);
    }
  }
}

/** `left operator right` for one of < <= > >= == !=. */
export function compare(operator: string, left: Value, right: Value, segments: CellSegments): Value {
  const loop = comparisons.get(operator)!;
  const weak = isWeak(left.type) && isWeak(right.type);
  // Integers compare by value; a Python float is first rounded to the float it is compared with.
  const common = promote(left.type, right.type);
  const never = () => new RangeError("a float holds every number");
  const met = (value: Value) => (isFloating(common) ? meet(value, common, never) : value);
  return loops.applyBinary(loop, met(left), met(right), weak ? "pybool" : "bool", segments);
}

/** `-x`, `+x` or `~x`. */
export function operateUnary(operator: string, value: Value, complain: Complain): Value {
  const { type } = value;
  if (operator === "~") {
    if (isFloating(type)) throw complain.type("~ is applied to floats", "it needs booleans or integers");
    if (type === "bool")
      return loops.applyUnary(
        loops.unary((x) => 1 - x),
        value,
        type,
      );
    if (type === "uint64") throw complain.type("~ is applied to uint64", "its result exceeds 2^53");
    return loops.applyUnary(
      loops.unary((x) => -1 - x),
      value,
      arithmetic(type),
    );
  }
  if (type === "bool")
    throw complain.type(`"${operator}" is applied to booleans`, "NumPy has no such operation");
  if (operator === "+") return cast(value, arithmetic(type));
  return loops.applyUnary(
    loops.unary((x) => (isFloating(type) ? -x : 0 - x)),
    value,
    arithmetic(type),
  );
}

/** `<<` or `>>`. By as many bits as there are or more, or by a negative number: nothing is left but the sign. */
function shift(
  operator: "<<" | ">>",
  by: Value,
  type: NumberType,
  run: (loop: BinaryLoop, compute: NumberType) => Value,
  complain: Complain,
): Value {
  if (isWeak(type) && by.data.some((bits) => bits < 0))
    throw complain.value("a shift is by a negative number of bits", "Python has no such operation");
  const bits = isWeak(type) ? Infinity : 8 * itemSize(strong(type));
  const left = (x: number, y: number) => (y >= 0 && y < bits ? x * 2 ** y : 0);
  const right = (x: number, y: number) => (y >= 0 && y < bits ? Math.floor(x / 2 ** y) : x < 0 ? -1 : 0);
  return run(loops.binary(operator === "<<" ? left : right), type);
}

function raise(
  base: Value,
  exponent: Value,
  common: NumberType,
  run: (loop: BinaryLoop, compute: NumberType) => Value,
  complain: Complain,
): Value {
  const type = common === "bool" ? "int8" : arithmetic(common);
  if (!isFloating(type)) {
    const negative = !isUnsigned(exponent.type) && exponent.data.some((number) => number < 0);
    if (!negative) return run(!isWeak(type) && itemSize(type) <= 4 ? wrappingPower : power, type);
    if (isWeak(type)) return run(power, "pyfloat");
    throw complain.value("an integer is raised to a negative power", "the result is not an integer");
  }
  if (exponent.rank === "constant" && isWeak(exponent.type)) {
    const [value] = exponent.data;
    // NumPy squares, takes roots and inverts exactly where `pow` need not.
    if (value === 2) return run((a, aMask, _b, _bMask, out) => loops.multiply(a, aMask, a, aMask, out), type);
    if (value === 0.5)
      return run(
        loops.binary((x) => Math.sqrt(x)),
        type,
      );
    if (value === -1)
      return run(
        loops.binary((x) => 1 / x),
        type,
      );
  }
  return run(
    loops.binary((x, y) => (isOneToPower(x, y) ? 1 : Math.pow(x, y))),
    type,
  );
}

/** Where C's `pow` is 1 and JavaScript's may be NaN. */
function isOneToPower(x: number, y: number): boolean {
  return x === 1 || y === 0 || (x === -1 && (y === Infinity || y === -Infinity));
}

const wrappingPower = loops.binary((x, y) => {
  let product = 1;
  let square = x;
  for (let left = y; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product = Math.imul(product, square);
    square = Math.imul(square, square);
  }
  return product;
});

/** Division by a constant zero fails before the run, as it would in Python; by a column it gives what NumPy gives. */
function refuseZero(operator: string, left: Value, right: Value, complain: Complain): void {
  const constant = left.rank === "constant" && right.rank === "constant";
  if (constant && isWeak(left.type) && isWeak(right.type) && right.data[0] === 0) {
    throw complain.value(`a constant is divided by zero with "${operator}"`, "the result is not a number");
  }
}

/** Python's booleans count as integers in arithmetic. */
function arithmetic(type: NumberType): NumberType {
  return type === "pybool" ? "pyint" : type;
}

/** A bitwise operation on integers of up to 53 bits, in two halves. */
function wideBits(compute: (x: number, y: number) => number, x: number, y: number): number {
  const high = compute(Math.floor(x / 2 ** 32), Math.floor(y / 2 ** 32));
  return high * 2 ** 32 + (compute(x, y) >>> 0);
}

/** Python's floor division. */
function floorDivide(x: number, y: number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && rest < 0 !== y < 0) quotient -= 1;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Python's remainder: of the sign of the divisor. */
function remainder(x: number, y: number): number {
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return rest < 0 !== y < 0 ? rest + y : rest;
}
