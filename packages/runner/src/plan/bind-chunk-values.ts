/** From `aggregation.chunk_precompute` to computations that are ready to run. */
import {
  ConfigError,
  assertBoundChunkValueShape,
  assertBoundFieldShape,
  isCodedError,
  isDType,
  pluginFailure,
  type AnyAggregator,
  type BoundChunkValue,
  type BoundDense,
  type BoundRagged,
  type ChunkValueRequest,
  type Column,
  type DType,
  type JsonObject,
  type OutputField,
  type Registry,
  type ZaggConfig,
} from "@zagg/core";
import { sourceOf } from "./field-source.js";

/** A chunk value with its computation. */
export interface ChunkComputation {
  readonly name: string;
  /** JSON pointer of its entry in the configuration. */
  readonly path: string;
  /** What it is cast to; null as it comes. */
  readonly dtype: DType | null;
  readonly bound: BoundChunkValue;
}

type Entry = NonNullable<NonNullable<ZaggConfig["aggregation"]["chunk_precompute"]>[string]>;

/** JSON pointer of a chunk value in the configuration (RFC 6901). */
export function chunkValuePath(name: string): string {
  return `/aggregation/chunk_precompute/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/**
 * One computation per entry, in the order of the configuration.
 * @param columns names of the columns there are; entries do not see each other
 * @throws ConfigError as `bindFields`
 */
export function bindChunkValues(
  registry: Registry,
  config: ZaggConfig,
  columns: readonly string[],
): readonly ChunkComputation[] {
  return Object.entries(config.aggregation.chunk_precompute ?? {}).map(([name, entry]) => {
    const path = chunkValuePath(name);
    const isExpression = entry.expression !== undefined;
    const aggregator = registry.aggregator(
      isExpression ? registry.defaults.expression : (entry.function ?? ""),
    );
    const source = isExpression ? undefined : sourceOf(registry, name, path, entry, aggregator, columns);
    const params = (isExpression ? { expression: entry.expression } : (entry.params ?? {})) as JsonObject;
    const bound = bindOne(aggregator, { name, source, params, columns }, path);
    return { name, path, dtype: isDType(entry.dtype) ? entry.dtype : null, bound };
  });
}

export type { Entry as ChunkValueEntry };

function bindOne(aggregator: AnyAggregator, request: ChunkValueRequest, path: string): BoundChunkValue {
  const own = aggregator.bindChunkValue?.bind(aggregator) as
    ((request: ChunkValueRequest) => BoundChunkValue) | undefined;
  try {
    if (own === undefined) return lifted(aggregator, request, path);
    const bound = own(request);
    assertBoundChunkValueShape(bound, aggregator.name);
    return bound;
  } catch (error) {
    if (isCodedError(error)) throw error;
    throw pluginFailure(
      `aggregator "${aggregator.name}"`,
      own === undefined ? "bind()" : "bindChunkValue()",
      error,
    );
  }
}

/** A scalar field's number, or the elements of a ragged field of pairs or single numbers. */
function lifted(aggregator: AnyAggregator, request: ChunkValueRequest, path: string): BoundChunkValue {
  const { name, source, params, columns } = request;
  const field: OutputField = {
    name,
    kind: "scalar",
    resolution: "chunk",
    dtype: "float64",
    declaredDtype: "float64",
    fillValue: "NaN",
    trailingShape: [],
    innerShape: [],
    attributes: {},
  };
  const bind = (asked: OutputField) => {
    const bound = aggregator.bind({
      field: asked,
      source,
      params: params as never,
      columns,
      chunkValues: [],
    });
    assertBoundFieldShape(bound, aggregator.name, asked.kind);
    return bound;
  };
  if (aggregator.kinds.includes("scalar")) {
    const bound = bind(field) as BoundDense;
    return {
      inputs: bound.inputs,
      compute(rows) {
        const out = new Float64Array(1);
        bound.aggregate(rows, out);
        return { dtype: "float64", shape: [], data: out };
      },
    };
  }
  if (!aggregator.kinds.includes("ragged")) {
    throw new ConfigError("FIELD_KIND", {
      path,
      what: `the chunk value "${name}" is computed by "${aggregator.name}"`,
      why: `that fills fields of the kind ${aggregator.kinds.join(" or ")} alone`,
      mend: "write it as an expression",
    });
  }
  const ELEMENT = 2;
  const bound = bind({ ...field, kind: "ragged", innerShape: [ELEMENT] }) as BoundRagged;
  return {
    inputs: bound.inputs,
    compute(rows) {
      const { values } = bound.gather(rows);
      return { dtype: dtypeOf(values), shape: [values.length / ELEMENT, ELEMENT], data: values };
    },
  };
}

function dtypeOf(values: Column): DType {
  return values instanceof Float32Array ? "float32" : "float64";
}
