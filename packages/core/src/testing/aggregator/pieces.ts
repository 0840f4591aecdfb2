/** The partial results under test: states made of rows, and what they finish as beside one pass. */
import fc from "fast-check";
import { firstApart, showCell } from "./kernel.js";
import { specialCells, wildCells } from "./rows.js";
import type { CellRows } from "./segments.js";
import type { CellResults, PartialResults, Subject } from "./subject.js";
import { broken } from "../framework.js";
import { firstDifference } from "../values.js";

export interface Pieces {
  /** Partial results of a new binding. */
  partial(): PartialResults;
  /** Adds rows to a state; checks that the rows are left alone. @param state a new one unless told */
  updated(partial: PartialResults, cells: CellRows, state?: unknown): unknown;
  /** Whether results are those of all rows at once, by the declared merge law. @throws when they are not */
  assertSame(cells: CellRows, found: CellResults, how: string): void;
  /** Cells, and where each is cut in two. */
  readonly examples: fc.Arbitrary<readonly [cells: CellRows, at: number]>;
}

export function piecesOf(subject: Subject): Pieces {
  const { options, columns } = subject;
  const { mergeLaw } = options.aggregator;
  const tolerance = mergeLaw.law === "approximate" ? mergeLaw.tolerance : 0;
  // Sums of the largest doubles overflow in one order and not in another, so only what is exact has them.
  const cellsOf = mergeLaw.law === "exact" ? wildCells : specialCells;
  return {
    partial: () => subject.bind().partial ?? broken("it has no partial results"),
    updated(partial, cells, state = partial.init(cells.length)) {
      const watched = subject.segments(cells, subject.bind());
      partial.update(state, watched.segments);
      watched.assertIntact();
      return state;
    },
    assertSame(cells, found, how) {
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
    },
    examples: fc.tuple(cellsOf(columns.length), fc.nat()),
  };
}

/** Each cell cut in two, at a place that depends on `at`. */
export function split(cells: CellRows, at: number): readonly [CellRows, CellRows] {
  return [
    cells.map((rows) => rows.slice(0, at % (rows.length + 1))),
    cells.map((rows) => rows.slice(at % (rows.length + 1))),
  ];
}
