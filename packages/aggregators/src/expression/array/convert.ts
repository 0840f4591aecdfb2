/** From operands to arrays and plain numbers. */
import { joinedType, type NumberType } from "../types.js";
import { cast } from "../value.js";
import {
  allocateArray,
  asValue,
  isArray,
  type ArrayComplaints,
  type NdArray,
  type Operand,
} from "./nd-array.js";
import { showShape } from "./broadcast.js";

/** The array that an operand is; a list of arrays of one shape is stacked. @throws `EXPRESSION_TYPE`, `EXPRESSION_SHAPE` */
export function toArray(operand: Operand | undefined, complain: ArrayComplaints): NdArray {
  if (isArray(operand)) return operand;
  if (operand === null || operand === undefined)
    throw complain.type("None is used as a value", "it is not a number");
  if (typeof operand === "string") throw complain.type("a text is used as a value", "it is not a number");
  const parts = (operand as readonly Operand[]).map((part) => toArray(part, complain));
  const first = parts[0];
  if (first === undefined) return { type: "float64", shape: [0], data: new Float64Array(0) };
  const type = joinedType(parts.map((part) => part.type));
  if (parts.some((part) => showShape(part.shape) !== showShape(first.shape)))
    throw complain.shape(
      `a list holds shapes ${parts.map((part) => showShape(part.shape)).join(", ")}`,
      "the items of an array have one shape",
    );
  const stacked = allocateArray(type, [parts.length, ...first.shape], complain);
  for (const [i, part] of parts.entries()) {
    stacked.data.set(castArray(part, stacked.type).data, i * first.data.length);
  }
  return stacked;
}

/** The array that an argument is; undefined when it is left out or None. @throws as {@link toArray} */
export function optionalArray(operand: Operand | undefined, complain: ArrayComplaints): NdArray | undefined {
  return operand === undefined || operand === null ? undefined : toArray(operand, complain);
}

/** The array with its elements cast. */
export function castArray(array: NdArray, type: NumberType): NdArray {
  if (array.type === type) return array;
  const { data } = cast(asValue(array), type);
  return { type, shape: array.shape, data };
}

/** One whole number. */
export function wholeNumber(operand: Operand | undefined, name: string, complain: ArrayComplaints): number {
  const value = oneNumber(operand, name, complain);
  if (Number.isSafeInteger(value)) return value;
  throw complain.type(`${name} is ${value}`, "it is a whole number");
}

/** One number. */
export function oneNumber(operand: Operand | undefined, name: string, complain: ArrayComplaints): number {
  if (isArray(operand) && operand.shape.length === 0) return operand.data[0]!;
  throw complain.type(`${name} is not one number`, "it is a single number");
}

/** Whole numbers, given as one or as a tuple. */
export function wholeNumbers(
  operand: Operand | undefined,
  name: string,
  complain: ArrayComplaints,
): number[] {
  if (Array.isArray(operand))
    return (operand as readonly Operand[]).map((part) => wholeNumber(part, name, complain));
  if (isArray(operand) && operand.shape.length === 1) {
    return Array.from(operand.data, (value) => value);
  }
  return [wholeNumber(operand, name, complain)];
}

/** Whether a flag is set. */
export function flag(operand: Operand | undefined): boolean {
  return isArray(operand) && operand.data[0] !== 0;
}
