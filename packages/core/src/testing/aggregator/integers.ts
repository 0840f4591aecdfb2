/** Laws of 64-bit integers beyond 2^53, for an aggregator that says that it takes them exactly. */
import fc from "fast-check";
import type { BoundDense, PartialDense } from "../../aggregator.js";
import type { DType } from "../../dtype.js";
import { joinInteger } from "../../exact-integers.js";
import { copyOf } from "./encoded.js";
import { split } from "./pieces.js";
import { wholeCells } from "./rows.js";
import type { CellRows } from "./segments.js";
import { HELD, type Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";
import { show } from "../values.js";

/** What is added to small whole numbers so that doubles no longer tell them apart, and the dtype that holds the sums. */
const SHIFTS: readonly (readonly [shift: bigint, dtype: DType])[] = [
  [2n ** 53n, "int64"],
  [2n ** 62n + 1n, "int64"],
  [-(2n ** 63n) + 100n, "int64"],
  [2n ** 63n, "uint64"],
  [2n ** 64n - 100n, "uint64"],
];

/** The result of each cell; null where it was left as it was. */
type ExactResults = readonly (bigint | null)[];

export function integerLaws(subject: Subject, law: Law): void {
  const { options, columns, source } = subject;
  const { aggregator, integerTolerance = 0 } = options;

  law("what it says of 64-bit integers is that it takes them exactly, or nothing", () => {
    const { integers } = aggregator as { integers?: unknown };
    if (integers !== undefined && integers !== "exact") broken(`integers is ${show(integers)}`);
    if (integers === "exact" && "gather" in subject.bind())
      broken("it says that it takes integers exactly, and fills ragged fields, whose numbers are doubles");
  });
  if (aggregator.integers !== "exact" || "gather" in subject.bind()) return;

  const bind = (dtype: DType): BoundDense => {
    const { field } = subject.request();
    return aggregator.bind(
      subject.request({ field: { ...field, dtype, declaredDtype: dtype, fillValue: 0 } }),
    ) as BoundDense;
  };
  const segmentsOf = (cells: CellRows, bound: BoundDense, shifts: readonly bigint[]) =>
    subject.segments(cells, bound, { shifts });
  /** @param write writes the numbers of cells, and what they lack to integers */
  const resultsOf = (cells: number, write: (out: Float64Array, rest: Int16Array) => void): ExactResults => {
    const out = new Float64Array(cells * subject.width).fill(HELD);
    const rest = new Int16Array(out.length);
    write(out, rest);
    return Array.from(out, (value, i) => {
      if (value === HELD && rest[i] === 0) return null;
      if (!Number.isInteger(value)) broken(`a result of whole numbers is ${value}`);
      return joinInteger(value, rest[i]!);
    });
  };
  const run = (cells: CellRows, shifts: readonly bigint[], dtype: DType): ExactResults => {
    const bound = bind(dtype);
    const { segments, assertIntact } = segmentsOf(cells, bound, shifts);
    const results = resultsOf(cells.length, (out, rest) => bound.aggregate(segments, out, rest));
    assertIntact();
    return results;
  };
  const none = columns.map(() => 0n);
  /** A shift of the source alone, and of the other columns alone. */
  const shiftsBy = (shift: bigint): readonly (readonly bigint[])[] =>
    [(name: string) => name === source, (name: string) => name !== source]
      .filter((isShifted) => columns.some(isShifted))
      .map((isShifted) => columns.map((name) => (isShifted(name) ? shift : 0n)));
  const examples = fc.tuple(wholeCells(columns.length), fc.constantFrom(...SHIFTS), fc.nat());

  law("a whole number added to all values of a column is added to its results, or changes none", () =>
    forEvery(options, examples, ([cells, [shift, dtype]]) => {
      const plain = run(cells, none, "int64");
      const isKept = (value: bigint | null, cell: number): boolean => {
        const wanted = plain[cell]!;
        if (value === null || wanted === null) return value === wanted;
        return Math.abs(Number(value - wanted)) <= integerTolerance * Math.abs(Number(wanted));
      };
      const isAdded = (value: bigint | null, cell: number): boolean =>
        value === (plain[cell] === null ? null : plain[cell]! + shift);
      for (const shifts of shiftsBy(shift)) {
        const found = run(cells, shifts, dtype);
        if (found.every(isKept) || found.every(isAdded)) continue;
        const shifted = columns.filter((_, i) => shifts[i] !== 0n);
        broken(`with ${shift} added to ${show(shifted)} it is ${show(found)}, and was ${show(plain)}`);
      }
    }),
  );

  law("a field of doubles gets the nearest of the exact result", () =>
    forEvery(options, examples, ([cells, [shift, dtype]]) => {
      const shifts = columns.map(() => shift);
      const exact = run(cells, shifts, dtype);
      const bound = bind("float64");
      const out = new Float64Array(exact.length).fill(HELD);
      bound.aggregate(segmentsOf(cells, bound, shifts).segments, out);
      for (const [i, value] of exact.entries()) {
        if (!Object.is(out[i], value === null ? HELD : Number(value)))
          broken(`it is ${out[i]} of doubles, and ${value} of integers`);
      }
    }),
  );

  if (aggregator.mergeLaw.law !== "exact") return;
  law("its partial results keep 64-bit integers exact, wherever they travel", () =>
    forEvery(options, examples, ([cells, [shift, dtype], at]) => {
      const shifts = columns.map(() => shift);
      const bound = bind(dtype);
      const partial = bound.partial as PartialDense;
      const updated = (rows: CellRows, state = partial.init(rows.length)): unknown => {
        partial.update(state, segmentsOf(rows, bound, shifts).segments);
        return state;
      };
      const finished = (state: unknown, count: number): ExactResults =>
        resultsOf(count, (out, rest) => partial.finish(state, out, rest));
      const travelled = (state: unknown): unknown =>
        partial.decode(cells.length, copyOf(partial.encode(state)));
      const assertSame = (found: ExactResults, wanted: ExactResults, how: string): void => {
        if (show(found) !== show(wanted)) broken(`it is ${show(wanted)} at once, and ${show(found)} ${how}`);
      };

      const whole = run(cells, shifts, dtype);
      const [first, second] = split(cells, at);
      assertSame(finished(updated(second, updated(first)), cells.length), whole, "from two blocks");
      const state = travelled(updated(first));
      partial.merge(state, travelled(updated(second)));
      assertSame(finished(travelled(state), cells.length), whole, "from two states that were encoded");
      const one = partial.regroup(state, new Int32Array(cells.length), 1);
      assertSame(finished(one, 1), run([cells.flat()], shifts, dtype), "in one coarser cell");
    }),
  );
}
