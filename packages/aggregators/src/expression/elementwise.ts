/** Loops over the numbers of values: the hot ones spelt out, the rest by a function of one element. */
import type { CellSegments, Column } from "@zagg/core";
import { storage, type NumberType } from "./types.js";
import { highestRank, lengthOf, spread, type Value } from "./value.js";

/**
 * Writes out[i] from a[i & aMask] and b[i & bMask]; a mask is 0 for a constant, else −1.
 */
export type BinaryLoop = (a: Column, aMask: number, b: Column, bMask: number, out: Column) => void;
export type UnaryLoop = (a: Column, out: Column) => void;

/** The loop that applies a function to each element. */
export function unary(compute: (x: number) => number): UnaryLoop {
  return (a, out) => {
    for (let i = 0; i < out.length; i++) out[i] = compute(a[i]!);
  };
}

/** The loop that applies a function to each pair of elements. */
export function binary(compute: (x: number, y: number) => number): BinaryLoop {
  return (a, aMask, b, bMask, out) => {
    for (let i = 0; i < out.length; i++) out[i] = compute(a[i & aMask]!, b[i & bMask]!);
  };
}

export const add: BinaryLoop = (a, aMask, b, bMask, out) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i & aMask]! + b[i & bMask]!;
};

export const subtract: BinaryLoop = (a, aMask, b, bMask, out) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i & aMask]! - b[i & bMask]!;
};

export const multiply: BinaryLoop = (a, aMask, b, bMask, out) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i & aMask]! * b[i & bMask]!;
};

export const divide: BinaryLoop = (a, aMask, b, bMask, out) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i & aMask]! / b[i & bMask]!;
};

export const squareLoop: UnaryLoop = (a, out) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! * a[i]!;
};

export const squareRootLoop: UnaryLoop = (a, out) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(a[i]!);
};

export function applyUnary(loop: UnaryLoop, value: Value, type: NumberType): Value {
  const data = storage(type, value.data.length);
  loop(value.data, data);
  return { type, rank: value.rank, data };
}

export function applyBinary(
  loop: BinaryLoop,
  left: Value,
  right: Value,
  type: NumberType,
  segments: CellSegments,
): Value {
  const rank = highestRank([left.rank, right.rank]);
  const data = storage(type, lengthOf(rank, segments));
  loop(spread(left, rank, segments), maskOf(left), spread(right, rank, segments), maskOf(right), data);
  return { type, rank, data };
}

/** `yes` where the test is not zero, else `no`; both of the result's type already. */
export function choose(test: Value, yes: Value, no: Value, segments: CellSegments): Value {
  const rank = highestRank([test.rank, yes.rank, no.rank]);
  const data = storage(yes.type, lengthOf(rank, segments));
  const [tests, ones, others] = [
    spread(test, rank, segments),
    spread(yes, rank, segments),
    spread(no, rank, segments),
  ];
  const [testMask, yesMask, noMask] = [maskOf(test), maskOf(yes), maskOf(no)];
  for (let i = 0; i < data.length; i++) {
    data[i] = (tests[i & testMask] !== 0 ? ones[i & yesMask] : others[i & noMask]) as number;
  }
  return { type: yes.type, rank, data };
}

function maskOf(value: Value): number {
  return value.rank === "constant" ? 0 : -1;
}
