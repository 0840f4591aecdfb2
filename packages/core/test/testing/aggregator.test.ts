import { describe, expect, it } from "vitest";
import {
  assertEncodedLength,
  assertParents,
  encodedArrays,
  perCell,
  type AnyAggregator,
  type BoundDense,
  type BoundField,
  type CellSegments,
  type FieldRequest,
  type JsonObject,
  type PartialDense,
  type RaggedCells,
} from "../../src/index.js";
import { aggregatorContract, type AggregatorContractOptions } from "../../src/testing.js";
import { brokenLaws, verdictsOf } from "./collect-laws.js";

type Kernel = (segments: CellSegments, out: Float64Array, request: FieldRequest<JsonObject>) => void;

/** A sum, correct but for what a test changes. */
function sumWith(change: Partial<AnyAggregator>, kernel: Kernel = sumOfCells): AnyAggregator {
  return {
    kind: "aggregator",
    apiVersion: 2,
    name: "sum",
    aliases: ["total"],
    description: "Sum of a column.",
    paramsSchema: {
      type: "object",
      additionalProperties: false,
      properties: { scale: { type: "number", default: 1 } },
    },
    kinds: ["scalar"],
    needsSource: true,
    mergeLaw: { law: "approximate", tolerance: 1e-12 },
    bind: (request: FieldRequest<JsonObject>): BoundField => {
      const { source } = request;
      if (source === undefined) throw new TypeError("sum needs a source");
      const aggregate = (segments: CellSegments, out: Float64Array) => kernel(segments, out, request);
      const { law } = { mergeLaw: { law: "approximate" }, ...change }.mergeLaw;
      return {
        inputs: [source],
        aggregate,
        ...(law === "none" ? {} : { partial: keeping(source, aggregate) }),
      };
    },
    ...change,
  };
}

/** Partial results that keep every value: what any kernel of one column has, at a price. */
function keeping(source: string, aggregate: BoundDense["aggregate"]): PartialDense<number[][]> {
  const init = (cells: number): number[][] => Array.from({ length: cells }, () => []);
  return {
    init,
    update(state, segments) {
      const values = segments.column(source);
      eachCell(segments, (cell, start, stop) => {
        for (const value of values.subarray(start, stop)) state[cell]!.push(value);
      });
    },
    merge(state, later) {
      for (const [cell, values] of later.entries()) for (const value of [...values]) state[cell]!.push(value);
    },
    encode: (state) => ({
      sizes: Int32Array.from(state, ({ length }) => length),
      values: Float64Array.from(state.flat()),
    }),
    decode(cells, encoded) {
      const { sizes, values } = encodedArrays(encoded, { sizes: Int32Array, values: Float64Array });
      assertEncodedLength("sizes", sizes, cells);
      let at = 0;
      const state = Array.from(sizes, (size) => [...values.subarray(at, (at += size))]);
      assertEncodedLength("values", values, at);
      return state;
    },
    regroup(state, parents, cells) {
      assertParents(parents, state.length, cells);
      const coarser = init(cells);
      for (const [cell, values] of state.entries()) {
        for (const value of values) coarser[parents[cell]!]?.push(value);
      }
      return coarser;
    },
    bytes: (state) => state.reduce((sum, { length }) => sum + 32 + 8 * length, 0),
    finish(state, out) {
      const offsets = [0];
      for (const values of state) offsets.push(offsets.at(-1)! + values.length);
      const column = () => Float64Array.from(state.flat());
      const chunkValue = (): never => {
        throw new TypeError("there is no chunk value");
      };
      const [cells, rows] = [state.length, offsets.at(-1)!];
      aggregate({ cells, rows, offsets: Int32Array.from(offsets), column, scratch: column, chunkValue }, out);
    },
  };
}

/** The values of each cell, and the payloads that a test makes of what is right. */
function collectorWith(gather: (segments: CellSegments) => RaggedCells): AnyAggregator {
  return sumWith({
    name: "collect",
    kinds: ["ragged"],
    mergeLaw: { law: "none" },
    bind: ({ source }: FieldRequest<JsonObject>) => {
      if (source === undefined) throw new TypeError("it needs a source");
      return { inputs: [source], gather };
    },
  });
}

const collected = (segments: CellSegments): RaggedCells => ({
  offsets: segments.offsets,
  values: segments.column("value"),
});
const ragged = { kind: "ragged", innerShape: [] } as const;

function sumOfCells(segments: CellSegments, out: Float64Array, { source, params }: FieldRequest<JsonObject>) {
  const values = segments.column(source as string);
  eachCell(segments, (cell, start, stop) => {
    let sum = 0;
    for (let row = start; row < stop; row++) sum += values[row]!;
    out[cell] = sum * (params["scale"] as number);
  });
}

function eachCell(
  { cells, offsets }: CellSegments,
  compute: (cell: number, start: number, stop: number) => void,
): void {
  for (let cell = 0; cell < cells; cell++) {
    const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
    if (stop > start) compute(cell, start, stop);
  }
}

const first: Kernel = (segments, out) => {
  const values = segments.column("value");
  eachCell(segments, (cell, start) => {
    out[cell] = values[start]!;
  });
};

aggregatorContract({ describe, it, expect, aggregator: sumWith({}), wrongParams: [{ scale: "big" }] });
aggregatorContract({
  describe,
  it,
  expect,
  aggregator: sumWith({}),
  params: { scale: -0.5 },
  columns: ["h"],
});
aggregatorContract({
  describe,
  it,
  expect,
  aggregator: perCell({ name: "rows", description: "Rows." }, (values) => values.length),
});
aggregatorContract({
  describe,
  it,
  expect,
  aggregator: sumWith({ name: "first", mergeLaw: { law: "exact" } }, first),
  ordered: true,
});
aggregatorContract({
  describe,
  it,
  expect,
  aggregator: collectorWith(collected),
  field: ragged,
  ordered: true,
});
aggregatorContract({
  describe,
  it,
  expect,
  aggregator: collectorWith(collected),
  field: ragged,
  read: (payload) => [payload.length, payload.toSorted()[0]!],
});
aggregatorContract({
  describe,
  it,
  expect,
  aggregator: sumWith({ name: "moments", kinds: ["vector"], mergeLaw: { law: "none" } }, (segments, out) => {
    const values = segments.column("value");
    eachCell(segments, (cell, start, stop) => {
      out.fill(0, 2 * cell, 2 * cell + 2);
      for (let row = start; row < stop; row++) {
        out[2 * cell] = out[2 * cell]! + 1;
        out[2 * cell + 1] = out[2 * cell + 1]! + values[row]!;
      }
    });
  }),
  field: { kind: "vector", trailingShape: [2] },
});

const IN_PIECES = "its partial results, block by block or merged, are those of all rows at once";

/** A sum with other partial results. */
function withPartial(
  change: (partial: NonNullable<BoundDense["partial"]>) => BoundDense["partial"],
): AnyAggregator {
  const sum = sumWith({});
  return {
    ...sum,
    bind(request: FieldRequest<never>) {
      const { partial, ...bound } = sum.bind(request) as BoundDense;
      const changed = change(partial as NonNullable<BoundDense["partial"]>);
      return changed === undefined ? bound : { ...bound, partial: changed };
    },
  };
}

/** Aggregators with one fault each, and the law that has to find it. */
const faults: readonly (readonly [
  fault: string,
  law: string,
  aggregator: AnyAggregator,
  options?: Partial<AggregatorContractOptions>,
])[] = [
  ["a future contract", "its descriptor is whole", sumWith({ apiVersion: 3 as 2 })],
  ["an alias that repeats its name", "its descriptor is whole", sumWith({ aliases: ["sum"] })],
  ["a name that no config can reach", "its descriptor is whole", sumWith({ name: "np.sum" })],
  [
    "a merge law without a tolerance",
    "its descriptor is whole",
    sumWith({ mergeLaw: { law: "approximate", tolerance: 0 } }),
  ],
  [
    "a schema with a misspelt keyword",
    "its parameter schema compiles strictly",
    sumWith({ paramsSchema: { type: "object", additionalPropertys: false } as never }),
  ],
  [
    "a schema that takes anything",
    "its schema refuses wrong parameters",
    sumWith({ paramsSchema: { type: "object", properties: { scale: { type: "number", default: 1 } } } }),
  ],
  [
    "a range that the schema forgets",
    "its schema refuses wrong parameters",
    sumWith({}),
    { wrongParams: [{ scale: -1 }] },
  ],
  [
    "a default that the schema itself refuses",
    "its parameters are JSON, and stay valid with their defaults",
    sumWith({
      paramsSchema: {
        type: "object",
        additionalProperties: false,
        properties: { scale: { type: "number", maximum: 0, default: 1 } },
      },
    }),
  ],
  [
    "inputs that are no columns",
    "it binds to columns that there are, the same way every time",
    sumWith({ bind: () => ({ inputs: ["h_li"], aggregate: () => undefined }) }),
  ],
  [
    "a source that it claims to need",
    "it needs a source exactly when it says so",
    sumWith({ bind: () => ({ inputs: ["value"], aggregate: () => undefined }) }),
  ],
  [
    "a source that it needs and does not claim",
    "it needs a source exactly when it says so",
    sumWith({ needsSource: false }),
  ],
  [
    "a column that it does not declare",
    "it reads no column that it does not declare, and writes to none",
    sumWith({}, (segments, out, request) => {
      segments.column("weight");
      sumOfCells(segments, out, request);
    }),
  ],
  [
    "zeros in empty cells",
    "it leaves empty cells and empty chunks as they are",
    sumWith({}, (segments, out, request) => {
      out.fill(0);
      sumOfCells(segments, out, request);
    }),
  ],
  [
    "sums that begin with what the output holds",
    "it computes every cell that has rows, whatever the output held before",
    sumWith({}, (segments, out) => {
      const values = segments.column("value");
      eachCell(segments, (cell, start, stop) => {
        for (let row = start; row < stop; row++) out[cell] = out[cell]! + values[row]!;
      });
    }),
  ],
  [
    "cells of one row that it skips",
    "it computes every cell that has rows, whatever the output held before",
    sumWith({}, (segments, out, request) => {
      const held = out.slice();
      sumOfCells(segments, out, request);
      eachCell(segments, (cell, start, stop) => {
        if (stop - start === 1) out[cell] = held[cell]!;
      });
    }),
  ],
  [
    "an error on a value that is not finite",
    "NaN and infinities never make it throw",
    sumWith({}, (segments, out, request) => {
      sumOfCells(segments, out, request);
      if (out.some((value) => !Number.isFinite(value))) throw new RangeError("not finite");
    }),
  ],
  [
    "bytes read as doubles whatever the column is",
    "it reduces every type of column",
    sumWith({}, (segments, out, request) => {
      const column = (name: string) => {
        const { buffer, byteOffset, byteLength, length } = segments.column(name);
        const doubles = new Float64Array(length);
        doubles.set(
          new Float64Array(buffer.slice(byteOffset, byteOffset + (byteLength & ~7))).subarray(0, length),
        );
        return doubles;
      };
      sumOfCells({ ...segments, column }, out, request);
    }),
  ],
  [
    "the whole buffer under a column",
    "a chunk gives what its cells give one by one",
    sumWith({}, (segments, out, request) => {
      const column = (name: string) => new Float64Array(segments.column(name).buffer);
      sumOfCells({ ...segments, column }, out, request);
    }),
  ],
  [
    "a memory of earlier chunks",
    "it gives the same bytes every time, and remembers nothing",
    (() => {
      let calls = 0;
      return sumWith({}, (segments, out, request) => {
        sumOfCells(segments, out, request);
        calls++;
        eachCell(segments, (cell) => {
          out[cell] = out[cell]! + calls;
        });
      });
    })(),
  ],
  [
    "the rows of the cell before",
    "a chunk gives what its cells give one by one",
    sumWith({}, (segments, out) => {
      const values = segments.column("value");
      eachCell(segments, (cell, start, stop) => {
        let sum = 0;
        for (let row = Math.max(0, start - 1); row < stop; row++) sum += values[row]!;
        out[cell] = sum;
      });
    }),
  ],
  [
    "cells packed to the front",
    "a cell is where its rows are, among empty cells",
    sumWith({}, (segments, out, request) => {
      const packed = new Float64Array(segments.cells);
      sumOfCells(segments, packed, request);
      let next = 0;
      eachCell(segments, (cell) => {
        out[next++] = packed[cell]!;
      });
    }),
  ],
  [
    "a sort of the column itself",
    "it reads no column that it does not declare, and writes to none",
    sumWith({}, (segments, out, request) => {
      segments.column("value").sort();
      sumOfCells(segments, out, request);
    }),
  ],
  [
    "a sort of the scratch across cells",
    "it reads no column that it does not declare, and writes to none",
    sumWith({}, (segments, out, request) => {
      segments.scratch("value").sort();
      sumOfCells(segments, out, request);
    }),
  ],
  [
    "the first row, though it is said to be free",
    "its values do not depend on the order of rows",
    sumWith({}, first),
  ],
  [
    "no more than the first hundred rows of a cell",
    "its values do not depend on the order of rows",
    sumWith({}, (segments, out) => {
      const values = segments.column("value");
      eachCell(segments, (cell, start, stop) => {
        out[cell] = 0;
        for (let row = start; row < Math.min(stop, start + 100); row++) out[cell] += values[row]!;
      });
    }),
  ],
  [
    "a sum that is said to depend on order",
    "its values depend on the order of rows, as it is said to",
    sumWith({}),
    { ordered: true },
  ],
  [
    "the first of the shared scratch",
    "it does not care in which order it finds the shared scratch",
    sumWith({}, (segments, out, request) =>
      first({ ...segments, column: (name) => segments.scratch(name) }, out, request),
    ),
    { ordered: true },
  ],
  [
    "partial results that forget the blocks before",
    IN_PIECES,
    withPartial((partial) => ({
      ...partial,
      update(state, segments) {
        for (const values of state as number[][]) values.length = 0;
        partial.update(state, segments);
      },
    })),
  ],
  [
    "an infinity where the parts make a number",
    IN_PIECES,
    withPartial((partial) => ({
      ...partial,
      finish(state, out) {
        partial.finish(state, out);
        for (const [cell, value] of out.entries()) if (value === Infinity) out[cell] = 1;
      },
    })),
  ],
  [
    "an exact law for zeros of either sign",
    IN_PIECES,
    {
      ...withPartial((partial) => ({
        ...partial,
        finish(state, out) {
          partial.finish(state, out);
          for (const [cell, value] of out.entries()) if (value === 0) out[cell] = -0;
        },
      })),
      mergeLaw: { law: "exact" },
    },
  ],
  [
    "a merge law without partial results",
    "it has partial results exactly when it declares a merge law",
    withPartial(() => undefined),
  ],
  [
    "partial results without a merge law",
    "it has partial results exactly when it declares a merge law",
    { ...sumWith({}), mergeLaw: { law: "none" } },
  ],
  [
    "a payload for a cell without rows",
    "it leaves empty cells and empty chunks as they are",
    collectorWith(({ cells }) => ({
      offsets: Int32Array.from({ length: cells + 1 }, (_, cell) => cell),
      values: new Float64Array(cells),
    })),
    { field: ragged },
  ],
  [
    "offsets that end before the elements do",
    "a chunk gives what its cells give one by one",
    collectorWith((segments) => ({ ...collected(segments), offsets: new Int32Array(segments.cells + 1) })),
    { field: ragged },
  ],
  [
    "payloads of the rows as they came",
    "its values do not depend on the order of rows",
    collectorWith(collected),
    { field: ragged },
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

it("says which law breaks, where, and with what", async () => {
  const aggregator = sumWith({}, first);
  const law = "its values do not depend on the order of rows";
  const verdicts = await verdictsOf((framework) => aggregatorContract({ ...framework, aggregator }), law);
  expect(verdicts.get(law)).toMatch(
    /^its values do not depend on the order of rows: cell \d is .* in another order; with .* \(seed \d+, path .*\)$/,
  );
});
