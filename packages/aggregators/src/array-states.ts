/** States of one array of numbers for each cell that has some: what sketches keep. Cells without one take no space. */
import {
  assertEncodedLength,
  assertParents,
  decodeCells,
  encodeCells,
  encodedArrays,
  stateInvalid,
  type PartialField,
} from "@zagg/core";

type Numbers = Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** The array of each cell that has one. */
export interface ArrayState<A extends Numbers> {
  readonly cells: number;
  readonly arrays: Map<number, A>;
}

/** What {@link arrayStates} needs to know. */
export interface ArrayStatesSpec<A extends Numbers> {
  /** Of the arrays in an encoded state. */
  readonly name: string;
  readonly Type: new (length: number) => A;
  /** Joins the array of later rows to that of a cell. May change and give back the first; keeps nothing of the second. */
  join(own: A, later: A): A;
  /** What is wrong with the array of a cell that was encoded; undefined when nothing is. */
  fault(array: A): string | undefined;
}

/** What every state of arrays has; the rows and the result are the aggregator's own. */
export function arrayStates<A extends Numbers>({
  name,
  Type,
  join,
  fault,
}: ArrayStatesSpec<A>): Omit<PartialField<ArrayState<A>>, "update"> {
  const init = (cells: number): ArrayState<A> => ({ cells, arrays: new Map() });
  const add = ({ arrays }: ArrayState<A>, cell: number, later: A): void => {
    const own = arrays.get(cell);
    arrays.set(cell, own === undefined ? (later.slice() as A) : join(own, later));
  };
  return {
    init,
    merge(state, later) {
      for (const [cell, array] of later.arrays) add(state, cell, array);
    },
    encode(state) {
      const ascending = inOrder(state);
      const sizes = Int32Array.from(ascending, ([, array]) => array.length);
      const values = new Type(sizes.reduce((sum, size) => sum + size, 0));
      let at = 0;
      for (const [, array] of ascending) {
        values.set(array, at);
        at += array.length;
      }
      return {
        cells: encodeCells(
          state.cells,
          ascending.map(([cell]) => cell),
        ),
        sizes,
        [name]: values,
      };
    },
    decode(cells, encoded) {
      const {
        cells: runs,
        sizes,
        ...rest
      } = encodedArrays(encoded, {
        cells: Int32Array,
        sizes: Int32Array,
        [name]: Type,
      });
      const values = rest[name] as A;
      const marked = decodeCells(cells, runs as Int32Array);
      assertEncodedLength("sizes", sizes!, marked.length);
      const state = init(cells);
      let at = 0;
      for (const [i, cell] of marked.entries()) {
        const size = Number(sizes![i]);
        const array = values.slice(at, at + Math.max(0, size)) as A;
        at += size;
        const wrong =
          array.length === size && size > 0 ? fault(array) : `it has ${array.length} of ${size} numbers`;
        if (wrong !== undefined)
          throw stateInvalid(`the array of cell ${cell}: ${wrong}`, `it is part of "${name}"`);
        state.arrays.set(cell, array);
      }
      assertEncodedLength(name, values, at);
      return state;
    },
    regroup(state, parents, cells) {
      assertParents(parents, state.cells, cells);
      const coarser = init(cells);
      for (const [cell, array] of inOrder(state))
        if (parents[cell] !== -1) add(coarser, parents[cell]!, array);
      return coarser;
    },
    bytes({ arrays }) {
      let sum = STATE_BYTES;
      for (const array of arrays.values()) sum += array.byteLength + ENTRY_BYTES;
      return sum;
    },
  };
}

/** About what a state takes without arrays, and each array beside its elements. */
const STATE_BYTES = 128;
const ENTRY_BYTES = 160;

/** The cells that have an array, ascending. */
export function inOrder<A extends Numbers>({ arrays }: ArrayState<A>): readonly (readonly [number, A])[] {
  return [...arrays].sort(([a], [b]) => a - b);
}
