/** Partial results of fields whose state is a few numbers for each cell. */
import type { CellSegments, PartialDense } from "./aggregator.js";
import {
  assertEncodedLength,
  assertParents,
  decodeCells,
  encodeCells,
  encodedArrays,
} from "./encoded-state.js";

/** The numbers that are kept of cells, by name; those of cell c begin at c times how many a cell has of that name. */
export type CellNumbers<N extends string> = Readonly<Record<N, Float64Array>>;

/** What {@link cellPartial} needs to know. */
export interface CellPartialSpec<N extends string> {
  /** How many numbers of each name are kept of a cell. `cells` is no name. */
  readonly numbers: Readonly<Record<N, number>>;
  /** Writes the numbers of every cell that has rows in a block. @param into zeros of as many cells as the block has */
  reduce(segments: CellSegments, into: CellNumbers<N>): void;
  /** Adds cell `from` of `later` to cell `to` of `numbers`; both have had rows, those of `from` came later. */
  join(numbers: CellNumbers<N>, to: number, later: CellNumbers<N>, from: number): void;
  /** Writes the result of a cell that has had rows. @param out as {@link PartialDense.finish} has it @param rest likewise */
  finish(numbers: CellNumbers<N>, cell: number, out: Float64Array, rest?: Int16Array): void;
}

/** Which cells have had rows, and their numbers. */
export interface CellState<N extends string> {
  readonly seen: Uint8Array;
  readonly numbers: CellNumbers<N>;
}

/** About what an array takes beside its elements. */
const ARRAY_BYTES = 64;

/**
 * Partial results from three functions: the numbers of a block's cells, how two cells' numbers join, and what they finish
 * as. Merging, encoding and coarser cells follow.
 *
 * @example
 * const mean = cellPartial({
 *   numbers: { sum: 1, count: 1 },
 *   reduce({ cells, offsets, column }, { sum, count }) {
 *     const values = column("h");
 *     for (let cell = 0; cell < cells; cell++) {
 *       for (let row = offsets[cell]!; row < offsets[cell + 1]!; row++) sum[cell]! += values[row]!;
 *       count[cell] = offsets[cell + 1]! - offsets[cell]!;
 *     }
 *   },
 *   join(numbers, to, later, from) {
 *     numbers.sum[to]! += later.sum[from]!;
 *     numbers.count[to]! += later.count[from]!;
 *   },
 *   finish: ({ sum, count }, cell, out) => void (out[cell] = sum[cell]! / count[cell]!),
 * });
 */
export function cellPartial<N extends string>(spec: CellPartialSpec<N>): PartialDense<CellState<N>> {
  const widths = Object.entries(spec.numbers) as [N, number][];
  const types = Object.fromEntries(widths.map(([name]) => [name, Float64Array]));
  const zeros = (cells: number): CellNumbers<N> =>
    Object.fromEntries(
      widths.map(([name, width]) => [name, new Float64Array(cells * width)]),
    ) as CellNumbers<N>;
  const copy = (to: CellNumbers<N>, cell: number, from: CellNumbers<N>, at: number): void => {
    for (const [name, width] of widths) {
      for (let i = 0; i < width; i++) to[name][cell * width + i] = from[name][at * width + i]!;
    }
  };
  const add = (state: CellState<N>, to: number, later: CellNumbers<N>, from: number): void => {
    if (state.seen[to] === 1) spec.join(state.numbers, to, later, from);
    else copy(state.numbers, to, later, from);
    state.seen[to] = 1;
  };
  const init = (cells: number): CellState<N> => ({ seen: new Uint8Array(cells), numbers: zeros(cells) });
  return {
    init,
    update(state, segments) {
      const { cells, offsets } = segments;
      const block = zeros(cells);
      spec.reduce(segments, block);
      for (let cell = 0; cell < cells; cell++) {
        if (offsets[cell] !== offsets[cell + 1]) add(state, cell, block, cell);
      }
    },
    merge(state, { seen, numbers }) {
      for (let cell = 0; cell < seen.length; cell++) if (seen[cell] === 1) add(state, cell, numbers, cell);
    },
    encode({ seen, numbers }) {
      const marked = cellsSeen(seen);
      const packed = widths.map(([name, width]) => {
        const values = new Float64Array(marked.length * width);
        for (const [i, cell] of marked.entries()) {
          for (let k = 0; k < width; k++) values[i * width + k] = numbers[name][cell * width + k]!;
        }
        return [name, values] as const;
      });
      return { cells: encodeCells(seen.length, marked), ...Object.fromEntries(packed) };
    },
    decode(cells, encoded) {
      const packed = encodedArrays(encoded, { cells: Int32Array, ...types }) as CellNumbers<N> & {
        readonly cells: Int32Array;
      };
      const marked = decodeCells(cells, packed.cells);
      const state = init(cells);
      for (const [name, width] of widths) {
        const values = packed[name];
        assertEncodedLength(name, values, marked.length * width);
        for (const [i, cell] of marked.entries()) {
          for (let k = 0; k < width; k++) state.numbers[name][cell * width + k] = values[i * width + k]!;
        }
      }
      for (const cell of marked) state.seen[cell] = 1;
      return state;
    },
    regroup({ seen, numbers }, parents, cells) {
      assertParents(parents, seen.length, cells);
      const coarser = init(cells);
      for (let cell = 0; cell < seen.length; cell++) {
        if (seen[cell] === 1 && parents[cell] !== -1) add(coarser, parents[cell]!, numbers, cell);
      }
      return coarser;
    },
    bytes: ({ seen, numbers }) =>
      widths.reduce(
        (sum, [name]) => sum + numbers[name].byteLength + ARRAY_BYTES,
        seen.byteLength + ARRAY_BYTES,
      ),
    finish({ seen, numbers }, out, rest) {
      for (let cell = 0; cell < seen.length; cell++) {
        if (seen[cell] === 1) spec.finish(numbers, cell, out, rest);
      }
    },
  };
}

function cellsSeen(seen: Uint8Array): Int32Array {
  const marked = new Int32Array(seen.reduce((sum, one) => sum + one, 0));
  let next = 0;
  for (let cell = 0; cell < seen.length; cell++) if (seen[cell] === 1) marked[next++] = cell;
  return marked;
}
