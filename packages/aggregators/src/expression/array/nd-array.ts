/** Arrays of any shape: what expressions compute with, cell by cell, where values a row or a cell are not enough. */
import type { Column } from "@zagg/core";
import type { NumberType } from "../types.js";

/** An array as NumPy has it: always contiguous, in row-major order. Read only once made; slices are copies. */
export interface NdArray {
  /** Weak (`pyint`, …) only for a Python scalar, whose shape is empty. */
  readonly type: NumberType;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  /** Length the product of the shape; held as `storage` of types.ts has it. */
  readonly data: Column;
}

/** What an argument, or the value of a part of an expression, can be. */
export type Operand = NdArray | string | null | readonly Operand[];

/** What a function may say about its arguments; each returns the coded error, with the place, for the caller to throw. */
export interface ArrayComplaints {
  /** `EXPRESSION_TYPE` */
  type(what: string, why: string): Error;
  /** `EXPRESSION_VALUE` */
  value(what: string, why: string): Error;
  /** `EXPRESSION_SHAPE`: shapes that do not fit together */
  shape(what: string, why: string): Error;
  /** `EXPRESSION_LIMIT` */
  limit(what: string, why: string): Error;
}

/** One NumPy function over arrays. */
export interface ArrayFunction {
  /** Parameters by position or name, in NumPy's order and by NumPy's names. */
  readonly parameters: readonly string[];
  /** How many of them there must be. */
  readonly required: number;
  /** Further parameters, by name only. */
  readonly named?: readonly string[];
  /**
   * @param args by parameter name; what was left out is absent. A tuple or list is an array of operands, None is null
   * @returns a tuple for functions such as `np.histogram`
   */
  apply(args: ReadonlyMap<string, Operand>, complain: ArrayComplaints): Operand;
}

/** The most elements that one array of an expression may have. */
export const MAX_ELEMENTS = 2 ** 24;
