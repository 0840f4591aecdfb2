/** Laws of coarser cells made from the states of finer ones. */
import fc from "fast-check";
import { copyOf, differingArray } from "./encoded.js";
import { piecesOf, split } from "./pieces.js";
import type { CellRows } from "./segments.js";
import type { Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";

/** More coarser cells than most examples have cells, so that some stay empty. */
const MOST_COARSE = 8;

export function regroupLaws(subject: Subject, law: Law): void {
  const { options } = subject;
  const { partial: partialOf, updated, assertSame, examples } = piecesOf(subject);

  law("coarser cells are what a pass over all rows of their cells gives", () =>
    forEvery(
      options,
      fc.tuple(
        examples,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.integer({ min: 1, max: MOST_COARSE }),
      ),
      ([[cells, at], draws, coarse]) => {
        const partial = partialOf();
        const [first, second] = split(cells, at);
        const state = updated(partial, second, updated(partial, first));
        const drawn = cells.map(() => Math.floor((draws.next().value as number) * (coarse + 1)) - 1);
        const choices: readonly (readonly [how: string, parents: readonly number[], coarse: number])[] = [
          ["among coarser cells, some left out", drawn, coarse],
          ["in one cell", cells.map(() => 0), 1],
          ["in cells of their own", cells.map((_, cell) => cell), cells.length],
          [
            "in cells of their own, the other way round",
            cells.map((_, cell) => cells.length - 1 - cell),
            cells.length,
          ],
          ["all left out", cells.map(() => -1), coarse],
          ["all left out, of no cells", cells.map(() => -1), 0],
        ];
        for (const [how, parents, count] of choices) {
          const regroup = () => partial.regroup(state, Int32Array.from(parents), count);
          const coarser = regroup();
          const rows = gathered(cells, parents, count);
          assertSame(rows, subject.finish(partial, coarser, count), how);
          const encoded = partial.encode(coarser);
          const name = differingArray(encoded, partial.encode(regroup()));
          if (name !== undefined) broken(`${how}: the array "${name}" differs the second time`);
          const decoded = partial.decode(count, copyOf(encoded));
          updated(partial, rows, decoded);
          assertSame(
            rows.map((own) => [...own, ...own]),
            subject.finish(partial, decoded, count),
            `${how}, and more rows`,
          );
        }
      },
    ),
  );

  law("it refuses parents that do not fit", () => {
    const partial = partialOf();
    const row = subject.columns.map(() => 1);
    const state = updated(partial, [[row], [row, row], []]);
    for (const [parents, count] of [
      [[0, 0], 1],
      [[0, 0, 0, 0], 1],
      [[0, 1, 0], 1],
      [[0, 0, 1], 1],
      [[-2, 0, 0], 1],
      [[0, 0, 0], 0],
    ] as const) {
      try {
        partial.regroup(state, Int32Array.from(parents), count);
      } catch {
        continue;
      }
      broken(`three cells have the parents ${parents.join(", ")} among ${count}, and it takes them`);
    }
  });
}

/** The rows of coarser cells: those of their cells, in ascending order of the cells. */
function gathered(cells: CellRows, parents: readonly number[], count: number): CellRows {
  const rows = Array.from({ length: count }, (): (readonly number[])[] => []);
  for (const [cell, own] of cells.entries()) if (parents[cell]! >= 0) rows[parents[cell]!]!.push(...own);
  return rows;
}
