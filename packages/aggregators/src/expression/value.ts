/** Values: one number, one for each cell, or one for each row. */
import { integerRange, type CellSegments, type Column } from "@zagg/core";
import { isFloating, isWeak, storage, strong, type NumberType } from "./types.js";

/** How many numbers a value is made of; known before anything is evaluated. */
export type Rank = "constant" | "cell" | "row";

export interface Value {
  readonly type: NumberType;
  readonly rank: Rank;
  /** Length 1, cells or rows. */
  readonly data: Column;
}

/** A part of an expression, ready to be evaluated. `evaluate` never changes what another part holds. */
export interface Term {
  readonly rank: Rank;
  /** Where it stands in the text. */
  readonly at: number;
  evaluate(segments: CellSegments): Value;
}

/** What a number of a narrower type would have to be. */
export type RangeProblem = (value: number, type: NumberType) => Error;

const order: readonly Rank[] = ["constant", "cell", "row"];

export function highestRank(ranks: readonly Rank[]): Rank {
  return order[Math.max(0, ...ranks.map((rank) => order.indexOf(rank)))]!;
}

export function lengthOf(rank: Rank, segments: CellSegments): number {
  if (rank === "constant") return 1;
  return rank === "cell" ? segments.cells : segments.rows;
}

/** One Python or stored number. */
export function constantValue(type: NumberType, value: number): Value {
  const data = storage(type, 1);
  data[0] = value;
  return { type, rank: "constant", data };
}

/** The value's numbers at a rank: a constant stays one number, a number per cell is repeated for the cell's rows. */
export function spread(value: Value, rank: Rank, segments: CellSegments): Column {
  if (value.rank !== "cell" || rank !== "row") return value.data;
  const { cells, rows, offsets } = segments;
  const data = storage(value.type, rows);
  for (let cell = 0; cell < cells; cell++) {
    data.fill(value.data[cell]!, offsets[cell]!, offsets[cell + 1]!);
  }
  return data;
}

/**
 * A Python scalar rounded to the type it meets. Other values are returned as they are: promotion only widens them.
 * @param problem the error for a Python integer that the type cannot hold
 */
export function meet(value: Value, type: NumberType, problem: RangeProblem): Value {
  if (!isWeak(value.type) || value.type === type) return value;
  const range = isFloating(type) ? undefined : integerRange(strong(type));
  if (range !== undefined && value.type === "pyint" && type !== "pyint") {
    const [low, high] = [Number(range[0]), Number(range[1])];
    for (const number of value.data) if (number < low || number > high) throw problem(number, type);
  }
  return { type, rank: value.rank, data: converted(value.data, type) };
}

/**
 * A value cast as C does: fractions are dropped, integers of up to 32 bits wrap; NaN and infinities become 0 in integers,
 * true in booleans.
 */
export function cast(value: Value, type: NumberType): Value {
  return value.type === type ? value : { type, rank: value.rank, data: converted(value.data, type) };
}

function converted(from: Column, type: NumberType): Column {
  const to = storage(type, from.length);
  const stored = strong(type);
  if (stored === "bool") {
    for (let i = 0; i < from.length; i++) to[i] = from[i] === 0 ? 0 : 1;
  } else if (stored === "int64" || stored === "uint64") {
    for (let i = 0; i < from.length; i++) {
      const number = Math.trunc(from[i]!);
      to[i] = Number.isFinite(number) ? number + 0 : 0;
    }
  } else to.set(from);
  return to;
}
