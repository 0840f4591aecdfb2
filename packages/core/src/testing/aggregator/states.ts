/** Laws of states outside memory: encoded, decoded, refused, measured. */
import type { EncodedState } from "../../aggregator.js";
import { isCodedError } from "../../errors.js";
import { copyOf, differingArray, elementsOf, mapped, sizeOf } from "./encoded.js";
import { piecesOf, split } from "./pieces.js";
import type { Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";

const arrayTypes: ReadonlySet<string> = new Set([
  "Int8Array",
  "Uint8Array",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
]);

export function stateLaws(subject: Subject, law: Law): void {
  const { options } = subject;
  const { partial: partialOf, updated, assertSame, examples } = piecesOf(subject);

  law("the same state encodes to the same bytes, as typed arrays by name", () =>
    forEvery(options, examples, ([cells, at]) => {
      const partial = partialOf();
      const [first, second] = split(cells, at);
      const made = () => updated(partial, second, updated(partial, first));
      const state = made();
      const encoded = partial.encode(state);
      for (const [name, array] of Object.entries(encoded)) {
        if (name === "" || !arrayTypes.has((array as object | undefined)?.constructor.name ?? ""))
          broken(`"${name}" is no typed array with a name`);
      }
      const assertEqual = (other: EncodedState, how: string) => {
        const name = differingArray(encoded, other);
        if (name !== undefined) broken(`the array "${name}" differs ${how}`);
      };
      assertEqual(partial.encode(state), "the second time");
      assertEqual(partial.encode(made()), "for another state of the same blocks");
      assertEqual(partial.encode(partial.decode(cells.length, copyOf(encoded))), "once it was decoded");
      assertSame(cells, subject.finish(partial, state, cells.length), "once the state was encoded");
    }),
  );

  law("a state that was encoded and decoded goes on as it would have", () =>
    forEvery(options, examples, ([cells, at]) => {
      const partial = partialOf();
      const [first, second] = split(cells, at);
      const again = (state: unknown) => partialOf().decode(cells.length, copyOf(partial.encode(state)));
      const kept = updated(partial, first);
      const decoded = again(kept);
      updated(partial, second, kept);
      updated(partial, second, decoded);
      assertSame(cells, subject.finish(partial, decoded, cells.length), "from a decoded state");
      const afterUpdate = differingArray(partial.encode(kept), partial.encode(decoded));
      if (afterUpdate !== undefined) broken(`"${afterUpdate}" differs after further rows`);
      const [left, right] = [again(updated(partial, first)), again(updated(partial, second))];
      partial.merge(left, right);
      assertSame(cells, subject.finish(partial, left, cells.length), "from two decoded states");
    }),
  );

  law("it refuses encoded arrays that do not fit, with a code", () =>
    forEvery(options, examples, ([cells]) => {
      const partial = partialOf();
      const encoded = partial.encode(updated(partial, cells));
      const assertRefused = (arrays: EncodedState, what: string, count = cells.length) => {
        let decoded: unknown;
        try {
          decoded = partial.decode(count, arrays);
        } catch (error) {
          if (isCodedError(error)) return;
          broken(`${what}: it throws ${String(error)}, which has no code`);
        }
        broken(`${what}: it makes a state of them, ${typeof decoded}`);
      };
      assertRefused({}, "no arrays at all");
      assertRefused({ ...copyOf(encoded), no_such_array: new Float64Array(1) }, "an array more");
      assertRefused(copyOf(encoded), "a chunk of one cell more", cells.length + 1);
      if (cells.length > 0) assertRefused(copyOf(encoded), "a chunk of one cell less", cells.length - 1);
      for (const [name, array] of Object.entries(encoded)) {
        const changed = (change: EncodedState[string]) =>
          mapped(copyOf(encoded), (own, of) => (of === name ? change : own));
        const { [name]: _gone, ...rest } = copyOf(encoded);
        assertRefused(rest, `without "${name}"`);
        assertRefused({ ...rest, [`${name}_`]: array }, `"${name}" by another name`);
        assertRefused(changed(elementsOf(array, 0, array.length + 1)), `"${name}" with an element more`);
        const other = array instanceof Float32Array ? Int32Array : Float32Array;
        assertRefused(changed(new other(array.length)), `"${name}" as ${other.name}`);
        if (array.length === 0) continue;
        assertRefused(changed(elementsOf(array, 0, array.length - 1)), `"${name}" without its last element`);
        assertRefused(changed(elementsOf(array, 0, 0)), `"${name}" without elements`);
      }
    }),
  );

  law("the bytes of a state are no less than those of its arrays", () =>
    forEvery(options, examples, ([cells]) => {
      const partial = partialOf();
      for (const chunk of [cells, [], [...cells, ...cells, ...cells], cells.map(() => [])]) {
        const state = updated(partial, chunk);
        const [bytes, size] = [partial.bytes(state), sizeOf(partial.encode(state))];
        if (!(Number.isSafeInteger(bytes) && bytes >= size))
          broken(`it is of ${bytes} bytes, and its arrays of ${size}`);
      }
    }),
  );
}
