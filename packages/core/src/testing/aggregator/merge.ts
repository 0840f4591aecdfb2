/** The merge law that an aggregator declares, and the partial results that it is about. */
import { isolationLaws } from "./isolation.js";
import { piecesOf, split } from "./pieces.js";
import { regroupLaws } from "./regroup.js";
import { stateLaws } from "./states.js";
import type { Subject } from "./subject.js";
import { volumeLaws } from "./volume.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";
import { show } from "../values.js";

export function mergeLaws(subject: Subject, law: Law): void {
  const { mergeLaw } = subject.options.aggregator;

  law("it has partial results exactly when it declares a merge law", () => {
    const hasPartial = subject.bind().partial !== undefined;
    if (hasPartial && mergeLaw.law === "none")
      broken("it has partial results, and no law by which they merge");
    if (!hasPartial && mergeLaw.law !== "none")
      broken(`its merge law is ${mergeLaw.law}, and it has no partial results that could keep it`);
  });
  if (mergeLaw.law === "none") return;
  partialLaws(subject, law);
  stateLaws(subject, law);
  isolationLaws(subject, law);
  regroupLaws(subject, law);
  volumeLaws(subject, law);
}

/** What is computed in pieces is what is computed at once, whatever the pieces. */
function partialLaws(subject: Subject, law: Law): void {
  const { options } = subject;
  const { partial: partialOf, updated, assertSame, examples } = piecesOf(subject);

  law("its partial results, block by block or merged, are those of all rows at once", () =>
    forEvery(options, examples, ([cells, at]) => {
      const partial = partialOf();
      const finished = (state: unknown) => subject.finish(partial, state, cells.length);
      const [first, second] = split(cells, at);
      assertSame(cells, finished(updated(partial, cells)), "from one block");
      assertSame(cells, finished(updated(partial, second, updated(partial, first))), "from two blocks");
      const [state, later] = [updated(partial, first), updated(partial, second)];
      partial.merge(state, later);
      assertSame(cells, finished(state), "from two states");
      assertSame(second, finished(later), "from the state that was merged into another");
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
