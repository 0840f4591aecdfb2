/** The covariance matrix of columns. */
import {
  ConfigError,
  cellPartial,
  perCell,
  type AggregatorPlugin,
  type BoundDense,
  type CellNumbers,
  type FromSchema,
  type JsonSchema,
  type PartialDense,
} from "@zagg/core";

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

/** Of cells of k columns: how many rows, the mean of each column, and the sums of products of deviations, k × k. */
type Comoments = CellNumbers<"count" | "means" | "products">;

/** Two passes over rows start … stop − 1: means, then products of deviations. */
function setComoments(
  { count, means, products }: Comoments,
  cell: number,
  columns: readonly ArrayLike<number>[],
  start: number,
  stop: number,
): void {
  const k = columns.length;
  count[cell] = stop - start;
  for (const [i, column] of columns.entries()) {
    let sum = 0;
    for (let row = start; row < stop; row++) sum += column[row]!;
    means[cell * k + i] = sum / (stop - start);
  }
  const at = cell * k * k;
  for (let i = 0; i < k; i++) {
    const [a, aMean] = [columns[i]!, means[cell * k + i]!];
    for (let j = 0; j <= i; j++) {
      const [b, bMean] = [columns[j]!, means[cell * k + j]!];
      let sum = 0;
      for (let row = start; row < stop; row++) sum += (a[row]! - aMean) * (b[row]! - bMean);
      products[at + i * k + j] = products[at + j * k + i] = sum;
    }
  }
}

/** Adds rows to those of a cell: the pairwise update of Chan, Golub & LeVeque 1983, Am. Stat. 37:242, for products. */
function join(own: Comoments, to: number, later: Comoments, from: number, k: number): void {
  const [before, more] = [own.count[to]!, later.count[from]!];
  const total = before + more;
  const step = (i: number) => later.means[from * k + i]! - own.means[to * k + i]!;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const shift = step(i) * step(j) * ((before * more) / total);
      own.products[(to * k + i) * k + j]! += later.products[(from * k + i) * k + j]! + shift;
    }
  }
  for (let i = 0; i < k; i++) own.means[to * k + i]! += step(i) * (more / total);
  own.count[to] = total;
}

/** The matrix of a cell goes to its place in `out`. */
function setCovariance(
  { count, products }: Comoments,
  cell: number,
  k: number,
  ddof: number,
  out: Float64Array,
): void {
  const divisor = count[cell]! - ddof;
  for (let i = cell * k * k; i < (cell + 1) * k * k; i++) out[i] = divisor > 0 ? products[i]! / divisor : NaN;
}

function partialOf(names: readonly string[], ddof: number): PartialDense {
  const k = names.length;
  return cellPartial({
    numbers: { count: 1, means: k, products: k * k },
    reduce({ cells, offsets, column }, into) {
      const columns = names.map((name) => column(name));
      for (let cell = 0; cell < cells; cell++) {
        const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
        if (stop > start) setComoments(into, cell, columns, start, stop);
      }
    },
    join: (own, to, later, from) => join(own, to, later, from, k),
    finish: (comoments, cell, out) => setCovariance(comoments, cell, k, ddof, out),
  });
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
    const k = columns.length;
    const [means, products] = [new Float64Array(k), new Float64Array(k * k)];
    const comoments = { count: new Float64Array(1), means, products };
    setComoments(comoments, 0, columns, 0, values.length);
    setCovariance(comoments, 0, k, params.ddof ?? DDOF, products);
    return products;
  },
);

/** What is taken from the number of rows unless told: 1, so that the rows are a sample. */
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
