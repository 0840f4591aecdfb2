/** The aggregator behind `expression:` fields and chunk values. */
import {
  ConfigError,
  type AggregatorPlugin,
  type BoundDense,
  type BoundRagged,
  type FieldRequest,
  type FromSchema,
  type JsonSchema,
  type OutputField,
} from "@zagg/core";
import { storedType } from "./expression/array/array-compiler.js";
import { showShape } from "./expression/array/broadcast.js";
import type { NdArray } from "./expression/array/nd-array.js";
import { compileArrayExpression, compileExpression, notScalar } from "./expression/expression.js";

const expressionParams = {
  type: "object",
  additionalProperties: false,
  required: ["expression"],
  properties: {
    expression: {
      type: "string",
      description: "The value of a cell, from columns, chunk values and np functions.",
    },
  },
} as const satisfies JsonSchema;
type ExpressionParams = FromSchema<typeof expressionParams>;

export const expression: AggregatorPlugin<ExpressionParams> = {
  kind: "aggregator",
  apiVersion: 2,
  name: "expression",
  aliases: [],
  description: "The value of an expression over the cell's rows.",
  paramsSchema: expressionParams,
  kinds: ["scalar", "vector", "ragged"],
  needsSource: false,
  mergeLaw: { law: "none" },
  bind(request) {
    if (request.field.kind === "vector") return bindVector(request);
    return request.field.kind === "ragged" ? bindRagged(request) : bindScalar(request);
  },
  bindChunkValue({ name, params, columns }) {
    const path = `/aggregation/chunk_precompute/${name}/expression`;
    const { inputs, evaluate } = compileArrayExpression(params.expression, { columns, path });
    return {
      inputs,
      compute(rows) {
        const value = evaluate(rows, 0);
        return { dtype: storedType(value), shape: value.shape, data: value.data };
      },
    };
  },
};

function bindScalar({ field, params, columns, chunkValues }: FieldRequest<ExpressionParams>): BoundDense {
  const path = pathOf(field);
  const compiled = compileExpression(params.expression, { columns, chunkValues, path });
  if (compiled.rank === "row") throw notScalar({ text: params.expression, path }, 0);
  return {
    inputs: compiled.inputs,
    chunkInputs: compiled.chunkInputs,
    aggregate: (segments, out) => compiled.evaluateCells(segments, out),
  };
}

function bindVector({ field, params, columns, chunkValues }: FieldRequest<ExpressionParams>): BoundDense {
  const path = pathOf(field);
  const { inputs, chunkInputs, evaluate, histogram } = compileArrayExpression(params.expression, {
    columns,
    chunkValues,
    path,
  });
  if (histogram !== undefined && field.trailingShape.join() === String(histogram.bins)) {
    return { inputs, chunkInputs, aggregate: (segments, out) => histogram.evaluate(segments, out) };
  }
  const width = field.trailingShape.reduce((product, extent) => product * extent, 1);
  return {
    inputs,
    chunkInputs,
    aggregate(segments, out) {
      for (let cell = 0; cell < segments.cells; cell++) {
        if (segments.offsets[cell + 1] === segments.offsets[cell]) continue;
        const { shape, data } = evaluate(segments, cell);
        if (shape.join() !== field.trailingShape.join())
          throw wrongShape(path, "vector", shape, field.trailingShape);
        out.set(data, cell * width);
      }
    },
  };
}

function bindRagged({ field, params, columns, chunkValues }: FieldRequest<ExpressionParams>): BoundRagged {
  const path = pathOf(field);
  const { inputs, chunkInputs, evaluate } = compileArrayExpression(params.expression, {
    columns,
    chunkValues,
    path,
  });
  const numbersEach = field.innerShape.reduce((product, extent) => product * extent, 1);
  return {
    inputs,
    chunkInputs,
    gather(segments) {
      const offsets = new Int32Array(segments.cells + 1);
      const payloads: NdArray[] = [];
      let numbers = 0;
      for (let cell = 0; cell < segments.cells; cell++) {
        if (segments.offsets[cell + 1] !== segments.offsets[cell]) {
          const value = evaluate(segments, cell);
          assertElements(path, value, field, numbersEach);
          payloads.push(value);
          numbers += value.data.length;
        }
        offsets[cell + 1] = numbers / numbersEach;
      }
      const values = new Float64Array(numbers);
      let at = 0;
      for (const { data } of payloads) {
        values.set(data, at);
        at += data.length;
      }
      return { offsets, values };
    },
  };
}

/** Elements of the field's inner shape; a line of numbers is cut into elements of one axis. */
function assertElements(
  path: string,
  { shape, data }: NdArray,
  field: OutputField,
  numbersEach: number,
): void {
  if (data.length === 0) return;
  const isLine = shape.length === 1 && field.innerShape.length === 1 && data.length % numbersEach === 0;
  if (isLine || (shape.length > 0 && shape.slice(1).join() === field.innerShape.join())) return;
  throw wrongShape(path, "ragged", shape, field.innerShape);
}

function wrongShape(
  path: string,
  kind: "vector" | "ragged",
  shape: readonly number[],
  expected: readonly number[],
) {
  return new ConfigError("EXPRESSION_SHAPE", {
    path,
    what: `the ${kind} field produced ${kind === "vector" ? "shape" : "elements of"} ${showShape(shape)}`,
    why: `its ${kind === "vector" ? "trailing_shape" : "inner_shape"} is ${showShape(expected)}`,
    mend: "correct the expression, or declare the shape that it gives",
  });
}

function pathOf({ name }: OutputField): string {
  return `/aggregation/variables/${name}/expression`;
}
