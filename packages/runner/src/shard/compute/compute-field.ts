/** Computes one field of a shard: every chunk, then rounded to the dtype of the stored array. */
import {
  allocate,
  fillElement,
  type BoundDense,
  type BoundRagged,
  type CellSegments,
  type OutputField,
  type RaggedBlock,
  type TypedArray,
} from "@zagg/core";
import { castCells } from "../../kernels/cast.js";
import { fieldPath, type FieldComputation } from "../../plan/bind-fields.js";
import { failedField, valueRange } from "./field-errors.js";
import { computeRagged } from "./ragged-field.js";
import { uniformValue } from "./uniform-value.js";

/** The chunks of a shard, in canonical order; at least one. */
type Chunks = readonly CellSegments[];

/**
 * What a field stores of a shard. At cell resolution its values at each canonical position, those of cells without rows
 * the fill value; at chunk resolution a value a chunk.
 * @throws RunError `FIELD_FAILED`, `FIELD_VALUE_RANGE`, `FIELD_NOT_CHUNK_UNIFORM`, or the aggregator's own coded error,
 * told with the field
 */
export function computeField(computation: FieldComputation, chunks: Chunks): TypedArray | RaggedBlock {
  const { field, bound } = computation;
  return field.kind === "ragged"
    ? computeRagged(field, bound as BoundRagged, chunks)
    : computeDense(field, bound as BoundDense, chunks);
}

function computeDense(field: OutputField, bound: BoundDense, chunks: Chunks): TypedArray {
  const { dtype, resolution } = field;
  const path = fieldPath(field.name);
  const width = field.trailingShape.reduce((product, extent) => product * extent, 1);
  const chunkCells = chunks[0]?.cells ?? 0;
  const perChunk = resolution === "chunk" ? width : chunkCells * width;
  const block = allocate(dtype, perChunk * chunks.length);
  block.fill(fillElement(dtype, field.fillValue) as never);
  const values = new Float64Array(chunkCells * width);
  for (const [i, segments] of chunks.entries()) {
    if (segments.rows === 0) continue;
    values.fill(NaN);
    try {
      bound.aggregate(segments, values);
    } catch (error) {
      throw failedField(field.name, path, error);
    }
    const start = i * perChunk;
    if (resolution === "chunk") {
      const one = uniformValue(field, path, values, segments, width);
      const broken = castCells(dtype, one, ONE_CELL, block, start, width);
      if (broken >= 0) throw valueRange(field.name, path, dtype, one[broken]!, "in a chunk");
      continue;
    }
    const broken = castCells(dtype, values, segments.offsets, block, start, width);
    if (broken >= 0) {
      const rows = rowsOf(segments, Math.floor(broken / width));
      const place = `${width === 1 ? "" : `at position ${broken % width} `}in a cell of ${rows} rows`;
      throw valueRange(field.name, path, dtype, values[broken]!, place, rows);
    }
  }
  return block;
}

/** Offsets of one cell that has rows. */
const ONE_CELL = Int32Array.of(0, 1);

function rowsOf({ offsets }: CellSegments, cell: number): number {
  return offsets[cell + 1]! - offsets[cell]!;
}
