/** Arrays of any shape: what expressions compute with, cell by cell, where one value for each row or cell is not enough. */
import type { CellSegments, Column } from "@zagg/core";
import { storage, type NumberType } from "../types.js";
import type { Value } from "../value.js";

/** An array as NumPy has it: always contiguous, in row-major order. Read only once made; slices are copies. */
export interface NdArray {
  /** Weak (`pyint`, …) only for a Python scalar, whose shape is empty. */
  readonly type: NumberType;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  /** Length the product of the shape; held as `storage` of types.ts has it. */
  readonly data: Column;
}

/** What an argument, or the value of a part of an expression, can be: None is null, a tuple or list is a list. */
export type Operand = NdArray | string | null | readonly Operand[];

/** Makes the errors of one place in an expression. */
export interface ArrayComplaints {
  /** `EXPRESSION_TYPE` */
  type(what: string, why: string): Error;
  /** `EXPRESSION_VALUE` */
  value(what: string, why: string): Error;
  /** `EXPRESSION_SHAPE`: shapes that do not fit together. */
  shape(what: string, why: string): Error;
  /** `EXPRESSION_LIMIT` */
  limit(what: string, why: string): Error;
}

/** Arguments by parameter name; what was left out is absent. */
export type ArrayArguments = ReadonlyMap<string, Operand>;

/** One NumPy function over arrays. */
export interface ArrayFunction {
  /** Parameters by position or name, in NumPy's order and by NumPy's names. */
  readonly parameters: readonly string[];
  /** How many of them there must be. */
  readonly required: number;
  /** Further parameters, by name only. */
  readonly named?: readonly string[];
  /** @returns a list for functions that give a tuple, such as `np.histogram` */
  apply(args: ArrayArguments, complain: ArrayComplaints): Operand;
}

/** The most elements that one array of an expression may have. */
export const MAX_ELEMENTS = 2 ** 24;

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** An array of zeros. @throws `EXPRESSION_LIMIT` before anything is allocated */
export function allocateArray(
  type: NumberType,
  shape: readonly number[],
  complain: ArrayComplaints,
): NdArray {
  const size = sizeOf(shape);
  if (!(size <= MAX_ELEMENTS)) {
    throw complain.limit(`an array of ${size} elements is asked for`, `an array has at most ${MAX_ELEMENTS}`);
  }
  return { type, shape, data: storage(type, size) };
}

/** A scalar. */
export function scalarArray(type: NumberType, value: number): NdArray {
  const data = storage(type, 1);
  data[0] = value;
  return { type, shape: [], data };
}

export function isArray(operand: Operand | undefined): operand is NdArray {
  return typeof operand === "object" && operand !== null && !Array.isArray(operand);
}

/** An array as the loops of elementwise.ts take it: a single number is a constant, whatever it meets. */
export function asValue({ type, data }: NdArray): Value {
  return { type, rank: data.length === 1 ? "constant" : "row", data };
}

/** Rows in groups of one length, as the kernels of cells take them. */
export function groupsOf(groups: number, length: number): CellSegments {
  return {
    cells: groups,
    rows: groups * length,
    offsets: Int32Array.from({ length: groups + 1 }, (_, group) => group * length),
    column: missing,
    scratch: missing,
    chunkValue: missing,
  };
}

function missing(name: string): never {
  throw new RangeError(`an array has no column ${name}`);
}
