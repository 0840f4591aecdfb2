/** What goes wrong while a field is computed, told with the field. */
import { ConfigError, RunError, errorFromJson, errorToJson } from "@zagg/core";
import { fieldPath } from "../../plan/bind-fields.js";

/** @param path JSON pointer of the field in the configuration */
export function failedField(name: string, path: string, error: unknown): Error {
  const json = errorToJson(error);
  if (json.code !== "UNEXPECTED") {
    return errorFromJson({ ...json, path: json.path ?? path, what: `the field "${name}": ${json.what}` });
  }
  return new RunError("FIELD_FAILED", {
    path,
    what: `the field "${name}" could not be computed (${json.what})`,
    why: "its aggregator threw an error that it does not describe, which is a fault in it",
    mend: "report it with the stack in the details, or compute the field another way",
    details: { field: name, ...json.details },
    cause: error,
  });
}

/** @param place where the value is, such as `in a cell of 3 rows` */
export function valueRange(
  name: string,
  path: string,
  dtype: string,
  value: string,
  place: string,
  rows?: number,
): RunError {
  return new RunError("FIELD_VALUE_RANGE", {
    path: `${path}/dtype`,
    what: `the field "${name}" is ${value} ${place}`,
    why: `${dtype} cannot hold that`,
    mend: "declare a float dtype, or a wider integer, or a function that skips NaN",
    details: { field: name, dtype, value, ...(rows === undefined ? {} : { rows }) },
  });
}

/** A field whose dtype nobody declared, of an integer beyond ±2^53. */
export function undeclared(name: string, dtype: string, value: number): ConfigError {
  return new ConfigError("COLUMN_PRECISION", {
    path: fieldPath(name),
    what: `the field "${name}" is an integer near ${value}, and declares no dtype`,
    why: `it would be stored as ${dtype}, which rounds integers`,
    mend: "declare dtype: int64 or uint64 (and a whole fill_value) for exact integers, or a float dtype for rounded ones",
    details: { field: name },
  });
}

/** A field at chunk resolution that two cells of a chunk give different values. */
export function notUniform(name: string, path: string, values: readonly [string, string]): RunError {
  return new RunError("FIELD_NOT_CHUNK_UNIFORM", {
    path,
    what: `the field "${name}" is ${values[0]} in one cell of a chunk and ${values[1]} in another`,
    why: "a field at chunk resolution is stored once for each chunk, so all its cells must agree",
    mend: "compute it in aggregation.chunk_precompute and let the field's expression name it, or set resolution: cell",
    details: { field: name, values: [...values] },
  });
}
