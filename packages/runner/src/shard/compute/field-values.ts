/** The results of fields, chunk by chunk: made from the rows of the chunks, or from what partial results hold of them. */
import type { CellSegments, OutputField, PartialDense, PartialRagged, RaggedCells } from "@zagg/core";
import type { FieldComputation } from "../../plan/bind-fields.js";
import { doublesAlone } from "./doubles-alone.js";

/** How many rows the cells of a chunk have: all that is needed beside the results. */
export type ChunkCells = Pick<CellSegments, "cells" | "rows" | "offsets">;

/** The results of a scalar or vector field. */
export interface DenseValues {
  /** Whether results may lack something to 64-bit integers. */
  readonly exact: boolean;
  /** Whether the rows that they are of hold integers beyond ±2^53. */
  readonly beyond: boolean;
  /**
   * Writes the results of the chunk's cells that have rows.
   * @param out length cells × product of the field's trailing shape
   * @param rest as long as `out`, zeros; what these lack to 64-bit integers, when they may
   */
  fill(chunk: number, out: Float64Array, rest?: Int16Array): void;
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

/** The rows of a chunk as a field may see them. */
export function segmentsFor(
  { exact }: Pick<FieldComputation, "exact">,
  segments: CellSegments,
  exactFunctions: readonly string[],
): CellSegments {
  return exact ? segments : doublesAlone(segments, exactFunctions);
}

/** Results from all rows of the chunks at once. */
export function valuesOfRows(
  computation: FieldComputation,
  chunks: readonly CellSegments[],
  exactFunctions: readonly string[],
): FieldValues {
  const { bound, exact } = computation;
  const rows = (chunk: number) => segmentsFor(computation, chunks[chunk]!, exactFunctions);
  return "gather" in bound
    ? { payloads: (chunk) => bound.gather(rows(chunk)) }
    : {
        exact,
        beyond: chunks.some((chunk) => holdsBeyond(computation, chunk)),
        fill: (chunk, out, rest) => bound.aggregate(rows(chunk), out, rest),
      };
}

/** Whether a column that a field reads has an integer beyond ±2^53. */
export function holdsBeyond({ bound }: FieldComputation, { rest }: CellSegments): boolean {
  return rest !== undefined && bound.inputs.some((name) => rest(name) !== null);
}

/** Results from one state for each chunk. @param beyond whether their rows held integers beyond ±2^53 */
export function valuesOfStates(
  { bound, exact }: FieldComputation,
  states: readonly unknown[],
  beyond: boolean,
): FieldValues {
  if ("gather" in bound) {
    const partial = bound.partial as PartialRagged;
    return { payloads: (chunk) => partial.finish(states[chunk]) };
  }
  const partial = bound.partial as PartialDense;
  return { exact, beyond, fill: (chunk, out, rest) => partial.finish(states[chunk], out, rest) };
}
