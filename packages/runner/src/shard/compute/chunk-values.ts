/** What `chunk_precompute` makes: values that are computed once for each chunk, from all its rows, and that the chunk's fields read. */
import {
  PluginError,
  allocate,
  type CellSegments,
  type ChunkValue,
  type Column,
  type DType,
} from "@zagg/core";
import type { ChunkComputation } from "../../plan/bind-chunk-values.js";
import { doublesAlone } from "./doubles-alone.js";
import { failedField } from "./field-errors.js";

/**
 * Chunks that give the values of `computations` by name. A chunk without rows has none: nothing is computed in it.
 * @throws RunError `FIELD_FAILED`, or the aggregator's own coded error, told with the name of the value
 */
export function withChunkValues(
  chunks: readonly CellSegments[],
  computations: readonly ChunkComputation[],
  exactFunctions: readonly string[],
): readonly CellSegments[] {
  if (computations.length === 0) return chunks;
  return chunks.map((chunk) => {
    if (chunk.rows === 0) return chunk;
    // A value is of doubles, whatever makes it.
    const pooled = asOneCell(doublesAlone(chunk, exactFunctions));
    const values = new Map(computations.map((one) => [one.name, computed(one, pooled)]));
    return {
      ...chunk,
      chunkValue(name) {
        const value = values.get(name);
        if (value === undefined) throw unknownChunkValue(name, [...values.keys()]);
        return value;
      },
    };
  });
}

function computed({ name, path, bound, dtype }: ChunkComputation, pooled: CellSegments): ChunkValue {
  try {
    const value = bound.compute(pooled);
    return dtype === null || value.dtype === dtype ? value : castValue(value, dtype);
  } catch (error) {
    throw failedField(name, path, error);
  }
}

/** The rows of a chunk as one cell, with a scratch of its own: that of the chunk keeps to its cells. */
function asOneCell(chunk: CellSegments): CellSegments {
  const scratches = new Map<string, Float32Array | Float64Array>();
  return {
    cells: 1,
    rows: chunk.rows,
    offsets: Int32Array.of(0, chunk.rows),
    column: chunk.column,
    scratch(name) {
      const known = scratches.get(name);
      if (known !== undefined) return known;
      const values = chunk.column(name);
      const scratch = values instanceof Float32Array ? values.slice() : new Float64Array(values);
      scratches.set(name, scratch);
      return scratch;
    },
    chunkValue: (name) => {
      throw unknownChunkValue(name, []);
    },
  };
}

/** Cast as NumPy's `astype` does; NaN and infinities become 0 in integers, 64-bit integers stay doubles. */
function castValue({ shape, data }: ChunkValue, dtype: DType): ChunkValue {
  const isWide = dtype === "int64" || dtype === "uint64";
  const cast = (isWide ? new Float64Array(data.length) : allocate(dtype, data.length)) as Column;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (dtype === "bool") cast[i] = value === 0 ? 0 : 1;
    else if (dtype === "float32" || dtype === "float64") cast[i] = value;
    else cast[i] = Number.isFinite(value) ? Math.trunc(value) : 0;
  }
  return { dtype, shape, data: cast };
}

export function unknownChunkValue(name: string, known: readonly string[]): PluginError {
  return new PluginError("COLUMN_UNKNOWN", {
    what: `an aggregator reads the chunk value "${name}"`,
    why: known.length === 0 ? "there is none here" : `those kept for it are ${known.join(", ")}`,
    mend: "list every chunk value that is read in the bound field's `chunkInputs`",
    details: { column: name },
  });
}
