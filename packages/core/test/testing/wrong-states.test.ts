/** Partial results with one fault each, and the law that finds it. */
import { describe, expect, it } from "vitest";
import type { AnyAggregator, CellSegments, PartialRagged } from "../../src/index.js";
import { aggregatorContract, type AggregatorContractOptions } from "../../src/testing.js";
import { brokenLaws } from "./collect-laws.js";
import { modeWith, rowsWith, valuesWith, type ModeState, type ValuesState } from "./wrong/aggregators.js";

const ragged = { field: { kind: "ragged", innerShape: [] }, ordered: true } as const;

aggregatorContract({ describe, it, expect, aggregator: modeWith() });
aggregatorContract({ describe, it, expect, aggregator: rowsWith() });
aggregatorContract({ describe, it, expect, aggregator: valuesWith(), ...ragged });

const COUNTS_ON = "its partial results count on, whatever the number of rows";
const KEEPS_ALL = "its partial results keep every value and every cell, however many";
const ENCODES = "the same state encodes to the same bytes, as typed arrays by name";
const ROUND_TRIP = "a state that was encoded and decoded goes on as it would have";
const REFUSES = "it refuses encoded arrays that do not fit, with a code";
const BYTES = "the bytes of a state are no less than those of its arrays";
const OWN_STATE = "a state shares nothing with a state that was made before";
const UPDATING = "updating keeps nothing of the rows' arrays";
const MERGING = "merging changes no state but the first, and keeps nothing of the second";
const ENCODING = "encoding changes no state, and shares no memory with it";
const DECODING = "decoding changes no array, and keeps none";
const FINISHING = "finishing changes no state, and gives out none of its memory";
const REGROUPING = "regrouping changes no state, and shares no memory with it";
const COARSER = "coarser cells are what a pass over all rows of their cells gives";
const PARENTS = "it refuses parents that do not fit";

/** Every count of a mode put through a function. */
function counted(state: ModeState, change: (count: number) => number): void {
  for (const own of state.counts.values()) for (const [value, count] of own) own.set(value, change(count));
}

/** The mode with counts that pass through a function after each call of one member. */
const modeCounting = (member: "update" | "merge", change: (count: number) => number): AnyAggregator =>
  modeWith((partial) => ({
    [member](state: ModeState, more: never) {
      (partial[member] as (state: ModeState, more: never) => void)(state, more);
      counted(state, change);
    },
  }));

/** The mode with histograms that keep so many values. */
const modeUpTo = (most: number, cut: (state: ModeState) => void): AnyAggregator =>
  modeWith((partial) => ({
    update(state, segments: CellSegments) {
      partial.update(state, segments);
      cut(state);
    },
    merge(state, later) {
      partial.merge(state, later);
      cut(state);
    },
    bytes: (state) => partial.bytes(state) + most,
  }));

const valuesUpTo = (most: number) => (state: ModeState) => {
  for (const own of state.counts.values()) {
    for (const value of [...own.keys()].slice(most)) own.delete(value);
  }
};
const cellsUpTo = (most: number) => (state: ModeState) => {
  for (const cell of [...state.counts.keys()].slice(most)) state.counts.delete(cell);
};

const memory = new Map<string, Float64Array>();
let encodings = 0;

const faults: readonly (readonly [
  fault: string,
  law: string,
  aggregator: AnyAggregator,
  options?: Partial<AggregatorContractOptions>,
])[] = [
  ["counts that wrap at 256", COUNTS_ON, modeCounting("update", (n) => n & 0xff)],
  ["counts that wrap at 65,536", COUNTS_ON, modeCounting("update", (n) => n & 0xffff)],
  ["counts that merge within 16 bits", COUNTS_ON, modeCounting("merge", (n) => n & 0xffff)],
  ["counts that wrap at 2^31", COUNTS_ON, modeCounting("merge", (n) => n | 0)],
  ["counts that wrap at 2^32", COUNTS_ON, modeCounting("merge", (n) => n >>> 0)],
  ["counts that stop at 65,535", COUNTS_ON, modeCounting("merge", (n) => Math.min(n, 65_535))],
  [
    "counts that stop at 2^40",
    COUNTS_ON,
    rowsWith((partial) => ({
      merge(state, later) {
        partial.merge(state, later);
        state.set(state.map((rows) => Math.min(rows, 2 ** 40)));
      },
    })),
  ],
  ["at most 64 bins", KEEPS_ALL, modeUpTo(64, valuesUpTo(64))],
  ["at most 1,000 bins", KEEPS_ALL, modeUpTo(1000, valuesUpTo(1000))],
  ["at most 500 cells", KEEPS_ALL, modeUpTo(500, cellsUpTo(500))],
  [
    "states in one memory for each number of cells",
    OWN_STATE,
    rowsWith(() => ({
      init(cells) {
        const key = String(cells);
        const state = memory.get(key) ?? new Float64Array(cells);
        memory.set(key, state);
        return state.fill(0);
      },
    })),
  ],
  [
    "views of the rows in a state",
    UPDATING,
    valuesWith((partial) => ({
      update(state, segments) {
        const before = state.cells.map(({ length }) => length);
        partial.update(state, segments);
        const { buffer, byteOffset } = segments.column("value");
        for (let cell = 0; cell < segments.cells; cell++) {
          const [start, stop] = [segments.offsets[cell]!, segments.offsets[cell + 1]!];
          if (before[cell] === 0 && stop > start)
            state.cells[cell] = new Float64Array(buffer, byteOffset + 8 * start, stop - start);
        }
      },
    })),
    ragged,
  ],
  [
    "a merge that keeps the histogram of the other state",
    MERGING,
    modeWith((partial) => ({
      merge(state, later) {
        const kept = [...later.counts].filter(([cell]) => !state.counts.has(cell));
        partial.merge(state, later);
        for (const [cell, own] of kept) state.counts.set(cell, own);
      },
    })),
  ],
  [
    "a merge that empties the state it takes second",
    MERGING,
    rowsWith((partial) => ({
      merge(state, later) {
        partial.merge(state, later);
        later.fill(0);
      },
    })),
  ],
  ["a state given out as its encoded arrays", ENCODING, rowsWith(() => ({ encode: (rows) => ({ rows }) }))],
  [
    "an encoding that empties the state",
    ENCODES,
    rowsWith(() => ({
      encode(state) {
        const rows = state.slice();
        state.fill(0);
        return { rows };
      },
    })),
  ],
  [
    "a counter in the encoded arrays",
    ENCODES,
    rowsWith((partial) => ({
      encode: (state) => ({ ...partial.encode(state), made: Float64Array.of(encodings++) }),
      decode: (cells, { made: _made, ...rest }) => partial.decode(cells, rest),
    })),
  ],
  [
    "plain numbers for arrays",
    ENCODES,
    rowsWith((partial) => ({
      encode: (state) => ({ rows: [...state] as never }),
      decode: (cells, { rows }) => partial.decode(cells, { rows: Float64Array.from(rows as never) }),
    })),
  ],
  [
    "the given arrays as a state",
    DECODING,
    rowsWith((partial) => ({
      decode: (cells, encoded) => (partial.decode(cells, encoded), encoded["rows"] as Float64Array),
    })),
  ],
  [
    "values in float32",
    ROUND_TRIP,
    valuesWith((partial) => ({
      encode({ cells }) {
        return partial.encode({ cells: cells.map((own) => own.map(Math.fround)) });
      },
    })),
    ragged,
  ],
  [
    "an encoding without the last cell",
    ROUND_TRIP,
    rowsWith((partial) => ({
      encode: (state) => partial.encode(state.map((rows, cell) => (cell === state.length - 1 ? 0 : rows))),
    })),
  ],
  [
    "arrays that are too short, taken",
    REFUSES,
    rowsWith(() => ({
      decode: (cells, { rows }) =>
        Float64Array.from({ length: cells }, (_, cell) => Number(rows?.[cell] ?? 0)),
    })),
  ],
  [
    "arrays of any type, read as doubles",
    REFUSES,
    rowsWith((partial) => ({
      decode: (cells, encoded) =>
        partial.decode(
          cells,
          Object.fromEntries(
            Object.entries(encoded).map(([name, array]) => [name, Float64Array.from(array as Float64Array)]),
          ),
        ),
    })),
  ],
  [
    "an error without a code",
    REFUSES,
    rowsWith((partial) => ({
      decode(cells, encoded) {
        try {
          return partial.decode(cells, encoded);
        } catch (error) {
          throw new TypeError("no state", { cause: error });
        }
      },
    })),
  ],
  ["no bytes at all", BYTES, rowsWith(() => ({ bytes: () => 0 }))],
  ["bytes of an empty state", BYTES, modeWith(() => ({ bytes: ({ cells }) => 100 + cells }))],
  [
    "finishing that empties the state",
    FINISHING,
    modeWith((partial) => ({
      finish(state, out) {
        partial.finish(state, out);
        state.counts.clear();
      },
    })),
  ],
  [
    "results in the memory of the state",
    FINISHING,
    valuesWith((partial: PartialRagged<ValuesState>) => ({
      finish(state) {
        const found = partial.finish(state);
        for (const cell of state.cells.keys()) {
          state.cells[cell] = (found.values as Float64Array).subarray(
            found.offsets[cell],
            found.offsets[cell + 1],
          );
        }
        return found;
      },
    })),
    ragged,
  ],
  [
    "the same state for the same cells",
    REGROUPING,
    rowsWith((partial) => ({
      regroup(state, parents, cells) {
        const coarser = partial.regroup(state, parents, cells);
        return parents.every((parent, cell) => parent === cell) && cells === state.length ? state : coarser;
      },
    })),
  ],
  [
    "regrouping that empties the state",
    REGROUPING,
    modeWith((partial) => ({
      regroup(state, parents, cells) {
        const coarser = partial.regroup(state, parents, cells);
        state.counts.clear();
        return coarser;
      },
    })),
  ],
  [
    "cells without a parent in cell 0",
    COARSER,
    rowsWith((partial) => ({
      regroup: (state, parents, cells) =>
        partial.regroup(state, cells === 0 ? parents : parents.map((parent) => Math.max(0, parent)), cells),
    })),
  ],
  [
    "the last cell of a parent alone",
    COARSER,
    rowsWith((partial) => ({
      regroup(state, parents, cells) {
        const coarser = partial.regroup(state, parents, cells);
        for (const [cell, parent] of parents.entries()) if (parent >= 0) coarser[parent] = state[cell]!;
        return coarser;
      },
    })),
  ],
  [
    "cells that merge in descending order",
    COARSER,
    valuesWith((partial) => ({
      regroup(state, parents, cells) {
        const given = { cells: state.cells.toReversed() };
        return partial.regroup(given, parents.toReversed(), cells);
      },
    })),
    ragged,
  ],
  [
    "parents beyond the coarser cells, left out",
    PARENTS,
    rowsWith((partial) => ({
      regroup: (state, parents, cells) =>
        partial.regroup(
          state,
          Int32Array.from(state, (_, cell) => ((parents[cell] ?? -1) < cells ? (parents[cell] ?? -1) : -1)),
          cells,
        ),
    })),
  ],
];

describe("the aggregator kit finds", () => {
  for (const [fault, law, aggregator, options] of faults) {
    it(fault, async () => {
      const broken = await brokenLaws((kit) => aggregatorContract({ ...kit, aggregator, ...options }), law);
      expect(broken).toEqual([law]);
    });
  }
});
