/** Least squares: a column as a linear function of others. */
import { ConfigError, perCell, type AggregatorPlugin, type FromSchema, type JsonSchema } from "@zagg/core";

const fitParams = {
  type: "object",
  additionalProperties: false,
  required: ["on"],
  properties: {
    on: {
      type: "array",
      minItems: 1,
      items: { type: "string", minLength: 1 },
      description: "Columns that explain the source.",
    },
  },
} as const satisfies JsonSchema;
type FitParams = FromSchema<typeof fitParams>;

/**
 * Coefficients of the columns, intercept, r². Modified Gram-Schmidt on centred columns (Björck 1967, BIT 7:1). All are NaN
 * where the columns do not determine them: fewer rows than coefficients, a column that is constant or follows from others.
 */
const plain = perCell<FitParams>(
  {
    name: "linear_fit",
    description: "Least-squares coefficients of other columns, then intercept and r², as a vector field.",
    kinds: ["vector"],
    paramsSchema: fitParams,
    columns: ({ on }) => on,
  },
  (values, { params, column }) => {
    const n = values.length;
    const means: number[] = [];
    const centred = [...params.on.map((name) => column(name)), values].map((one) => {
      let sum = 0;
      for (const value of one) sum += value;
      means.push(sum / n);
      return Float64Array.from(one, (value) => value - sum / n);
    });
    const k = params.on.length;
    const target = centred[k] as Float64Array;
    const total = dot(target, target);
    const upper = new Float64Array(k * k);
    const projected = new Float64Array(k);
    for (let i = 0; i < k; i++) {
      const axis = centred[i] as Float64Array;
      const before = params.on[i] === undefined ? 0 : squares(column(params.on[i]!), means[i]!);
      const norm = Math.sqrt(dot(axis, axis));
      if (!(n > k && norm > RANK_TOLERANCE * Math.sqrt(before))) return new Float64Array(k + 2).fill(NaN);
      upper[i * k + i] = norm;
      for (let row = 0; row < n; row++) axis[row]! /= norm;
      for (let j = i + 1; j < k; j++) upper[i * k + j] = removed(axis, centred[j] as Float64Array);
      projected[i] = removed(axis, target);
    }
    const result = new Float64Array(k + 2);
    let intercept = means[k]!;
    for (let i = k - 1; i >= 0; i--) {
      let sum = projected[i]!;
      for (let j = i + 1; j < k; j++) sum -= upper[i * k + j]! * result[j]!;
      result[i] = sum / upper[i * k + i]!;
      intercept -= result[i]! * means[i]!;
    }
    result[k] = intercept;
    result[k + 1] = total === 0 ? NaN : 1 - dot(target, target) / total;
    return result;
  },
);

/** Part of a column's deviations that must be left after the columns before it: less is rounding. */
const RANK_TOLERANCE = 1e-10;

export const linearFit: AggregatorPlugin<FitParams> = {
  ...plain,
  bind(request) {
    const width = request.params.on.length + 2;
    const { name, trailingShape } = request.field;
    if (trailingShape.join() === String(width)) return plain.bind(request);
    throw new ConfigError("AGGREGATOR_SHAPE", {
      path: `/aggregation/variables/${name}/trailing_shape`,
      what: `the field "${name}" has the trailing shape [${trailingShape.join(", ")}]`,
      why: "a fit has a coefficient for each column, an intercept and r²",
      mend: `set trailing_shape: ${width}`,
    });
  },
};

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function squares(values: ArrayLike<number>, mean: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return sum;
}

/** Takes an axis of unit length out of a column. @returns how much of it there was */
function removed(axis: Float64Array, of: Float64Array): number {
  const share = dot(axis, of);
  for (let i = 0; i < of.length; i++) of[i]! -= share * axis[i]!;
  return share;
}
