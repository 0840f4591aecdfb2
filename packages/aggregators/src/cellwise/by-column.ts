/** The value where another column is least or greatest. */
import {
  cellPartial,
  perCell,
  type AggregatorPlugin,
  type BoundDense,
  type FromSchema,
  type JsonSchema,
  type PartialDense,
} from "@zagg/core";

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

/** The best value of each cell so far, and where it stands; both are NaN until a key is not NaN. */
function partialOf(source: string, by: string, isBetter: IsBetter): PartialDense {
  return cellPartial({
    numbers: { value: 1, key: 1 },
    reduce({ cells, offsets, column }, { value, key }) {
      const [values, keys] = [column(source), column(by)];
      for (let cell = 0; cell < cells; cell++) {
        const row = bestRow(values, keys, offsets[cell]!, offsets[cell + 1]!, isBetter);
        value[cell] = row < 0 ? NaN : values[row]!;
        key[cell] = row < 0 ? NaN : keys[row]!;
      }
    },
    join({ value, key }, to, later, from) {
      const [own, other] = [key[to]!, later.key[from]!];
      if (other !== other) return;
      if (own === own && !isAhead(later.value[from]!, other, value[to]!, own, isBetter)) return;
      value[to] = later.value[from]!;
      key[to] = other;
    },
    finish({ value }, cell, out) {
      out[cell] = value[cell]!;
    },
  });
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
