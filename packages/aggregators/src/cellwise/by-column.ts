/** The value where another column is least or greatest. */
import {
  cellPartial,
  type AggregatorPlugin,
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
  const { values, rest, keys, keyRest } = rows;
  let best = -1;
  let bestKey = NaN;
  for (let row = start; row < stop; row++) {
    const key = keys[row]!;
    if (key !== key || (side < 0 ? key > bestKey : key < bestKey)) continue;
    const isTie = key === bestKey;
    if (
      isTie &&
      !winsTie(
        side * (restAt(keyRest, row) - restAt(keyRest, best)),
        values[row]!,
        values[best]!,
        restAt(rest, row) - restAt(rest, best),
      )
    )
      continue;
    best = row;
    bestKey = key;
  }
  return best;
}

/**
 * Whether a row goes before another one whose key is the same double.
 * @param lead by which its key is further out
 * @param more what the rest of its value is more than the other's
 */
function winsTie(lead: number, value: number, other: number, more: number): boolean {
  if (lead !== 0) return lead > 0;
  return value !== other ? value < other || other !== other : more < 0;
}

function restAt(rest: ArrayLike<number> | null, row: number): number {
  return rest === null ? 0 : rest[row]!;
}

/** The best value of each cell so far, and where it stands; both are NaN until a key is not NaN. */
function partialOf(source: string, by: string, side: Side): PartialDense {
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
    join({ value, value_rest, key, key_rest }, to, later, from) {
      const [own, other] = [key[to]!, later.key[from]!];
      if (other !== other || (side < 0 ? other > own : other < own)) return;
      const lead = side * (later.key_rest[from]! - key_rest[to]!);
      const more = later.value_rest[from]! - value_rest[to]!;
      if (other === own && !winsTie(lead, later.value[from]!, value[to]!, more)) return;
      value[to] = later.value[from]!;
      value_rest[to] = later.value_rest[from]!;
      key[to] = other;
      key_rest[to] = later.key_rest[from]!;
    },
    finish({ value, value_rest }, cell, out, rest) {
      out[cell] = value[cell]!;
      if (rest !== undefined) rest[cell] = value_rest[cell]!;
    },
  });
}

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
