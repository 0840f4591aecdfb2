/** Laws of memory: no call changes a state unless it says so, and no state shares memory with anything. */
import type { RaggedCells } from "../../aggregator.js";
import { bytesOf, copyOf, differingArray, spoil, spoilArray } from "./encoded.js";
import { piecesOf, split } from "./pieces.js";
import type { CellRows } from "./segments.js";
import type { PartialResults, Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";

export function isolationLaws(subject: Subject, law: Law): void {
  const { options } = subject;
  const { partial: partialOf, updated, examples } = piecesOf(subject);

  /** A law over two states of the rows of the same cells, the second of later rows. */
  const ofTwoStates = (
    name: string,
    body: (states: {
      readonly partial: PartialResults;
      readonly cells: CellRows;
      readonly state: unknown;
      readonly later: unknown;
    }) => void,
  ) =>
    law(name, () =>
      forEvery(options, examples, ([cells, at]) => {
        const partial = partialOf();
        const [first, second] = split(cells, at);
        body({ partial, cells, state: updated(partial, first), later: updated(partial, second) });
      }),
    );

  ofTwoStates("a state shares nothing with a state that was made before", ({ partial, cells, later }) => {
    const untouched = unchanged(partial, later);
    const other = partial.init(cells.length);
    untouched("when another is made");
    updated(partial, cells, other);
    untouched("when another takes rows");
  });

  ofTwoStates("updating keeps nothing of the rows' arrays", ({ partial, cells, state }) => {
    const bound = subject.bind();
    const { segments } = subject.segments(cells, bound);
    partial.update(state, segments);
    const untouched = unchanged(partial, state);
    for (const name of bound.inputs) {
      spoilArray(segments.column(name));
      spoilArray(segments.scratch(name));
    }
    spoilArray(segments.offsets);
    untouched("when other values stand where the rows were");
  });

  ofTwoStates("merging changes no state but the first, and keeps nothing of the second", (states) => {
    const { partial, cells, state, later } = states;
    const laterUntouched = unchanged(partial, later);
    partial.merge(state, later);
    laterUntouched("when it is merged into another");
    const untouched = unchanged(partial, state);
    updated(partial, cells, later);
    partial.merge(later, updated(partial, cells));
    untouched("when the state that was merged into it takes rows");
    const laterUntouchedAgain = unchanged(partial, later);
    updated(partial, cells, state);
    laterUntouchedAgain("when the state that it was merged into takes rows");
  });

  ofTwoStates("encoding changes no state, and shares no memory with it", ({ partial, cells, state }) => {
    const encoded = partial.encode(state);
    const copy = copyOf(encoded);
    updated(partial, cells, state);
    const name = differingArray(copy, encoded);
    if (name !== undefined) broken(`the encoded "${name}" changes when the state takes rows`);
    const untouched = unchanged(partial, state);
    spoil(partial.encode(state));
    untouched("when its encoded arrays are written to");
  });

  ofTwoStates("decoding changes no array, and keeps none", ({ partial, cells, state }) => {
    const encoded = partial.encode(state);
    const given = copyOf(encoded);
    const decoded = partial.decode(cells.length, given);
    updated(partial, cells, decoded);
    const name = differingArray(encoded, given);
    if (name !== undefined) broken(`the given "${name}" changes when the state takes rows`);
    const untouched = unchanged(partial, decoded);
    spoil(given);
    untouched("when the given arrays are written to");
  });

  ofTwoStates("finishing changes no state, and gives out none of its memory", ({ partial, cells, state }) => {
    updated(partial, cells, state);
    const untouched = unchanged(partial, state);
    const out = new Float64Array(cells.length * subject.width);
    const given = (partial.finish as (state: unknown, out: Float64Array) => RaggedCells | void)(state, out);
    untouched("when it is finished");
    out.fill(NaN);
    if (given !== undefined) {
      spoilArray(given.values);
      spoilArray(given.offsets);
    }
    untouched("when the results are written to");
    updated(partial, cells, state);
  });

  ofTwoStates("regrouping changes no state, and shares no memory with it", ({ partial, cells, state }) => {
    const untouched = unchanged(partial, state);
    const parents = Int32Array.from(cells, (_, cell) => cell);
    const given = parents.slice();
    const regrouped = partial.regroup(state, parents, cells.length);
    untouched("when it is regrouped");
    if (bytesOf(parents).some((byte, i) => byte !== bytesOf(given)[i])) broken("the parents change");
    const regroupedUntouched = unchanged(partial, regrouped);
    parents.fill(0);
    regroupedUntouched("when the parents that it was made with are written to");
    updated(partial, cells, regrouped);
    untouched("when the coarser state takes rows");
    const fullUntouched = unchanged(partial, regrouped);
    updated(partial, cells, state);
    fullUntouched("when the finer state takes rows");
  });
}

/** Remembers a state. @returns throws, told when it was, if the state is no longer what it was */
function unchanged(partial: PartialResults, state: unknown): (when: string) => void {
  const before = copyOf(partial.encode(state));
  return (when) => {
    const name = differingArray(before, partial.encode(state));
    if (name !== undefined) broken(`a state changes ${when}: its array "${name}"`);
  };
}
