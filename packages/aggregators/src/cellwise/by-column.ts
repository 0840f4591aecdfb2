/** The value where another column is least or greatest. */
import {
  cellPartial,
  type AggregatorPlugin,
  type CellNumbers,
  type CellSegments,
  type FromSchema,
  type JsonSchema,
  type PartialDense,
} from "@zagg/core";
import { paramColumn, sourceColumn } from "../source-column.js";

const byParams = {
  type: "object",
  additionalProperties: false,
  required: ["by"],
  properties: { by: { type: "string", minLength: 1, description: "Column that orders the rows." } },
} as const satisfies JsonSchema;
type ByParams = FromSchema<typeof byParams>;

/** −1 where the key is least, 1 where it is greatest. */
type Side = -1 | 1;

/** Values and the keys that order their rows, each with what it lacks to 64-bit integers; null when it lacks nothing. */
interface KeyedRows {
  readonly values: ArrayLike<number>;
  readonly rest: ArrayLike<number> | null;
  readonly keys: ArrayLike<number>;
  readonly keyRest: ArrayLike<number> | null;
}

function keyedRows({ column, rest }: CellSegments, source: string, by: string): KeyedRows {
  const restOf = (name: string) => rest?.(name) ?? null;
  return { values: column(source), rest: restOf(source), keys: column(by), keyRest: restOf(by) };
}

/**
 * The row at the extreme of the keys, from rows start … stop − 1; of those that tie the least value, so that the order of rows
 * does not matter. A key that is NaN is passed over; −1 when there is nothing else.
 */
function bestRow(rows: KeyedRows, start: number, stop: number, side: Side): number {
  const { keys } = rows;
  let best = -1;
  for (let row = start; row < stop; row++) {
    const key = keys[row]!;
    if (key !== key) continue;
    if (best < 0 || isAhead(rows, row, rows, best, side)) best = row;
  }
  return best;
}

/** Whether a row goes before another one; neither key is NaN. */
function isAhead(rows: KeyedRows, row: number, others: KeyedRows, other: number, side: Side): boolean {
  const [key, otherKey] = [rows.keys[row]!, others.keys[other]!];
  if (key !== otherKey) return side < 0 ? key < otherKey : key > otherKey;
  const keyLead = restAt(rows.keyRest, row) - restAt(others.keyRest, other);
  if (keyLead !== 0) return side * keyLead > 0;
  const [value, otherValue] = [rows.values[row]!, others.values[other]!];
  if (value !== otherValue) return value < otherValue || otherValue !== otherValue;
  return restAt(rows.rest, row) < restAt(others.rest, other);
}

function restAt(rest: ArrayLike<number> | null, row: number): number {
  return rest === null ? 0 : rest[row]!;
}

/** The best value of each cell so far, and where it stands; both are NaN until a key is not NaN. */
function partialOf(source: string, by: string, side: Side): PartialDense {
  const rowsOf = ({ value, value_rest, key, key_rest }: Numbers): KeyedRows => {
    return { values: value, rest: value_rest, keys: key, keyRest: key_rest };
  };
  return cellPartial({
    numbers: { value: 1, value_rest: 1, key: 1, key_rest: 1 },
    reduce(segments, { value, value_rest, key, key_rest }) {
      const { cells, offsets } = segments;
      const rows = keyedRows(segments, source, by);
      for (let cell = 0; cell < cells; cell++) {
        const row = bestRow(rows, offsets[cell]!, offsets[cell + 1]!, side);
        value[cell] = row < 0 ? NaN : rows.values[row]!;
        key[cell] = row < 0 ? NaN : rows.keys[row]!;
        if (row < 0) continue;
        value_rest[cell] = restAt(rows.rest, row);
        key_rest[cell] = restAt(rows.keyRest, row);
      }
    },
    join(numbers, to, later, from) {
      const [own, other] = [numbers.key[to]!, later.key[from]!];
      if (other !== other) return;
      if (own === own && !isAhead(rowsOf(later), from, rowsOf(numbers), to, side)) return;
      for (const name of ["value", "value_rest", "key", "key_rest"] as const)
        numbers[name][to] = later[name][from]!;
    },
    finish({ value, value_rest }, cell, out, rest) {
      out[cell] = value[cell]!;
      if (rest !== undefined) rest[cell] = value_rest[cell]!;
    },
  });
}

type Numbers = CellNumbers<"value" | "value_rest" | "key" | "key_rest">;

const byColumn = (
  name: string,
  aliases: readonly string[],
  description: string,
  side: Side,
): AggregatorPlugin<ByParams> => ({
  kind: "aggregator",
  apiVersion: 2,
  name,
  aliases,
  description,
  paramsSchema: byParams,
  kinds: ["scalar"],
  needsSource: true,
  mergeLaw: { law: "exact" },
  integers: "exact",
  bind(request) {
    const source = sourceColumn(name, request);
    const by = paramColumn(request, "by", request.params.by);
    return {
      inputs: [...new Set([source, by])],
      aggregate(segments, out, outRest) {
        const { cells, offsets } = segments;
        const rows = keyedRows(segments, source, by);
        for (let cell = 0; cell < cells; cell++) {
          const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
          if (start === stop) continue;
          const row = bestRow(rows, start, stop, side);
          out[cell] = row < 0 ? NaN : rows.values[row]!;
          if (outRest !== undefined && row >= 0) outRest[cell] = restAt(rows.rest, row);
        }
      },
      partial: partialOf(source, by, side),
    };
  },
});

export const minBy = byColumn(
  "min_by",
  ["first"],
  "Value where the column `by` is least; of several the least.",
  -1,
);
export const maxBy = byColumn(
  "max_by",
  ["last"],
  "Value where the column `by` is greatest; of several the least.",
  1,
);
