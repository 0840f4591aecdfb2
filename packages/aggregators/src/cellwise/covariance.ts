/** The covariance matrix of columns. */
import { ConfigError, perCell, type AggregatorPlugin, type FromSchema, type JsonSchema } from "@zagg/core";

const covarianceParams = {
  type: "object",
  additionalProperties: false,
  properties: {
    with: {
      type: "array",
      minItems: 1,
      items: { type: "string", minLength: 1 },
      description: "Columns beside the source, in the order of the matrix.",
    },
    ddof: {
      type: "number",
      minimum: 0,
      default: 1,
      description: "Taken from the number of rows in the divisor.",
    },
  },
  required: ["with"],
} as const satisfies JsonSchema;
type CovarianceParams = FromSchema<typeof covarianceParams>;

/** Two passes: means, then products of deviations. NaN where there are no more rows than `ddof`, and where a value is NaN. */
const plain = perCell<CovarianceParams>(
  {
    name: "covariance",
    description: "Covariance matrix of the source and other columns, as a vector field of shape [k, k].",
    kinds: ["vector"],
    paramsSchema: covarianceParams,
    columns: (params) => params.with,
  },
  (values, { params, column }) => {
    const columns = [values, ...params.with.map((name) => column(name))];
    const n = values.length;
    const centred = columns.map((one) => {
      let sum = 0;
      for (const value of one) sum += value;
      return Float64Array.from(one, (value) => value - sum / n);
    });
    const k = columns.length;
    const divisor = n - (params.ddof ?? 1);
    const matrix = new Float64Array(k * k);
    for (let i = 0; i < k; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let row = 0; row < n; row++)
          sum += (centred[i]?.[row] as number) * (centred[j]?.[row] as number);
        matrix[i * k + j] = matrix[j * k + i] = divisor > 0 ? sum / divisor : NaN;
      }
    }
    return matrix;
  },
);

export const covariance: AggregatorPlugin<CovarianceParams> = {
  ...plain,
  bind(request) {
    const k = 1 + request.params.with.length;
    const { name, trailingShape } = request.field;
    if (trailingShape.join() === `${k},${k}`) return plain.bind(request);
    throw new ConfigError("AGGREGATOR_SHAPE", {
      path: `/aggregation/variables/${name}/trailing_shape`,
      what: `the field "${name}" has the trailing shape [${trailingShape.join(", ")}]`,
      why: `the covariance matrix of ${k} columns is ${k} by ${k}`,
      mend: `set trailing_shape: [${k}, ${k}]`,
    });
  },
};
