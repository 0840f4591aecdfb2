/** The rows of a shard in blocks that fit a budget: each is added to the partial results of the fields, and let go. */
import { RunError, type BoundDense, type BoundRagged, type CellSegments } from "@zagg/core";
import { fieldPath, type FieldComputation } from "../../plan/bind-fields.js";
import { unknownChunkValue } from "./chunk-values.js";
import { failedField } from "./field-errors.js";
import type { RowSink } from "../read/read-granules.js";
import type { ShardRows } from "../shard-rows.js";
import { sortRows } from "./sorted-rows.js";

/**
 * Adds rows to the partial results once they are more than the budget.
 * @throws RunError `SHARD_MEMORY` when a field needs them all at once
 */
export interface RowFolding extends RowSink {
  /** Whether any rows have been let go. */
  readonly folded: boolean;
  /** Adds the last rows, and gives the fields what they are. */
  finish(rows: ShardRows): FoldedShard;
}

export interface FoldedShard {
  readonly fields: readonly FieldComputation[];
  /** One a chunk; their columns are gone, only which cells have rows is known. */
  readonly chunks: readonly CellSegments[];
  readonly rows: number;
  readonly populatedCells: number;
}

const MOST_ROWS = 2 ** 31 - 1;

type Partial = NonNullable<BoundDense["partial"]> | NonNullable<BoundRagged["partial"]>;

/** Names of the fields that need all rows of a shard at once. */
export function wholeFields(fields: readonly FieldComputation[]): readonly string[] {
  return fields
    .filter(({ bound }) => bound.partial === undefined || (bound.chunkInputs ?? []).length > 0)
    .map(({ field }) => field.name);
}

/**
 * @param cells canonical positions of a shard
 * @param chunkCells cells of a chunk; divides `cells`
 * @param budgetBytes of gathered rows
 */
export function foldRows(
  fields: readonly FieldComputation[],
  cells: number,
  chunkCells: number,
  budgetBytes: number,
): RowFolding {
  const chunkCount = cells / chunkCells;
  const whole = wholeFields(fields);
  const rowsOfCells = new Float64Array(cells);
  let states: readonly (readonly unknown[])[] | undefined;
  let total = 0;

  const add = (rows: ShardRows): void => {
    total += rows.length;
    const { chunks } = sortRows(rows, cells, chunkCells);
    const known = (states ??= fields.map(({ bound }) =>
      Array.from({ length: chunkCount }, () => (bound.partial as Partial).init(chunkCells)),
    ));
    for (const [i, segments] of chunks.entries()) {
      if (segments.rows === 0) continue;
      for (let cell = 0; cell < chunkCells; cell++) {
        const own = segments.offsets[cell + 1]! - segments.offsets[cell]!;
        rowsOfCells[i * chunkCells + cell]! += own;
      }
      for (const [f, { field, bound }] of fields.entries()) {
        try {
          (bound.partial as Partial).update(known[f]?.[i], segments);
        } catch (error) {
          throw failedField(field.name, fieldPath(field.name), error);
        }
      }
    }
  };

  return {
    get folded() {
      return states !== undefined;
    },
    relieve(rows) {
      if (rows.byteLength <= budgetBytes) return false;
      if (whole.length > 0) throw overBudget(whole, rows.byteLength, budgetBytes);
      add(rows);
      return true;
    },
    reset() {
      states = undefined;
      total = 0;
      rowsOfCells.fill(0);
    },
    finish(rows) {
      add(rows);
      const chunks = Array.from({ length: chunkCount }, (_, i) =>
        goneRows(rowsOfCells.subarray(i * chunkCells, (i + 1) * chunkCells)),
      );
      const place = new Map(chunks.map((chunk, i) => [chunk, i]));
      const stateOf = (f: number, segments: CellSegments): unknown =>
        states?.[f]?.[place.get(segments) ?? -1];
      return {
        fields: fields.map(({ field, bound }, f) => ({
          field,
          bound: finishing(bound, (chunk) => stateOf(f, chunk)),
        })),
        chunks,
        rows: total,
        populatedCells: rowsOfCells.reduce((sum, own) => sum + Math.min(own, 1), 0),
      };
    },
  };
}

/** A bound field that gives the finished partial results of a chunk. */
function finishing(
  { inputs, partial }: FieldComputation["bound"],
  stateOf: (chunk: CellSegments) => unknown,
): FieldComputation["bound"] {
  const finish = (partial as Partial).finish;
  return {
    inputs,
    aggregate: (chunk: CellSegments, out: Float64Array) =>
      (finish as (state: unknown, out: Float64Array) => void)(stateOf(chunk), out),
    gather: (chunk: CellSegments) =>
      (finish as NonNullable<BoundRagged["partial"]>["finish"])(stateOf(chunk)),
  };
}

/** Segments that say how many rows their cells had; as if each had one at most, when an Int32 cannot count all. */
function goneRows(rowsOfCells: Float64Array): CellSegments {
  const offsets = new Int32Array(rowsOfCells.length + 1);
  const most = rowsOfCells.reduce((sum, own) => sum + own, 0) <= MOST_ROWS ? MOST_ROWS : 1;
  for (const [cell, own] of rowsOfCells.entries()) offsets[cell + 1] = offsets[cell]! + Math.min(own, most);
  const gone = (name: string): never => {
    throw unknownChunkValue(name, []);
  };
  return {
    cells: rowsOfCells.length,
    rows: offsets[rowsOfCells.length]!,
    offsets,
    column: gone,
    scratch: gone,
    chunkValue: gone,
  };
}

function overBudget(whole: readonly string[], bytes: number, budgetBytes: number): RunError {
  return new RunError("SHARD_MEMORY", {
    what: `the rows of the shard take ${bytes} bytes and more`,
    why: `the budget is ${budgetBytes} bytes, and ${whole.map((name) => `"${name}"`).join(", ")} need all rows at once`,
    mend: "raise --memory, use smaller shards, or leave those fields out",
    details: { fields: [...whole], bytes, budget: budgetBytes },
  });
}
