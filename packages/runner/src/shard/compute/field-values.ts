/** The results of fields, chunk by chunk: made from the rows of the chunks, or from what partial results hold of them. */
import type {
  BoundField,
  CellSegments,
  OutputField,
  PartialDense,
  PartialRagged,
  RaggedCells,
} from "@zagg/core";

/** How many rows the cells of a chunk have: all that is needed beside the results. */
export type ChunkCells = Pick<CellSegments, "cells" | "rows" | "offsets">;

/** The results of a scalar or vector field. */
export interface DenseValues {
  /** Writes the results of the chunk's cells that have rows. @param out length cells × product of the field's trailing shape */
  fill(chunk: number, out: Float64Array): void;
}

/** The results of a ragged field. */
export interface RaggedValues {
  payloads(chunk: number): RaggedCells;
}

export type FieldValues = DenseValues | RaggedValues;

/** A field with its results. */
export interface FieldResults {
  readonly field: OutputField;
  readonly values: FieldValues;
}

/** What a shard holds, ready to be stored. */
export interface ShardValues {
  readonly rows: number;
  readonly populatedCells: number;
  /** In canonical order. */
  readonly chunks: readonly ChunkCells[];
  readonly fields: readonly FieldResults[];
}

/** Results from all rows of the chunks at once. */
export function valuesOfRows(bound: BoundField, chunks: readonly CellSegments[]): FieldValues {
  return "gather" in bound
    ? { payloads: (chunk) => bound.gather(chunks[chunk]!) }
    : { fill: (chunk, out) => bound.aggregate(chunks[chunk]!, out) };
}

/** Results from one state for each chunk. */
export function valuesOfStates(bound: BoundField, states: readonly unknown[]): FieldValues {
  if ("gather" in bound) {
    const partial = bound.partial as PartialRagged;
    return { payloads: (chunk) => partial.finish(states[chunk]) };
  }
  const partial = bound.partial as PartialDense;
  return { fill: (chunk, out) => partial.finish(states[chunk], out) };
}
