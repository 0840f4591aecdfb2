/** Terms of an expression: how they are made, and folded when they are constant. */
import type { CellSegments } from "@zagg/core";
import type { Rank, Term, Value } from "./value.js";

const nowhere: CellSegments = {
  cells: 0,
  rows: 0,
  offsets: new Int32Array(1),
  column: () => new Float64Array(0),
  scratch: () => new Float64Array(0),
  chunkValue: () => ({ dtype: "float64", shape: [], data: new Float64Array(1) }),
};

/** A term; a constant one is evaluated here and now, so that its errors come before any data is read. */
export function term(rank: Rank, at: number, evaluate: (segments: CellSegments) => Value): Term {
  if (rank !== "constant") return { rank, at, evaluate };
  const value = evaluate(nowhere);
  return { rank, at, evaluate: () => value };
}

/** The number that a constant term is. */
export function numberOf(constant: Term): number {
  return constant.evaluate(nowhere).data[0]!;
}
