/** Row selection: indices of rows are kept or dropped in place, so that filters narrow one after another. */
import type { Column } from "@zagg/core";

/** How values compare with an operand, by the names of the configuration. */
export type Comparison = "eq" | "ne" | "ge" | "le" | "lt" | "gt";

/** Keeps the rows whose value passes (or, with `keep` false, fails) a test. */
export type RowTest = (value: number) => boolean;

/**
 * Narrows a list of rows to those that pass.
 * @param rows indices into `values`; **compacted** in place, order kept
 * @param count how many leading elements of `rows` count
 * @returns how many are left
 */
export function keepRows(
  values: Column,
  rows: Int32Array,
  count: number,
  test: RowTest,
  keep: boolean,
): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    if (test(values[row]!) === keep) rows[kept++] = row;
  }
  return kept;
}

/** The rows of a block that are inside the shard: positions are ≥ 0 there. Written to `rows`, ascending. */
export function rowsInside(positions: Int32Array, n: number, rows: Int32Array): number {
  let count = 0;
  for (let row = 0; row < n; row++) if (positions[row]! >= 0) rows[count++] = row;
  return count;
}

/** A comparison with one number. NaN follows IEEE 754, as NumPy does: it differs from everything and is in no order. */
export function comparison(op: Comparison, operand: number): RowTest {
  switch (op) {
    case "eq":
      return (value) => value === operand;
    case "ne":
      return (value) => value !== operand;
    case "ge":
      return (value) => value >= operand;
    case "le":
      return (value) => value <= operand;
    case "lt":
      return (value) => value < operand;
    case "gt":
      return (value) => value > operand;
  }
}

/** Membership of a list; NaN is in no list. */
export function membership(operands: readonly number[]): RowTest {
  const members = new Set(operands);
  members.delete(NaN);
  return (value) => members.has(value);
}

/** A number: a double, and what it lacks to an integer of which it is the nearest. */
export type ExactNumber = readonly [value: number, rest: number];

/**
 * As {@link keepRows}, of 64-bit integers.
 * @param rest what the doubles in `values` lack to these; null when they lack nothing
 */
export function keepExactRows(
  { values, rest }: { readonly values: Column; readonly rest: Int16Array | null },
  rows: Int32Array,
  count: number,
  test: (value: number, rest: number) => boolean,
  keep: boolean,
): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    if (test(values[row]!, rest === null ? 0 : rest[row]!) === keep) rows[kept++] = row;
  }
  return kept;
}

/** As {@link comparison}, exact. Rounding to doubles keeps the order, so that these decide where they differ. */
export function exactComparison(op: Comparison, [value, rest]: ExactNumber) {
  const ofDoubles = comparison(op, value);
  const ofRests = comparison(op, rest);
  return (found: number, lacks: number): boolean => (found === value ? ofRests(lacks) : ofDoubles(found));
}

/** As {@link membership}, exact. */
export function exactMembership(operands: readonly ExactNumber[]) {
  const members = new Map<number, Set<number>>();
  for (const [value, rest] of operands) members.set(value, (members.get(value) ?? new Set()).add(rest));
  members.delete(NaN);
  return (found: number, lacks: number): boolean => members.get(found)?.has(lacks) ?? false;
}

/** A number as the elements of a column would hold it: rounded to float32 for a float32 column. */
export function inTypeOf(values: Column, operand: number): number {
  return values instanceof Float32Array ? Math.fround(operand) : operand;
}
