/** Computes one field of a shard: every chunk, then rounded to the dtype of the stored array. */
import {
  allocate,
  fillElement,
  isWideInteger,
  type OutputField,
  type RaggedBlock,
  type TypedArray,
} from "@zagg/core";
import { castCells, shownNumber } from "../../kernels/cast.js";
import { fieldPath } from "../../plan/bind-fields.js";
import { isBeyondDoubles } from "../beyond-doubles.js";
import { failedField, undeclared, valueRange } from "./field-errors.js";
import type { ChunkCells, DenseValues, FieldResults, RaggedValues } from "./field-values.js";
import { computeRagged } from "./ragged-field.js";
import { uniformValue } from "./uniform-value.js";

/**
 * What a field stores of a shard. At cell resolution its values at each canonical position, with the fill value in cells
 * without rows; at chunk resolution one value for each chunk.
 * @param chunks in canonical order; at least one
 * @throws RunError `FIELD_FAILED`, `FIELD_VALUE_RANGE`, `FIELD_NOT_CHUNK_UNIFORM`, or the aggregator's own coded error,
 * told with the field
 */
export function computeField(
  { field, values }: FieldResults,
  chunks: readonly ChunkCells[],
): TypedArray | RaggedBlock {
  return field.kind === "ragged"
    ? computeRagged(field, values as RaggedValues, chunks)
    : computeDense(field, values as DenseValues, chunks);
}

function computeDense(field: OutputField, results: DenseValues, chunks: readonly ChunkCells[]): TypedArray {
  const { dtype, resolution } = field;
  const path = fieldPath(field.name);
  const width = field.trailingShape.reduce((product, extent) => product * extent, 1);
  const chunkCells = chunks[0]?.cells ?? 0;
  const perChunk = resolution === "chunk" ? width : chunkCells * width;
  const block = allocate(dtype, perChunk * chunks.length);
  block.fill(fillElement(dtype, field.fillValue) as never);
  const values = new Float64Array(chunkCells * width);
  const rest = results.exact && isWideInteger(dtype) ? new Int16Array(values.length) : undefined;
  for (const [i, chunk] of chunks.entries()) {
    if (chunk.rows === 0) continue;
    values.fill(NaN);
    rest?.fill(0);
    try {
      results.fill(i, values, rest);
    } catch (error) {
      throw failedField(field.name, path, error);
    }
    if (results.beyond && field.declaredDtype === null) assertNotRounded(field, values);
    const start = i * perChunk;
    if (resolution === "chunk") {
      const one = uniformValue(field, path, { values, rest }, chunk, width);
      const broken = castCells(dtype, one, ONE_CELL, block, start, width);
      if (broken >= 0) throw valueRange(field.name, path, dtype, shownNumber(one, broken), "in a chunk");
      continue;
    }
    const broken = castCells(dtype, { values, rest }, chunk.offsets, block, start, width);
    if (broken >= 0) {
      const rows = rowsOf(chunk, Math.floor(broken / width));
      const place = `${width === 1 ? "" : `at position ${broken % width} `}in a cell of ${rows} rows`;
      throw valueRange(field.name, path, dtype, shownNumber({ values, rest }, broken), place, rows);
    }
  }
  return block;
}

/** Who declares no dtype has not asked for an integer to be rounded. @throws ConfigError `COLUMN_PRECISION` */
function assertNotRounded({ name, dtype }: OutputField, values: Float64Array): void {
  const found = values.find((value) => isBeyondDoubles(value, 0));
  if (found !== undefined) throw undeclared(name, dtype, found);
}

/** Offsets of one cell that has rows. */
const ONE_CELL = Int32Array.of(0, 1);

function rowsOf({ offsets }: ChunkCells, cell: number): number {
  return offsets[cell + 1]! - offsets[cell]!;
}
