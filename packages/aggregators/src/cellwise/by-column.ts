/** The value where another column is least or greatest. */
import { perCell, type Column, type FromSchema, type JsonSchema } from "@zagg/core";

const byParams = {
  type: "object",
  additionalProperties: false,
  required: ["by"],
  properties: { by: { type: "string", minLength: 1, description: "Column that orders the rows." } },
} as const satisfies JsonSchema;
type ByParams = FromSchema<typeof byParams>;

/** The value at the extreme of `by`; of rows that tie the least value, so that the order of rows does not matter. NaN in `by` is passed over. */
function valueAt(values: Column, by: Column, isBetter: (a: number, b: number) => boolean): number {
  let [best, at] = [NaN, NaN];
  for (let row = 0; row < values.length; row++) {
    const key = by[row] as number;
    const value = values[row] as number;
    if (key !== key) continue;
    const isTie = key === at && (value < best || best !== best);
    if (at !== at || isBetter(key, at) || isTie) [best, at] = [value, key];
  }
  return best;
}

const byColumn = (
  name: string,
  aliases: readonly string[],
  description: string,
  isBetter: (a: number, b: number) => boolean,
) =>
  perCell<ByParams>(
    { name, aliases, description, paramsSchema: byParams, columns: ({ by }) => [by] },
    (values, { params, column }) => valueAt(values, column(params.by), isBetter),
  );

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
