/** The merge law that an aggregator declares. */
import fc from "fast-check";
import type { BoundDense } from "../aggregator.js";
import { isNear } from "./aggregator-kernel.js";
import { scaleOf, specialCells } from "./aggregator-rows.js";
import { watchedSegments, type CellRows } from "./aggregator-segments.js";
import { HELD, type Subject } from "./aggregator-subject.js";
import { broken, type Law } from "./framework.js";
import { forEvery } from "./properties.js";
import { show } from "./values.js";

type Partial = NonNullable<BoundDense["partial"]>;

export function mergeLaws(subject: Subject, law: Law): void {
  const { options, columns, source, width } = subject;
  const { mergeLaw } = options.aggregator;

  if (mergeLaw.law === "none") {
    law("it declares no merge law, and is given none", () => {
      if (options.combine !== undefined) broken("`combine` is given: declare the law that it keeps");
    });
    return;
  }

  const partial = partialOf(subject);
  if (partial !== undefined) {
    partialLaws(subject, partial, law);
    return;
  }

  const combine =
    options.combine ??
    ((parts: readonly number[]): number => {
      const { inputs } = subject.bind();
      if (inputs.length !== 1 || inputs[0] !== source || width !== 1) {
        broken("it cannot be applied to the values of parts: give the kit `combine`");
      }
      return subject.run([parts.map((part) => columns.map(() => part))])[0] as number;
    });
  const tolerance = mergeLaw.law === "approximate" ? mergeLaw.tolerance : 0;
  law(`its ${mergeLaw.law} merge law holds however a cell is split`, () =>
    forEvery(options, fc.tuple(specialCells(columns.length), fc.nat(), fc.nat()), ([cells, a, b]) => {
      for (const rows of cells) {
        if (rows.length === 0) continue;
        const cuts = [0, a % (rows.length + 1), b % (rows.length + 1), rows.length].sort((x, y) => x - y);
        const pieces = cuts.slice(1).map((stop, i) => rows.slice(cuts[i], stop));
        const parts = pieces.filter((piece) => piece.length > 0).map((piece) => subject.run([piece]));
        const whole = subject.run([rows]);
        for (let i = 0; i < width; i++) {
          const [value, partial] = [whole[i] as number, parts.map((part) => part[i] as number)];
          const merged = combine(partial);
          if (!isNear(value, merged, tolerance, tolerance === 0 ? 0 : scaleOf(rows))) {
            broken(`a cell is ${value} at once, and ${merged} from its parts ${show(partial)}`);
          }
        }
      }
    }),
  );
}

/** What it gives for pieces; nothing when it does not bind, which other laws tell. */
function partialOf(subject: Subject): Partial | undefined {
  try {
    return subject.bind().partial;
  } catch {
    return undefined;
  }
}

/** What is computed in pieces is what is computed at once, whatever the pieces. */
function partialLaws(subject: Subject, partial: Partial, law: Law): void {
  const { options, columns, width } = subject;
  const { mergeLaw } = options.aggregator;
  const tolerance = mergeLaw.law === "approximate" ? mergeLaw.tolerance : 0;
  const updated = (cells: CellRows, state: unknown = partial.init(cells.length)): unknown => {
    const watched = watchedSegments(columns, cells, subject.bind().inputs);
    partial.update(state, watched.segments);
    watched.assertIntact();
    return state;
  };
  const finished = (state: unknown, cells: number): Float64Array => {
    const out = new Float64Array(cells * width).fill(HELD);
    partial.finish(state, out);
    return out;
  };
  const assertSame = (cells: CellRows, found: Float64Array, how: string): void => {
    const whole = subject.run(cells);
    for (const [i, value] of whole.entries()) {
      const rows = cells[Math.floor(i / width)] ?? [];
      const isSame =
        rows.length === 0
          ? found[i] === HELD
          : isNear(value, found[i] as number, tolerance, tolerance === 0 ? 0 : scaleOf(rows));
      if (!isSame) broken(`number ${i} is ${value} at once, and ${show(found[i])} ${how}`);
    }
  };
  const split = (cells: CellRows, at: number): readonly [CellRows, CellRows] => [
    cells.map((rows) => rows.slice(0, at % (rows.length + 1))),
    cells.map((rows) => rows.slice(at % (rows.length + 1))),
  ];

  law("its partial results, block by block or merged, are those of all rows at once", () =>
    forEvery(options, fc.tuple(specialCells(columns.length), fc.nat()), ([cells, at]) => {
      const [first, second] = split(cells, at);
      assertSame(cells, finished(updated(cells), cells.length), "from one block");
      assertSame(cells, finished(updated(second, updated(first)), cells.length), "from two blocks");
      const [state, other] = [updated(first), updated(second)];
      const before = show(structuredClone(other));
      partial.merge(state, other);
      if (show(structuredClone(other)) !== before) broken("merge changes the state that it takes second");
      assertSame(cells, finished(state, cells.length), "from two states");
      assertSame(second, finished(other, cells.length), "from the state that was merged into another");
    }),
  );

  law("its partial results survive a structured clone", () =>
    forEvery(options, fc.tuple(specialCells(columns.length), fc.nat()), ([cells, at]) => {
      const [first, second] = split(cells, at);
      const state = structuredClone(updated(first));
      assertSame(cells, finished(updated(second, state), cells.length), "from a clone");
    }),
  );
}
