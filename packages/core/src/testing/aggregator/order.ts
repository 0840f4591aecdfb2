/** Laws of an aggregator and the order of rows within a cell. */
import fc from "fast-check";
import { firstApart, showCell } from "./kernel.js";
import { specialCells } from "./rows.js";
import type { CellRows } from "./segments.js";
import type { Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";

/** Sums of a few dozen doubles in another order. */
const ORDER_TOLERANCE = 1e-12;

export function orderLaws(subject: Subject, law: Law): void {
  const { options, columns } = subject;
  const { ordered = false, orderTolerance = ORDER_TOLERANCE } = options;
  const examples = fc.tuple(specialCells(columns.length), fc.nat());

  if (ordered) {
    law("its values depend on the order of rows, as it is said to", async () => {
      let depends = false;
      await forEvery(options, examples, ([cells, seed]) => {
        depends ||=
          firstApart(subject, cells, subject.run(cells), subject.run(turned(cells, seed)), orderTolerance) >=
          0;
      });
      if (!depends) broken("no order of rows was found that matters: leave `ordered` out");
    });
  } else {
    law("its values do not depend on the order of rows", () =>
      forEvery(options, examples, ([cells, seed]) => {
        const [asRead, inTurn] = [subject.run(cells), subject.run(turned(cells, seed))];
        const cell = firstApart(subject, cells, asRead, inTurn, orderTolerance);
        if (cell < 0) return;
        const [a, b] = [showCell(asRead, cell), showCell(inTurn, cell)];
        broken(`cell ${cell} is ${a} as read, and ${b} with its rows in another order`);
      }),
    );
  }

  law("it does not care in which order it finds the shared scratch", () =>
    forEvery(options, examples, ([cells, seed]) => {
      const scratchOrder = (row: number, rows: number) => (2 * rows - 1 - row + (seed % rows)) % rows;
      const [asRead, permuted] = [subject.run(cells), subject.run(cells, { scratchOrder })];
      const cell = firstApart(subject, cells, asRead, permuted, ordered ? 0 : orderTolerance);
      if (cell < 0) return;
      broken(
        `cell ${cell} is ${showCell(asRead, cell)}, and ${showCell(permuted, cell)} after another kernel ordered the scratch`,
      );
    }),
  );
}

/** The same cells, the rows of each turned round and reversed. */
function turned(cells: CellRows, seed: number): CellRows {
  return cells.map((rows) => {
    const turn = rows.length === 0 ? 0 : seed % rows.length;
    return [...rows.slice(turn), ...rows.slice(0, turn)].reverse();
  });
}
