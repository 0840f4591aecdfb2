/** From the configured fields to computations that are ready to run. */
import {
  ConfigError,
  assertBoundFieldShape,
  errorFromJson,
  errorToJson,
  isCodedError,
  outputFields,
  pluginFailure,
  type AnyAggregator,
  type BoundField,
  type FieldRequest,
  type JsonObject,
  type OutputField,
  type Registry,
  type ZaggConfig,
} from "@zagg/core";
import { sourceOf, unknownSource } from "./field-source.js";
import { sourceColumns } from "./source-columns.js";

/** An output field with its computation. */
export interface FieldComputation {
  readonly field: OutputField;
  readonly bound: BoundField;
  /** Whether it takes 64-bit integers beyond ±2^53 as they are. */
  readonly exact: boolean;
}

/**
 * One computation an output field, in the order of the configuration.
 * @throws ConfigError `FIELD_KIND`, `FIELD_SOURCE_MISSING`, `FIELD_SOURCE_UNKNOWN`, or what the aggregator refuses with; the path
 * names the field
 */
export function bindFields(registry: Registry, config: ZaggConfig): readonly FieldComputation[] {
  const columns = sourceColumns(config.data_source).map((column) => column.name);
  const chunkValues = Object.keys(config.aggregation.chunk_precompute ?? {});
  return outputFields(config).map((field) => {
    const variable = config.aggregation.variables[field.name]!;
    const path = fieldPath(field.name);
    return atField(field.name, path, () => {
      const isExpression = variable.expression !== undefined;
      const aggregator = registry.aggregator(
        isExpression ? registry.defaults.expression : (variable.function ?? ""),
      );
      if (!aggregator.kinds.includes(field.kind)) throw wrongKind(field, path, aggregator);
      const params = isExpression ? { expression: variable.expression } : variable.params;
      const source = isExpression
        ? undefined
        : sourceOf(registry, field.name, path, variable, aggregator, columns);
      const bound = bindOne(aggregator, {
        field,
        source,
        params: params as JsonObject,
        columns,
        chunkValues,
      });
      for (const input of bound.inputs) {
        if (!columns.includes(input)) throw unknownSource(field.name, path, input, columns);
      }
      for (const input of bound.chunkInputs ?? []) {
        if (!chunkValues.includes(input)) throw unknownSource(field.name, path, input, chunkValues);
      }
      return { field, bound, exact: aggregator.integers === "exact" };
    });
  });
}

/** What the aggregator binds. @throws PluginError when it breaks its contract; what it refuses with otherwise */
function bindOne(aggregator: AnyAggregator, request: FieldRequest): BoundField {
  let bound: BoundField;
  try {
    bound = aggregator.bind(request);
  } catch (error) {
    throw isCodedError(error) ? error : pluginFailure(`aggregator "${aggregator.name}"`, "bind()", error);
  }
  assertBoundFieldShape(bound, aggregator.name, request.field.kind);
  return bound;
}

/** JSON pointer of a field in the configuration (RFC 6901). */
export function fieldPath(name: string): string {
  return `/aggregation/variables/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function wrongKind({ name, kind }: OutputField, path: string, aggregator: AnyAggregator): ConfigError {
  return new ConfigError("FIELD_KIND", {
    path: `${path}/kind`,
    what: `the field "${name}" is ${kind} and is computed by "${aggregator.name}"`,
    why: `that fills fields of the kind ${aggregator.kinds.join(" or ")}`,
    mend: "declare that kind, or use another function",
  });
}

/** Runs a step of one field; what it throws in coded form is told with the field and its place. */
function atField<T>(name: string, path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    const json = errorToJson(error);
    if (json.code === "UNEXPECTED" || json.path?.startsWith(path) === true) throw error;
    throw errorFromJson({ ...json, path, what: `the field "${name}": ${json.what}` });
  }
}
