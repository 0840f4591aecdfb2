/** What an expression is evaluated in, cell by cell. */
import type { NdArray, Operand } from "./nd-array.js";

/** What a cell offers to an expression. */
export interface ArrayScope {
  column(name: string): NdArray["data"];
  chunkValue(name: string): NdArray;
  /** Elements that may still be computed for this cell; counted down. */
  budget: number;
}

/** A part of an expression, ready to be evaluated in one cell after another. */
export type Evaluate = (scope: ArrayScope) => Operand;
export type EvaluateArray = (scope: ArrayScope) => NdArray;
