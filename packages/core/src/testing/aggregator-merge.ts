/** The merge law that an aggregator declares. */
import fc from "fast-check";
import { isNear } from "./aggregator-kernel.js";
import { scaleOf, specialCells } from "./aggregator-rows.js";
import type { Subject } from "./aggregator-subject.js";
import { broken, type Law } from "./framework.js";
import { forEvery } from "./properties.js";
import { show } from "./values.js";

export function mergeLaws(subject: Subject, law: Law): void {
  const { options, columns, source, width } = subject;
  const { mergeLaw } = options.aggregator;

  if (mergeLaw.law === "none") {
    law("it declares no merge law, and is given none", () => {
      if (options.combine !== undefined) broken("`combine` is given: declare the law that it keeps");
    });
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
