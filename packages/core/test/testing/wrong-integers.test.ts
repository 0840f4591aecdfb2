/** Aggregators that are wrong about 64-bit integers in one way each, and the law that finds it. */
import { describe, expect, it } from "vitest";
import {
  cellPartial,
  isWideInteger,
  perCell,
  type AnyAggregator,
  type BoundDense,
  type CellSegments,
  type EncodedState,
  type FieldRequest,
  type JsonObject,
  type PartialDense,
} from "../../src/index.js";
import { aggregatorContract, type AggregatorContractOptions } from "../../src/testing.js";
import { brokenLaws } from "./collect-laws.js";

const SHIFTED = "a whole number added to all values of a column is added to its results, or changes none";
const NEAREST = "a field of doubles gets the nearest of the exact result";
const IN_PIECES = "its partial results keep 64-bit integers exact, wherever they travel";

/** The least integer of a cell as a double and its rest: NaN where a double is NaN. */
function leastOf(
  { cells, offsets, column, rest }: CellSegments,
  out: Float64Array,
  outRest: ArrayLike<number>,
) {
  const [values, rests] = [column("value"), rest?.("value") ?? null];
  const write = outRest as Float64Array;
  for (let cell = 0; cell < cells; cell++) {
    for (let row = offsets[cell]!; row < offsets[cell + 1]!; row++) {
      const [value, lacks] = [values[row]!, rests?.[row] ?? 0];
      const isFirst = row === offsets[cell];
      if (!isFirst && !isLess(value, lacks, out[cell]!, write[cell]!)) continue;
      out[cell] = value;
      write[cell] = lacks;
    }
  }
}

/** The order of doubles, 0 like -0 and NaN before all; then that of rests. */
function isLess(a: number, aRest: number, b: number, bRest: number): boolean {
  if (a !== a || b !== b) return a !== a && b === b;
  return a < b || (a === b && (aRest < bRest || (Object.is(a, -0) && Object.is(b, 0))));
}

const partial = cellPartial({
  numbers: { value: 1, rest: 1 },
  reduce: (segments, { value, rest }) => leastOf(segments, value, rest),
  join(numbers, to, later, from) {
    if (!isLess(later.value[from]!, later.rest[from]!, numbers.value[to]!, numbers.rest[to]!)) return;
    numbers.value[to] = later.value[from]!;
    numbers.rest[to] = later.rest[from]!;
  },
  finish({ value, rest }, cell, out, outRest) {
    out[cell] = value[cell]!;
    if (outRest !== undefined) outRest[cell] = rest[cell]!;
  },
}) as PartialDense;

function least(change: Partial<AnyAggregator> = {}, bound: Partial<BoundDense> = {}): AnyAggregator {
  return {
    kind: "aggregator",
    apiVersion: 2,
    name: "least",
    aliases: [],
    description: "Least value; NaN if any is NaN.",
    paramsSchema: { type: "object", additionalProperties: false, properties: {} },
    kinds: ["scalar"],
    needsSource: true,
    mergeLaw: { law: "exact" },
    integers: "exact",
    bind({ source }: FieldRequest<JsonObject>): BoundDense {
      if (source === undefined) throw new TypeError("it needs a source");
      return {
        inputs: [source],
        aggregate: (segments, out, rest) => leastOf(segments, out, rest ?? new Int16Array(out.length)),
        partial,
        ...bound,
      };
    },
    ...change,
  };
}

const int64 = { dtype: "int64", declaredDtype: "int64", fillValue: 0 } as const;
aggregatorContract({ describe, it, expect, aggregator: least(), numRuns: 10 });
aggregatorContract({ describe, it, expect, aggregator: least(), field: int64, numRuns: 10 });

const withoutRests = (encoded: EncodedState): EncodedState => ({
  ...encoded,
  rest: new Float64Array(encoded["rest"]!.length),
});

const faults: readonly (readonly [
  fault: string,
  law: string,
  aggregator: AnyAggregator,
  options?: Partial<AggregatorContractOptions>,
])[] = [
  [
    "nearly exact integers",
    "what it says of 64-bit integers is that it takes them exactly, or nothing",
    least({ integers: "nearly" as "exact" }),
  ],
  [
    "rests that it asks for without a word",
    "it reads no column that it does not declare, and writes to none",
    (() => {
      const { integers: _integers, ...silent } = least();
      return silent;
    })(),
  ],
  [
    "doubles in the place of integers",
    SHIFTED,
    least(
      {},
      {
        aggregate: ({ rest: _rest, ...segments }, out) => leastOf(segments, out, new Int16Array(out.length)),
      },
    ),
  ],
  [
    "the rest of the last row",
    SHIFTED,
    least(
      {},
      {
        aggregate(segments, out, outRest = new Int16Array(out.length)) {
          leastOf(segments, out, outRest);
          const rest = segments.rest?.("value") ?? new Int16Array(segments.rows);
          for (let cell = 0; cell < segments.cells; cell++) {
            const last = segments.offsets[cell + 1]! - 1;
            if (last >= segments.offsets[cell]!) outRest[cell] = rest[last]!;
          }
        },
      },
    ),
  ],
  [
    "how many integers there are, by their doubles",
    SHIFTED,
    {
      ...perCell({ name: "different", description: "Different values." }, (values) => new Set(values).size),
      integers: "exact",
    },
  ],
  [
    "a column that orders the rows by its doubles",
    SHIFTED,
    {
      ...perCell(
        { name: "at_least", description: "Value where another is least.", columns: () => ["weight"] },
        (values, { column }) => {
          const keys = column("weight");
          let best = 0;
          for (let row = 1; row < keys.length; row++) {
            if (keys[row]! < keys[best]! || (keys[row] === keys[best] && values[row]! < values[best]!))
              best = row;
          }
          return values[best]!;
        },
      ),
      integers: "exact",
    },
  ],
  [
    "integers rounded to float32 for a field of doubles",
    NEAREST,
    least({
      bind: ({ field }: FieldRequest<JsonObject>) => ({
        inputs: ["value"],
        aggregate(segments: CellSegments, out: Float64Array, rest?: Int16Array) {
          leastOf(segments, out, rest ?? new Int16Array(out.length));
          if (isWideInteger(field.dtype)) return;
          for (let cell = 0; cell < segments.cells; cell++) {
            if (segments.offsets[cell] !== segments.offsets[cell + 1]) out[cell] = Math.fround(out[cell]!);
          }
        },
        partial,
      }),
    }),
  ],
  [
    "rests that a merge forgets",
    IN_PIECES,
    least(
      {},
      {
        partial: {
          ...partial,
          merge(state, later) {
            partial.merge(state, later);
            (state as { numbers: { rest: Float64Array } }).numbers.rest.fill(0);
          },
        },
      },
    ),
  ],
  [
    "rests that are not encoded",
    IN_PIECES,
    least({}, { partial: { ...partial, encode: (state) => withoutRests(partial.encode(state)) } }),
  ],
  [
    "rests that a coarser cell loses",
    IN_PIECES,
    least(
      {},
      {
        partial: {
          ...partial,
          regroup: (state, parents, cells) =>
            partial.decode(cells, withoutRests(partial.encode(partial.regroup(state, parents, cells)))),
        },
      },
    ),
  ],
  [
    "a result of partial sums that is the double alone",
    IN_PIECES,
    least({}, { partial: { ...partial, finish: (state, out) => partial.finish(state, out) } }),
  ],
];

describe("the aggregator kit finds, of 64-bit integers,", () => {
  for (const [fault, law, aggregator, options] of faults) {
    it(fault, async () => {
      expect(
        await brokenLaws((kit) => aggregatorContract({ ...kit, aggregator, numRuns: 20, ...options }), law),
      ).toEqual([law]);
    });
  }
});
