/** The rows of a shard in blocks that fit a budget: each is added to the partial results of the fields, and let go. */
import { RunError, type BoundField, type Warning } from "@zagg/core";
import { fieldPath, type FieldComputation } from "../../plan/bind-fields.js";
import { failedField } from "./field-errors.js";
import {
  holdsBeyond,
  segmentsFor,
  valuesOfStates,
  type ChunkCells,
  type ShardValues,
} from "./field-values.js";
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
  /** Adds the last rows, and gives the results. */
  finish(rows: ShardRows): FoldedShard;
}

export interface FoldedShard extends ShardValues {
  /** `MEMORY_STATES` when the partial results alone took more than the budget. */
  readonly warnings: readonly Warning[];
}

const MOST_ROWS = 2 ** 31 - 1;

type Partial = NonNullable<BoundField["partial"]>;

/** Names of the fields that need all rows of a shard at once. */
export function wholeFields(fields: readonly FieldComputation[]): readonly string[] {
  return fields
    .filter(({ bound }) => bound.partial === undefined || (bound.chunkInputs ?? []).length > 0)
    .map(({ field }) => field.name);
}

/**
 * @param cells canonical positions of a shard
 * @param chunkCells cells of a chunk; divides `cells`
 * @param budgetBytes of gathered rows; told when the states take more
 * @param exactFunctions names of the aggregators that take 64-bit integers exactly, for messages
 */
export function foldRows(
  fields: readonly FieldComputation[],
  cells: number,
  chunkCells: number,
  budgetBytes: number,
  exactFunctions: readonly string[],
): RowFolding {
  const chunkCount = cells / chunkCells;
  const whole = wholeFields(fields);
  const rowsOfCells = new Float64Array(cells);
  const partials = fields.map(({ bound }) => bound.partial as Partial);
  /** One state for each field and chunk, once rows have been let go. */
  let states: readonly (readonly unknown[])[] | undefined;
  let total = 0;
  /** Bytes of the states; no longer measured once they are more than the budget. */
  let stateBytes = 0;
  /** Fields that were given integers beyond ±2^53. */
  const beyond = new Set<FieldComputation>();

  const add = (rows: ShardRows): void => {
    total += rows.length;
    const { chunks } = sortRows(rows, cells, chunkCells);
    states ??= partials.map((partial) => Array.from({ length: chunkCount }, () => partial.init(chunkCells)));
    for (const [i, segments] of chunks.entries()) {
      if (segments.rows === 0) continue;
      for (let cell = 0; cell < chunkCells; cell++) {
        const own = segments.offsets[cell + 1]! - segments.offsets[cell]!;
        rowsOfCells[i * chunkCells + cell]! += own;
      }
      for (const [f, computation] of fields.entries()) {
        const { name } = computation.field;
        if (holdsBeyond(computation, segments)) beyond.add(computation);
        try {
          partials[f]!.update(states[f]![i], segmentsFor(computation, segments, exactFunctions));
        } catch (error) {
          throw failedField(name, fieldPath(name), error);
        }
      }
    }
    if (stateBytes <= budgetBytes) stateBytes = bytesOf(partials, states);
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
      [total, stateBytes] = [0, 0];
      beyond.clear();
      rowsOfCells.fill(0);
    },
    finish(rows) {
      add(rows);
      return {
        rows: total,
        populatedCells: rowsOfCells.reduce((sum, own) => sum + Math.min(own, 1), 0),
        chunks: Array.from({ length: chunkCount }, (_, i) =>
          countedCells(rowsOfCells.subarray(i * chunkCells, (i + 1) * chunkCells)),
        ),
        fields: fields.map((computation, f) => ({
          field: computation.field,
          values: valuesOfStates(computation, states?.[f] ?? [], beyond.has(computation)),
        })),
        warnings: stateBytes > budgetBytes ? [statesOverBudget(stateBytes, budgetBytes)] : [],
      };
    },
  };
}

function bytesOf(partials: readonly Partial[], states: readonly (readonly unknown[])[]): number {
  let sum = 0;
  for (const [f, partial] of partials.entries()) for (const state of states[f]!) sum += partial.bytes(state);
  return sum;
}

/** How many rows the cells had; as if each had one at most, when an Int32 cannot count all. */
function countedCells(rowsOfCells: Float64Array): ChunkCells {
  const offsets = new Int32Array(rowsOfCells.length + 1);
  const most = rowsOfCells.reduce((sum, own) => sum + own, 0) <= MOST_ROWS ? MOST_ROWS : 1;
  for (const [cell, own] of rowsOfCells.entries()) offsets[cell + 1] = offsets[cell]! + Math.min(own, most);
  return { cells: rowsOfCells.length, rows: offsets[rowsOfCells.length]!, offsets };
}

function statesOverBudget(bytes: number, budgetBytes: number): Warning {
  return {
    code: "MEMORY_STATES",
    what: `the partial results of the shard take ${bytes} bytes and more`,
    why: `the budget of ${budgetBytes} bytes bounds the rows that are held, and the partial results stand beside them`,
    mend: "raise --memory, use smaller shards, or ask for fewer or smaller sketches",
    details: { bytes, budget: budgetBytes },
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
