/** The value where another column is least or greatest. */
import {
  perCell,
  type AggregatorPlugin,
  type BoundDense,
  type FromSchema,
  type JsonSchema,
} from "@zagg/core";
import type { Partial } from "../partial.js";

const byParams = {
  type: "object",
  additionalProperties: false,
  required: ["by"],
  properties: { by: { type: "string", minLength: 1, description: "Column that orders the rows." } },
} as const satisfies JsonSchema;
type ByParams = FromSchema<typeof byParams>;

type IsBetter = (a: number, b: number) => boolean;

/**
 * The row at the extreme of `by`, from rows start … stop − 1; of those that tie the least value, so that the order of rows
 * does not matter. NaN in `by` is passed over; −1 when there is nothing else.
 */
function bestRow(
  values: ArrayLike<number>,
  by: ArrayLike<number>,
  start: number,
  stop: number,
  isBetter: IsBetter,
): number {
  let best = -1;
  for (let row = start; row < stop; row++) {
    const key = by[row]!;
    if (key !== key) continue;
    if (best < 0 || isAhead(values[row]!, key, values[best]!, by[best]!, isBetter)) best = row;
  }
  return best;
}

function isAhead(value: number, key: number, best: number, at: number, isBetter: IsBetter): boolean {
  return isBetter(key, at) || (key === at && (value < best || best !== best));
}

/** The best value of each cell so far, and where it stands; NaN until a key is not NaN. */
interface Best {
  readonly seen: Uint8Array;
  readonly values: Float64Array;
  readonly keys: Float64Array;
}

function partialOf(source: string, by: string, isBetter: IsBetter): Partial {
  const offer = ({ values, keys }: Best, cell: number, value: number, key: number): void => {
    const at = keys[cell]!;
    if (at === at && !isAhead(value, key, values[cell]!, at, isBetter)) return;
    [values[cell], keys[cell]] = [value, key];
  };
  return {
    init: (cells): Best => ({
      seen: new Uint8Array(cells),
      values: new Float64Array(cells).fill(NaN),
      keys: new Float64Array(cells).fill(NaN),
    }),
    update(state, { cells, offsets, column }) {
      const [values, keys] = [column(source), column(by)];
      for (let cell = 0; cell < cells; cell++) {
        const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
        if (stop > start) (state as Best).seen[cell] = 1;
        const row = bestRow(values, keys, start, stop, isBetter);
        if (row >= 0) offer(state as Best, cell, values[row]!, keys[row]!);
      }
    },
    merge(state, other) {
      const { seen, values, keys } = other as Best;
      for (let cell = 0; cell < seen.length; cell++) {
        if (seen[cell] === 1) (state as Best).seen[cell] = 1;
        const key = keys[cell]!;
        if (key === key) offer(state as Best, cell, values[cell]!, key);
      }
    },
    finish(state, out) {
      const { seen, values } = state as Best;
      for (let cell = 0; cell < seen.length; cell++) if (seen[cell] === 1) out[cell] = values[cell]!;
    },
  };
}

const byColumn = (
  name: string,
  aliases: readonly string[],
  description: string,
  isBetter: IsBetter,
): AggregatorPlugin<ByParams> => {
  const plain = perCell<ByParams>(
    { name, aliases, description, paramsSchema: byParams, columns: ({ by }) => [by] },
    (values, { params, column }) => {
      const row = bestRow(values, column(params.by), 0, values.length, isBetter);
      return row < 0 ? NaN : values[row]!;
    },
  );
  return {
    ...plain,
    mergeLaw: { law: "exact" },
    bind(request) {
      const bound = plain.bind(request) as BoundDense;
      const { source, params } = request;
      return { ...bound, partial: partialOf(source as string, params.by, isBetter) };
    },
  };
};

export const minBy = byColumn(
  "min_by",
  ["first"],
  "Value where the column `by` is least; of several the least.",
  (a, b) => a < b,
);
export const maxBy = byColumn(
  "max_by",
  ["last"],
  "Value where the column `by` is greatest; of several the least.",
  (a, b) => a > b,
);
