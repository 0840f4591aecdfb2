/** Aggregators that keep the contract, each with partial results that a test makes wrong. */
import {
  assertEncodedLength,
  assertParents,
  decodeCells,
  encodeCells,
  encodedArrays,
  type AnyAggregator,
  type CellSegments,
  type FieldRequest,
  type JsonObject,
  type PartialDense,
  type PartialRagged,
  type RaggedCells,
} from "../../../src/index.js";

/** What a test changes of partial results. */
export type Change<P> = (partial: P) => Partial<P>;

const described = {
  kind: "aggregator",
  apiVersion: 2,
  aliases: [],
  paramsSchema: { type: "object", additionalProperties: false, properties: {} },
  needsSource: true,
  mergeLaw: { law: "exact" },
} as const;

function sourceOf({ source }: FieldRequest<JsonObject>): string {
  if (source === undefined) throw new TypeError("it needs a source");
  return source;
}

function eachCell(
  { cells, offsets }: CellSegments,
  visit: (cell: number, start: number, stop: number) => void,
) {
  for (let cell = 0; cell < cells; cell++) {
    if (offsets[cell + 1]! > offsets[cell]!) visit(cell, offsets[cell]!, offsets[cell + 1]!);
  }
}

/** How often each value came, cell by cell. */
export interface ModeState {
  readonly cells: number;
  readonly counts: Map<number, Map<number, number>>;
}

/** The most frequent value, of several the least; NaN last. A sparse histogram of each cell is its state. */
export function modeWith(change: Change<PartialDense<ModeState>> = () => ({})): AnyAggregator {
  const init = (cells: number): ModeState => ({ cells, counts: new Map() });
  const add = ({ counts }: ModeState, cell: number, value: number, times: number): void => {
    const own = counts.get(cell) ?? new Map<number, number>();
    counts.set(cell, own.set(value, (own.get(value) ?? 0) + times));
  };
  const entries = ({ counts }: ModeState) =>
    [...counts].sort(([a], [b]) => a - b).map(([cell, own]) => [cell, [...own].sort(byValue)] as const);
  const partialOf = (source: string): PartialDense<ModeState> => ({
    init,
    update(state, segments) {
      const values = segments.column(source);
      eachCell(segments, (cell, start, stop) => {
        for (let row = start; row < stop; row++) add(state, cell, values[row]! + 0, 1);
      });
    },
    merge(state, later) {
      for (const [cell, own] of later.counts) for (const [value, n] of own) add(state, cell, value, n);
    },
    encode(state) {
      const all = entries(state);
      return {
        cells: encodeCells(
          state.cells,
          all.map(([cell]) => cell),
        ),
        sizes: Int32Array.from(all, ([, own]) => own.length),
        values: Float64Array.from(all.flatMap(([, own]) => own.map(([value]) => value))),
        counts: Float64Array.from(all.flatMap(([, own]) => own.map(([, n]) => n))),
      };
    },
    decode(cells, encoded) {
      const types = { cells: Int32Array, sizes: Int32Array, values: Float64Array, counts: Float64Array };
      const { cells: runs, sizes, values, counts } = encodedArrays(encoded, types);
      const marked = decodeCells(cells, runs);
      assertEncodedLength("sizes", sizes, marked.length);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assertEncodedLength("values", values, total);
      assertEncodedLength("counts", counts, total);
      const state = init(cells);
      let at = 0;
      for (const [i, cell] of marked.entries()) {
        for (let k = 0; k < sizes[i]!; k++, at++) add(state, cell, values[at]!, counts[at]!);
      }
      return state;
    },
    regroup(state, parents, cells) {
      assertParents(parents, state.cells, cells);
      const coarser = init(cells);
      for (const [cell, own] of entries(state)) {
        for (const [value, n] of own) if (parents[cell] !== -1) add(coarser, parents[cell]!, value, n);
      }
      return coarser;
    },
    bytes: ({ counts }) => [...counts.values()].reduce((sum, { size }) => sum + 100 + 40 * size, 100),
    finish(state, out) {
      for (const [cell, own] of entries(state)) {
        let [best, most] = [NaN, 0];
        for (const [value, n] of own) if (n > most) [best, most] = [value, n];
        out[cell] = best;
      }
    },
  });
  return {
    ...described,
    name: "mode",
    description: "The most frequent value.",
    kinds: ["scalar"],
    bind(request: FieldRequest<JsonObject>) {
      const source = sourceOf(request);
      const partial = partialOf(source);
      return {
        inputs: [source],
        aggregate(segments, out) {
          const state = init(segments.cells);
          partial.update(state, segments);
          partial.finish(state, out);
        },
        partial: { ...partial, ...change(partial) },
      };
    },
  } satisfies AnyAggregator;
}

/** The order of values: NaN last. */
function byValue([a]: readonly [number, number], [b]: readonly [number, number]): number {
  return a < b ? -1 : a > b ? 1 : Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** Numbers of rows, cell by cell, as one array: the simplest state, whose memory is easily shared. */
export function rowsWith(change: Change<PartialDense<Float64Array>> = () => ({})): AnyAggregator {
  const partial: PartialDense<Float64Array> = {
    init: (cells) => new Float64Array(cells),
    update: (state, segments) =>
      eachCell(segments, (cell, start, stop) => {
        state[cell]! += stop - start;
      }),
    merge(state, later) {
      for (const [cell, rows] of later.entries()) state[cell]! += rows;
    },
    encode: (state) => ({ rows: state.slice() }),
    decode(cells, encoded) {
      const { rows } = encodedArrays(encoded, { rows: Float64Array });
      assertEncodedLength("rows", rows, cells);
      return rows.slice();
    },
    regroup(state, parents, cells) {
      assertParents(parents, state.length, cells);
      const coarser = new Float64Array(cells);
      for (const [cell, rows] of state.entries()) if (parents[cell] !== -1) coarser[parents[cell]!]! += rows;
      return coarser;
    },
    bytes: ({ byteLength }) => byteLength,
    finish(state, out) {
      for (const [cell, rows] of state.entries()) if (rows > 0) out[cell] = rows;
    },
  };
  return {
    ...described,
    name: "rows",
    description: "Rows.",
    kinds: ["scalar"],
    bind: (request: FieldRequest<JsonObject>) => ({
      inputs: [sourceOf(request)],
      aggregate: (segments, out) =>
        eachCell(segments, (cell, start, stop) => {
          out[cell] = stop - start;
        }),
      partial: { ...partial, ...change(partial) },
    }),
  } satisfies AnyAggregator;
}

/** The values of each cell as they came, in arrays that may be views. */
export interface ValuesState {
  readonly cells: Float64Array[];
}

/** The values themselves: a ragged field whose value depends on the order of rows. */
export function valuesWith(change: Change<PartialRagged<ValuesState>> = () => ({})): AnyAggregator {
  const joined = (a: Float64Array, b: Float64Array): Float64Array => {
    const both = new Float64Array(a.length + b.length);
    both.set(a);
    both.set(b, a.length);
    return both;
  };
  const init = (cells: number): ValuesState => ({
    cells: Array.from({ length: cells }, () => new Float64Array(0)),
  });
  const flat = ({ cells }: ValuesState): RaggedCells => {
    const offsets = new Int32Array(cells.length + 1);
    for (const [cell, { length }] of cells.entries()) offsets[cell + 1] = offsets[cell]! + length;
    const values = new Float64Array(offsets.at(-1)!);
    for (const [cell, own] of cells.entries()) values.set(own, offsets[cell]);
    return { offsets, values };
  };
  const partialOf = (source: string): PartialRagged<ValuesState> => ({
    init,
    update({ cells }, segments) {
      const values = segments.column(source);
      eachCell(segments, (cell, start, stop) => {
        cells[cell] = joined(cells[cell]!, Float64Array.from(values.subarray(start, stop)));
      });
    },
    merge({ cells }, later) {
      for (const [cell, own] of later.cells.entries()) cells[cell] = joined(cells[cell]!, own);
    },
    encode: (state) => ({ ...flat(state) }),
    decode(cells, encoded) {
      const { offsets, values } = encodedArrays(encoded, { offsets: Int32Array, values: Float64Array });
      assertEncodedLength("offsets", offsets, cells + 1);
      assertEncodedLength("values", values, offsets[cells]!);
      const own = Array.from({ length: cells }, (_, cell) => values.slice(offsets[cell], offsets[cell + 1]));
      return { cells: own };
    },
    regroup(state, parents, cells) {
      assertParents(parents, state.cells.length, cells);
      const coarser = init(cells);
      for (const [cell, own] of state.cells.entries()) {
        const parent = parents[cell]!;
        if (parent !== -1) coarser.cells[parent] = joined(coarser.cells[parent]!, own);
      }
      return coarser;
    },
    bytes: ({ cells }) => cells.reduce((sum, { byteLength }) => sum + 64 + byteLength, 64),
    finish: flat,
  });
  return {
    ...described,
    name: "values",
    description: "The values, in the order of their rows.",
    kinds: ["ragged"],
    bind(request: FieldRequest<JsonObject>) {
      const source = sourceOf(request);
      const partial = partialOf(source);
      return {
        inputs: [source],
        gather(segments) {
          const state = init(segments.cells);
          partial.update(state, segments);
          return flat(state);
        },
        partial: { ...partial, ...change(partial) },
      };
    },
  } satisfies AnyAggregator;
}
