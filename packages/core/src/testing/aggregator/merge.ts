/** The merge law that an aggregator declares, and the partial results that it is about. */
import fc from "fast-check";
import { firstApart, showCell } from "./kernel.js";
import { specialCells, wildCells } from "./rows.js";
import { watchedSegments, type CellRows } from "./segments.js";
import type { CellResults, PartialResults, Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";
import { firstDifference, show } from "../values.js";

export function mergeLaws(subject: Subject, law: Law): void {
  const { mergeLaw } = subject.options.aggregator;

  law("it has partial results exactly when it declares a merge law", () => {
    const hasPartial = subject.bind().partial !== undefined;
    if (hasPartial && mergeLaw.law === "none")
      broken("it has partial results, and no law by which they merge");
    if (!hasPartial && mergeLaw.law !== "none")
      broken(`its merge law is ${mergeLaw.law}, and it has no partial results that could keep it`);
  });
  if (mergeLaw.law !== "none") partialLaws(subject, law);
}

/** What is computed in pieces is what is computed at once, whatever the pieces. */
function partialLaws(subject: Subject, law: Law): void {
  const { options, columns } = subject;
  const { mergeLaw } = options.aggregator;
  const tolerance = mergeLaw.law === "approximate" ? mergeLaw.tolerance : 0;
  const partialOf = (): PartialResults => subject.bind().partial ?? broken("it has no partial results");
  const updated = (partial: PartialResults, cells: CellRows, state = partial.init(cells.length)): unknown => {
    const watched = watchedSegments(columns, cells, subject.bind().inputs);
    partial.update(state, watched.segments);
    watched.assertIntact();
    return state;
  };
  const assertSame = (cells: CellRows, found: CellResults, how: string): void => {
    const whole = subject.run(cells);
    for (const [cell, rows] of cells.entries()) {
      if (rows.length === 0 && !subject.isUntouched(found[cell]!))
        broken(`the empty cell ${cell} is ${showCell(found, cell)} ${how}`);
    }
    const at =
      mergeLaw.law === "exact"
        ? whole.findIndex((result, cell) => firstDifference(result, found[cell]!) >= 0)
        : firstApart(subject, cells, whole, found, tolerance);
    if (at >= 0) broken(`cell ${at} is ${showCell(whole, at)} at once, and ${showCell(found, at)} ${how}`);
  };
  // Sums of the largest doubles overflow in one order and not in another, so only what is exact has them.
  const cellsOf = mergeLaw.law === "exact" ? wildCells : specialCells;
  const examples = fc.tuple(cellsOf(columns.length), fc.nat());
  const split = (cells: CellRows, at: number): readonly [CellRows, CellRows] => [
    cells.map((rows) => rows.slice(0, at % (rows.length + 1))),
    cells.map((rows) => rows.slice(at % (rows.length + 1))),
  ];

  law("its partial results, block by block or merged, are those of all rows at once", () =>
    forEvery(options, examples, ([cells, at]) => {
      const partial = partialOf();
      const finished = (state: unknown) => subject.finish(partial, state, cells.length);
      const [first, second] = split(cells, at);
      assertSame(cells, finished(updated(partial, cells)), "from one block");
      assertSame(cells, finished(updated(partial, second, updated(partial, first))), "from two blocks");
      const [state, other] = [updated(partial, first), updated(partial, second)];
      const before = show(structuredClone(other));
      partial.merge(state, other);
      if (show(structuredClone(other)) !== before) broken("merge changes the state that it takes second");
      assertSame(cells, finished(state), "from two states");
      assertSame(second, finished(other), "from the state that was merged into another");
    }),
  );

  law("its partial results survive a structured clone", () =>
    forEvery(options, examples, ([cells, at]) => {
      const partial = partialOf();
      const [first, second] = split(cells, at);
      const state = structuredClone(updated(partial, first));
      assertSame(
        cells,
        subject.finish(partial, updated(partial, second, state), cells.length),
        "from a clone",
      );
    }),
  );

  law("its partial results are the same bytes every time", () =>
    forEvery(options, examples, ([cells, at]) => {
      const inPieces = () => {
        const partial = partialOf();
        const [first, second] = split(cells, at);
        const state = updated(partial, first);
        partial.merge(state, updated(partial, second));
        return show(subject.finish(partial, state, cells.length).map((result) => [...result]));
      };
      const [once, again] = [inPieces(), inPieces()];
      if (once !== again) broken(`they are ${once}, and ${again} the second time`);
    }),
  );
}
