/** Aggregators for tests. */
import { ConfigError, assertEncodedLength, cellPartial, encodedArrays, perCell } from "@zagg/core";

const noParams = /** @type {const} */ ({ type: "object", properties: {} });

/** @type {import("@zagg/core").AggregatorPlugin} */
export const count = {
  kind: "aggregator",
  apiVersion: 2,
  name: "count",
  aliases: ["len"],
  description: "Rows.",
  paramsSchema: noParams,
  kinds: ["scalar"],
  needsSource: false,
  mergeLaw: { law: "exact" },
  bind: () => ({
    inputs: [],
    aggregate: countRows,
  }),
};

/** @param {import("@zagg/core").CellSegments} segments @param {Float64Array} out */
function countRows({ cells, offsets }, out) {
  for (let cell = 0; cell < cells; cell++) out[cell] = Number(offsets[cell + 1]) - Number(offsets[cell]);
}

/**
 * Counts, also block by block.
 * @type {import("@zagg/core").AggregatorPlugin<never>}
 */
export const tally = {
  ...count,
  name: "tally",
  aliases: [],
  mergeLaw: { law: "exact" },
  bind: () => ({
    inputs: ["h"],
    aggregate: countRows,
    partial: cellPartial({
      numbers: { rows: 1 },
      reduce: (segments, { rows }) => countRows(segments, rows),
      join: ({ rows }, to, later, from) => {
        rows[to] = Number(rows[to]) + Number(later.rows[from]);
      },
      finish: ({ rows }, cell, out) => {
        out[cell] = Number(rows[cell]);
      },
    }),
  }),
};

/**
 * Sums, also block by block.
 * @type {import("@zagg/core").AggregatorPlugin}
 */
export const total = {
  ...count,
  name: "total",
  aliases: [],
  mergeLaw: { law: "approximate", tolerance: 1e-12 },
  bind: () => {
    /** @param {import("@zagg/core").CellSegments} segments @param {Float64Array} out */
    const sums = ({ cells, offsets, column }, out) => {
      for (let cell = 0; cell < cells; cell++) {
        const own = column("h").subarray(offsets[cell], offsets[cell + 1]);
        if (own.length > 0) out[cell] = Array.from(own).reduce((sum, value) => sum + value);
      }
    };
    return {
      inputs: ["h"],
      aggregate: sums,
      partial: cellPartial({
        numbers: { sum: 1 },
        reduce: (segments, { sum }) => sums(segments, sum),
        join: ({ sum }, to, later, from) => {
          sum[to] = Number(sum[to]) + Number(later.sum[from]);
        },
        finish: ({ sum }, cell, out) => {
          out[cell] = Number(sum[cell]);
        },
      }),
    };
  },
};

/**
 * The values in the order of their rows, also block by block; a state is a list of numbers for each cell.
 * @type {import("@zagg/core").AggregatorPlugin<never>}
 */
export const kept = {
  ...count,
  name: "kept",
  aliases: [],
  kinds: ["ragged"],
  bind: () => {
    /** @typedef {number[][]} Lists @type {import("@zagg/core").PartialRagged<Lists>} */
    const partial = {
      init: (cells) => Array.from({ length: cells }, () => []),
      update: (state, { cells, offsets, column }) => {
        for (let cell = 0; cell < cells; cell++) {
          state[cell]?.push(...column("h").subarray(offsets[cell], offsets[cell + 1]));
        }
      },
      merge: (state, later) => later.forEach((values, cell) => state[cell]?.push(...values)),
      encode: (state) => ({
        lengths: Int32Array.from(state, ({ length }) => length),
        values: Float64Array.from(state.flat()),
      }),
      decode: (cells, encoded) => {
        const { lengths, values } = encodedArrays(encoded, { lengths: Int32Array, values: Float64Array });
        assertEncodedLength("lengths", lengths, cells);
        let at = 0;
        const state = Array.from(lengths, (length) => [...values.subarray(at, (at += length))]);
        assertEncodedLength("values", values, at);
        return state;
      },
      regroup: (state, parents, cells) => {
        const coarser = partial.init(cells);
        state.forEach((values, cell) => coarser[Number(parents[cell])]?.push(...values));
        return coarser;
      },
      bytes: (state) => state.reduce((sum, { length }) => sum + 100 + 8 * length, 0),
      finish: (state) => ({
        offsets: Int32Array.from(
          { length: state.length + 1 },
          (_, cell) => state.slice(0, cell).flat().length,
        ),
        values: Float64Array.from(state.flat()),
      }),
    };
    return {
      inputs: ["h"],
      gather: (segments) => {
        const state = partial.init(segments.cells);
        partial.update(state, segments);
        return partial.finish(state);
      },
      partial,
    };
  },
};

/**
 * The least value: exact of 64-bit integers, also block by block.
 * @type {import("@zagg/core").AggregatorPlugin}
 */
export const least = {
  ...count,
  name: "least",
  aliases: [],
  needsSource: true,
  integers: "exact",
  bind: ({ source = "" }) => {
    /**
     * @param {import("@zagg/core").CellSegments} segments
     * @param {Float64Array} out
     * @param {Int16Array | Float64Array} [outRest]
     */
    const leastOf = ({ cells, offsets, column, rest }, out, outRest) => {
      const [values, rests] = [column(source), rest?.(source)];
      for (let cell = 0; cell < cells; cell++) {
        for (let row = Number(offsets[cell]); row < Number(offsets[cell + 1]); row++) {
          const [value, lacks] = [Number(values[row]), rests?.[row] ?? 0];
          const [own, ownLacks] = [Number(out[cell]), outRest?.[cell] ?? 0];
          if (row > Number(offsets[cell]) && (value > own || (value === own && lacks >= ownLacks))) continue;
          out[cell] = value;
          if (outRest !== undefined) outRest[cell] = lacks;
        }
      }
    };
    return {
      inputs: [source],
      aggregate: leastOf,
      partial: cellPartial({
        numbers: { value: 1, rest: 1 },
        reduce: (segments, { value, rest }) => leastOf(segments, value, rest),
        join: (numbers, to, later, from) => {
          const [own, other] = [Number(numbers.value[to]), Number(later.value[from])];
          if (other > own || (other === own && Number(later.rest[from]) >= Number(numbers.rest[to]))) return;
          numbers.value[to] = other;
          numbers.rest[to] = Number(later.rest[from]);
        },
        finish: ({ value, rest }, cell, out, outRest) => {
          out[cell] = Number(value[cell]);
          if (outRest !== undefined) outRest[cell] = Number(rest[cell]);
        },
      }),
    };
  },
};

export const mean = perCell({ name: "mean", description: "Mean." }, (values) => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
});

export const first = perCell({ name: "first", description: "The row that was read first." }, (values) =>
  Number(values[0]),
);

export const boom = perCell({ name: "boom", description: "Fails at the value 666." }, (values) => {
  if (values.includes(666)) throw new Error("666");
  return 0;
});

export const refusing = perCell({ name: "refusing", description: "Finds the configuration wrong." }, () => {
  throw new ConfigError("EXPRESSION_TYPE", { what: "a field", why: "is not one number", mend: "reduce it" });
});

export const crash = perCell(
  { name: "crash", description: "Ends its thread at the value 666." },
  (values) => {
    if (values.includes(666)) process.exit(1);
    return 0;
  },
);

/**
 * The largest value, through scratch, which it leaves sorted; `expression` takes the place of a column.
 * @type {import("@zagg/core").AggregatorPlugin<{ expression: string }>}
 */
export const expression = {
  kind: "aggregator",
  apiVersion: 2,
  name: "expression",
  aliases: [],
  description: "The largest value of the column that the expression names.",
  paramsSchema: noParams,
  kinds: ["scalar"],
  needsSource: false,
  mergeLaw: { law: "exact" },
  bind: ({ params }) => ({
    inputs: [params.expression],
    aggregate: ({ cells, offsets, scratch }, out) => {
      const values = scratch(params.expression);
      for (let cell = 0; cell < cells; cell++) {
        const own = values.subarray(offsets[cell], offsets[cell + 1]).sort();
        if (own.length > 0) out[cell] = Number(own.at(-1));
      }
    },
  }),
};

/**
 * A vector of least, greatest and zeros.
 * @type {import("@zagg/core").AggregatorPlugin}
 */
export const bounds = {
  ...count,
  name: "bounds",
  aliases: [],
  kinds: ["vector"],
  needsSource: true,
  mergeLaw: { law: "none" },
  bind: ({ source = "", field }) => ({
    inputs: [source],
    aggregate: ({ cells, offsets, column }, out) => {
      const width = field.trailingShape.reduce((product, extent) => product * extent, 1);
      for (let cell = 0; cell < cells; cell++) {
        const own = column(source).subarray(offsets[cell], offsets[cell + 1]);
        if (own.length === 0) continue;
        out.fill(0, cell * width, (cell + 1) * width);
        out[cell * width] = Math.min(...own);
        out[cell * width + 1] = Math.max(...own);
      }
    },
  }),
};

/**
 * The values themselves, less those that are negative; with inner shape [2] each with its own double.
 * @type {import("@zagg/core").AggregatorPlugin}
 */
export const listed = {
  ...bounds,
  name: "listed",
  kinds: ["ragged"],
  bind: ({ source = "", field }) => ({
    inputs: [source],
    gather: ({ cells, offsets, column }) => {
      /** @type {number[]} */
      const values = [];
      const ends = new Int32Array(cells + 1);
      const width = field.innerShape[0] ?? 1;
      for (let cell = 0; cell < cells; cell++) {
        for (const value of column(source).subarray(offsets[cell], offsets[cell + 1])) {
          if (value >= 0) values.push(...[value, 2 * value].slice(0, width));
        }
        ends[cell + 1] = values.length / width;
      }
      return { offsets: ends, values: Float64Array.from(values) };
    },
  }),
};

/**
 * A chunk value by its name: its numbers, as many as the field has.
 * @type {import("@zagg/core").AggregatorPlugin<{ name: string }>}
 */
export const chunkwise = {
  ...count,
  name: "chunkwise",
  aliases: [],
  paramsSchema: { type: "object", properties: { name: { type: "string" } } },
  kinds: ["scalar", "vector", "ragged"],
  mergeLaw: { law: "none" },
  bind: ({ params, field }) => {
    const bound = { inputs: [], chunkInputs: [params.name] };
    const width = field.trailingShape.reduce((product, extent) => product * extent, 1);
    if (field.kind !== "ragged") {
      return {
        ...bound,
        aggregate: ({ cells, offsets, chunkValue }, out) => {
          const { data } = chunkValue(params.name);
          for (let cell = 0; cell < cells; cell++) {
            if (offsets[cell] !== offsets[cell + 1]) out.set(data.subarray(0, width), cell * width);
          }
        },
      };
    }
    return {
      ...bound,
      gather: ({ cells, offsets, chunkValue }) => {
        const { data } = chunkValue(params.name);
        const ends = new Int32Array(cells + 1);
        /** @type {number[]} */
        const values = [];
        for (let cell = 0; cell < cells; cell++) {
          if (offsets[cell] !== offsets[cell + 1]) values.push(...data);
          ends[cell + 1] = values.length / (field.innerShape[0] ?? 1);
        }
        return { offsets: ends, values: Float64Array.from(values) };
      },
    };
  },
};

/** @type {import("@zagg/core").AggregatorPlugin} */
export const histogram = { ...count, name: "histogram", aliases: [], kinds: ["vector"] };

export const aggregators = [
  count,
  tally,
  total,
  kept,
  least,
  mean,
  first,
  boom,
  refusing,
  crash,
  expression,
  histogram,
  bounds,
  listed,
  chunkwise,
];

/**
 * A language of one sentence: `COLUMN > NUMBER`.
 * @type {import("@zagg/core").FilterPlugin}
 */
export const greater = {
  kind: "filter",
  apiVersion: 2,
  name: "expression",
  description: "A column greater than a number.",
  bind({ text, columns, path }) {
    const [name = "", , limit] = text.split(" ");
    if (!columns.includes(name)) {
      throw new ConfigError("NO_COLUMN", {
        what: `no column ${name}`,
        why: "unknown",
        mend: "name another",
        path,
      });
    }
    return {
      inputs: [name],
      mask: (column, rows) =>
        Uint8Array.from({ length: rows }, (_none, row) => Number(Number(column(name)[row]) > Number(limit))),
    };
  },
};
