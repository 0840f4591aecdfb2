/** The covariance matrix of columns. */
import {
  ConfigError,
  perCell,
  type AggregatorPlugin,
  type BoundDense,
  type FromSchema,
  type JsonSchema,
} from "@zagg/core";
import type { Partial } from "../partial.js";

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

/** Rows of one cell: how many, the mean of each column, and the sums of products of deviations, k × k. */
interface Comoments {
  count: number;
  readonly means: Float64Array;
  readonly products: Float64Array;
}

/** Two passes: means, then products of deviations. */
function comomentsOf(columns: readonly ArrayLike<number>[], start: number, stop: number): Comoments {
  const [k, count] = [columns.length, stop - start];
  const means = Float64Array.from(columns, (column) => {
    let sum = 0;
    for (let row = start; row < stop; row++) sum += column[row]!;
    return sum / count;
  });
  const products = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    const [a, aMean] = [columns[i]!, means[i]!];
    for (let j = 0; j <= i; j++) {
      const [b, bMean] = [columns[j]!, means[j]!];
      let sum = 0;
      for (let row = start; row < stop; row++) sum += (a[row]! - aMean) * (b[row]! - bMean);
      products[i * k + j] = products[j * k + i] = sum;
    }
  }
  return { count, means, products };
}

/** Adds rows to those of a cell: the pairwise update of Chan, Golub & LeVeque 1983, Am. Stat. 37:242, for products. */
function join(own: Comoments, more: Comoments): void {
  const k = own.means.length;
  const total = own.count + more.count;
  const steps = own.means.map((mean, i) => more.means[i]! - mean);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const shift = steps[i]! * steps[j]! * ((own.count * more.count) / total);
      own.products[i * k + j]! += more.products[i * k + j]! + shift;
    }
  }
  for (let i = 0; i < k; i++) own.means[i]! += steps[i]! * (more.count / total);
  own.count = total;
}

function covarianceOf({ count, products }: Comoments, ddof: number): Float64Array {
  return products.map((product) => (count > ddof ? product / (count - ddof) : NaN));
}

/** Comoments of the cells that have rows; the rest have none. */
function partialOf(names: readonly string[], ddof: number): Partial {
  type State = (Comoments | undefined)[];
  return {
    init: (cells): State => new Array<Comoments | undefined>(cells).fill(undefined),
    update(state, { cells, offsets, column }) {
      const columns = names.map((name) => column(name));
      for (let cell = 0; cell < cells; cell++) {
        const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
        if (stop > start) add(state as State, cell, comomentsOf(columns, start, stop));
      }
    },
    merge(state, other) {
      for (const [cell, more] of (other as State).entries()) {
        if (more !== undefined) add(state as State, cell, structuredClone(more));
      }
    },
    finish(state, out) {
      const size = names.length ** 2;
      for (const [cell, own] of (state as State).entries()) {
        if (own !== undefined) out.set(covarianceOf(own, ddof), cell * size);
      }
    },
  };

  function add(state: State, cell: number, more: Comoments): void {
    const own = state[cell];
    if (own === undefined) state[cell] = more;
    else join(own, more);
  }
}

/** NaN where there are no more rows than `ddof`, and where a value is NaN. */
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
    return covarianceOf(comomentsOf(columns, 0, values.length), params.ddof ?? DDOF);
  },
);

/** Of a sample. */
const DDOF = 1;
/** Comoments in binary64 join to those of one pass within this part of the sum of squares. */
const MERGE_TOLERANCE = 1e-12;

export const covariance: AggregatorPlugin<CovarianceParams> = {
  ...plain,
  mergeLaw: { law: "approximate", tolerance: MERGE_TOLERANCE },
  bind(request) {
    const { source, params } = request;
    const k = 1 + params.with.length;
    const { name, trailingShape } = request.field;
    if (trailingShape.join() === `${k},${k}`) {
      const bound = plain.bind(request) as BoundDense;
      return { ...bound, partial: partialOf([source as string, ...params.with], params.ddof ?? DDOF) };
    }
    throw new ConfigError("AGGREGATOR_SHAPE", {
      path: `/aggregation/variables/${name}/trailing_shape`,
      what: `the field "${name}" has the trailing shape [${trailingShape.join(", ")}]`,
      why: `the covariance matrix of ${k} columns is ${k} by ${k}`,
      mend: `set trailing_shape: [${k}, ${k}]`,
    });
  },
};
