/** Computes one field of a shard: every chunk, then rounded to the dtype of the stored array. */
import {
  RunError,
  allocate,
  errorFromJson,
  errorToJson,
  type BoundDense,
  type CellSegments,
  type TypedArray,
} from "@zagg/core";
import { castCells } from "../kernels/cast.js";
import { fieldPath, type FieldComputation } from "../plan/bind-fields.js";
import type { SortedRows } from "./sorted-rows.js";

/**
 * The values of a scalar field at each canonical position of a shard; cells without rows hold the fill value.
 * @throws RunError `FIELD_FAILED`, `FIELD_VALUE_RANGE`, or the aggregator's own coded error, told with the field
 */
export function computeField({ field, bound }: FieldComputation, sorted: SortedRows): TypedArray {
  const chunkCells = sorted.chunks[0]?.cells ?? 0;
  const block = allocate(field.dtype, chunkCells * sorted.chunks.length);
  block.fill(field.fillValue as never);
  const values = new Float64Array(chunkCells);
  for (const [i, segments] of sorted.chunks.entries()) {
    if (segments.rows === 0) continue;
    values.fill(NaN);
    try {
      (bound as BoundDense).aggregate(segments, values);
    } catch (error) {
      throw failedField(field.name, error);
    }
    const start = i * chunkCells;
    const broken = castCells(field.dtype, values, segments.offsets, block, start);
    if (broken >= 0) throw valueRange(field.name, field.dtype, values[broken] as number, broken, segments);
  }
  return block;
}

function failedField(name: string, error: unknown): Error {
  const json = errorToJson(error);
  if (json.code !== "UNEXPECTED") {
    return errorFromJson({
      ...json,
      path: json.path ?? fieldPath(name),
      what: `the field "${name}": ${json.what}`,
    });
  }
  return new RunError("FIELD_FAILED", {
    path: fieldPath(name),
    what: `the field "${name}" could not be computed (${json.what})`,
    why: "its aggregator threw an error that it does not describe, which is a fault in it",
    mend: "report it with the stack in the details, or compute the field another way",
    details: { field: name, ...json.details },
    cause: error,
  });
}

function valueRange(
  name: string,
  dtype: string,
  value: number,
  cell: number,
  { offsets }: CellSegments,
): RunError {
  const rows = (offsets[cell + 1] as number) - (offsets[cell] as number);
  return new RunError("FIELD_VALUE_RANGE", {
    path: `${fieldPath(name)}/dtype`,
    what: `the field "${name}" is ${value} in a cell of ${rows} rows`,
    why: `${dtype} cannot hold that`,
    mend: "declare a float dtype, or a wider integer, or a function that skips NaN",
    details: { field: name, dtype, value: String(value), rows },
  });
}
