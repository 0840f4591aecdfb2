/** Laws of partial results of many rows, many values and many cells: no count wraps, and nothing is kept only up to a limit. */
import { copyOf, sizeOf } from "./encoded.js";
import { piecesOf } from "./pieces.js";
import { scaleOf } from "./rows.js";
import type { CellRows } from "./segments.js";
import type { CellResults, Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { firstDifference, show } from "../values.js";

/** Eight rows: one value three times, another five times, so that counts that wrap change which is the more frequent. */
const VALUES = [1.5, 2.5, 2.5, 1.5, 2.5, 1.5, 2.5, 2.5];
/** 8 · 2^45 rows: past every integer of 32 bits, and exact in a double. */
const DOUBLINGS = 45;
/** Rows of one block that pass 16 bits. */
const MANY_ROWS = 70_000;
/** Blocks of eight rows that pass 8 bits. */
const MANY_BLOCKS = 40;
const MOST_BYTES = 1e6;
const MANY_VALUES = 5_000;
/** A payload without `read` is compared as it is, which an approximate law allows only while it is short. */
const SHORT_PAYLOAD = 500;
const MANY_CELLS = 1_000;
/** Additions of values that are alike, in whatever order. */
const ROUNDING = 1e-9;

export function volumeLaws(subject: Subject, law: Law): void {
  const { options, columns } = subject;
  const { mergeLaw } = options.aggregator;
  const { partial: partialOf, updated } = piecesOf(subject);
  const tolerance = mergeLaw.law === "approximate" ? Math.max(mergeLaw.tolerance, ROUNDING) : 0;
  const row = (value: number): readonly number[] => columns.map((_, i) => value + i * value * value);
  const block = VALUES.map(row);

  law("its partial results count on, whatever the number of rows", () => {
    const partial = partialOf();
    const numbersOf = (results: CellResults) => subject.read(results[0]!);
    const finished = (state: unknown) => numbersOf(subject.finish(partial, state, 1));
    const blocks = (times: number): CellRows => [Array.from({ length: times }, () => block).flat()];
    const trends = trendsOf([1, 2, 4].map((times) => numbersOf(subject.run(blocks(times)))));
    const assertFollows = (state: unknown, times: number) => {
      const found = finished(state);
      for (const [i, trend] of trends.entries()) {
        const wrong = trend(found[i] ?? NaN, times, tolerance);
        if (wrong !== undefined)
          broken(`of ${times} times the rows ${show(VALUES)} number ${i} is ${found[i]}, and ${wrong}`);
      }
    };

    const inBlocks = partial.init(1);
    for (let i = 0; i < MANY_BLOCKS; i++) updated(partial, [block], inBlocks);
    assertFollows(inBlocks, MANY_BLOCKS);
    const long = MANY_ROWS / block.length;
    assertFollows(updated(partial, blocks(long)), long);

    const state = updated(partial, [block]);
    const copy = () => partial.decode(1, copyOf(partial.encode(state)));
    for (let times = 2; times <= 2 ** DOUBLINGS; times *= 2) {
      // A state that grows with its rows keeps the rows themselves.
      if (sizeOf(partial.encode(state)) > MOST_BYTES) break;
      partial.merge(state, copy());
      assertFollows(state, times);
      assertFollows(partial.regroup(updated(partial, [block], copy()), Int32Array.of(0), 1), times + 1);
    }
  });

  law("its partial results keep every value and every cell, however many", () => {
    const isShort = subject.width > 0 && "gather" in subject.bind() && options.read === undefined;
    const many = isShort && tolerance > 0 ? SHORT_PAYLOAD : MANY_VALUES;
    // Values are distinct, but for one of the last tenth that comes twice again.
    const value = (i: number) => 1000 + ((i * 0.6180339887498949) % 1) * 10;
    const values = Array.from({ length: many }, (_, i) => row(value(i)));
    values.push(row(value(Math.floor(0.95 * many))), row(value(Math.floor(0.95 * many))));
    const sparse: CellRows = Array.from({ length: MANY_CELLS }, (_, cell) =>
      cell % 3 === 1 ? [] : [row(value(cell)), row(value(cell + 1))],
    );
    for (const cells of [[values], sparse] as readonly CellRows[]) {
      const partial = partialOf();
      const state = updated(
        partial,
        cells.map((rows) => rows.slice(0, rows.length >> 1)),
      );
      partial.merge(
        state,
        updated(
          partial,
          cells.map((rows) => rows.slice(rows.length >> 1)),
        ),
      );
      const again = partial.decode(cells.length, copyOf(partial.encode(state)));
      for (const [results, how] of [
        [subject.finish(partial, state, cells.length), "from two states"],
        [subject.finish(partial, again, cells.length), "from an encoded state"],
      ] as const) {
        const at = apart(subject, cells, results, tolerance);
        if (at >= 0)
          broken(
            `a cell of ${cells[at]!.length} rows among ${cells.length} is ${show([...results[at]!].slice(0, 8))} ${how}`,
          );
      }
    }
  });
}

/** What is wrong with a number once all rows came so many times; undefined when it is as it should be, or cannot be foretold. */
type Trend = (found: number, times: number, tolerance: number) => string | undefined;

/** How much less a number that converges moves with each doubling of its rows; for 1 / n it is a half. */
const CONVERGING = 0.6;

/**
 * How each number goes on as its rows come again: doubled with them as a count or a sum, always the same as an extreme or a
 * mean, ever nearer to a limit as a variance of a sample, or in a way that this cannot tell.
 * @param results of one pass over the rows once, twice and four times
 */
function trendsOf(results: readonly Float64Array[]): readonly Trend[] {
  const [once, twice, fourTimes] = results as [Float64Array, Float64Array, Float64Array];
  if (once.length !== twice.length || once.length !== fourTimes.length) return [];
  const scale = scaleOf(VALUES.map((value) => [value]));
  return Array.from(once, (one, i): Trend => {
    const [two, four] = [twice[i]!, fourTimes[i]!];
    const alike = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= ROUNDING * Math.abs(b);
    const near = (wanted: number, slack: number): Trend => {
      return (found, times, tolerance) => {
        const allowed = tolerance === 0 ? slack : slack + tolerance * (scale * times + Math.abs(wanted));
        const close = Object.is(found, wanted) || Math.abs(found - wanted) <= allowed;
        return close ? undefined : `was to be ${wanted}`;
      };
    };
    if (alike(one, two) && alike(one, four))
      return (found, _times, tolerance) => near(one, 0)(found, 1, tolerance);
    if (alike(2 * one, two) && alike(4 * one, four))
      return (found, times, tolerance) => near(one * times, 0)(found, times, tolerance);
    const step = Math.abs(two - one);
    if (step < Math.abs(one) / 2 && Math.abs(four - two) <= CONVERGING * step)
      return (found, _times, tolerance) => near(four, step)(found, 1, tolerance);
    return () => undefined;
  });
}

/** The first cell that is not what one pass gives; −1 when all are. */
function apart(subject: Subject, cells: CellRows, found: CellResults, tolerance: number): number {
  const whole = subject.run(cells);
  if (tolerance === 0) return whole.findIndex((result, cell) => firstDifference(result, found[cell]!) >= 0);
  return cells.findIndex((rows, cell) => {
    const [a, b] = [subject.read(whole[cell]!), subject.read(found[cell]!)];
    const rounding = ROUNDING * 1e-3 * scaleOf(rows);
    const near = (x: number, y: number) =>
      Object.is(x, y) || Math.abs(x - y) <= rounding + tolerance * Math.max(Math.abs(x), Math.abs(y));
    return a.length !== b.length || a.some((value, i) => !near(value, b[i]!));
  });
}
