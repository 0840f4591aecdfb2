/** A ragged field of a shard: the payloads of its chunks put together. */
import { PluginError, allocate, type OutputField, type RaggedBlock, type RaggedCells } from "@zagg/core";
import { castAll } from "../../kernels/cast.js";
import { fieldPath } from "../../plan/bind-fields.js";
import { failedField, notUniform, valueRange } from "./field-errors.js";
import type { ChunkCells, RaggedValues } from "./field-values.js";
import { same, show } from "./uniform-value.js";

/** @throws RunError, PluginError as `computeField`; `AGGREGATOR_RESULT` for payloads that do not fit */
export function computeRagged(
  field: OutputField,
  results: RaggedValues,
  chunks: readonly ChunkCells[],
): RaggedBlock {
  const path = fieldPath(field.name);
  const numbersEach = field.innerShape.reduce((product, extent) => product * extent, 1);
  const payloads = chunks.map((chunk, i): RaggedCells => {
    if (chunk.rows === 0) return emptyCells(field.resolution === "chunk" ? 1 : chunk.cells);
    const cells = checked(field, path, () => results.payloads(i), chunk, numbersEach);
    return field.resolution === "chunk" ? uniformPayload(field, path, cells, chunk, numbersEach) : cells;
  });
  return joined(field, path, payloads, numbersEach);
}

/** Payloads that fit their offsets. */
function checked(
  { name }: OutputField,
  path: string,
  gather: () => RaggedCells,
  chunk: ChunkCells,
  numbersEach: number,
): RaggedCells {
  let cells: RaggedCells;
  try {
    cells = gather();
  } catch (error) {
    throw failedField(name, path, error);
  }
  const { offsets, values } = cells;
  const elements = offsets[chunk.cells];
  if (
    offsets.length === chunk.cells + 1 &&
    offsets[0] === 0 &&
    values.length === (elements ?? -1) * numbersEach
  )
    return cells;
  throw new PluginError("AGGREGATOR_RESULT", {
    path,
    what: `the field "${name}": ${offsets.length} offsets up to ${elements} for ${values.length} numbers`,
    why: `${chunk.cells} cells need one offset more, and an element has ${numbersEach} numbers`,
    mend: "report it to the authors of the aggregator; the kit of @zagg/core/testing shows it",
    details: { field: name },
  });
}

/** Payloads back to back in the dtype of the field. */
function joined(
  { name, dtype }: OutputField,
  path: string,
  payloads: readonly RaggedCells[],
  numbersEach: number,
): RaggedBlock {
  const cells = payloads.reduce((sum, { offsets }) => sum + offsets.length - 1, 0);
  const offsets = new Int32Array(cells + 1);
  let cell = 0;
  for (const part of payloads) {
    const base = offsets[cell]!;
    for (let i = 1; i < part.offsets.length; i++) offsets[cell + i] = base + part.offsets[i]!;
    cell += part.offsets.length - 1;
  }
  const values = allocate(dtype, offsets[cells]! * numbersEach);
  let at = 0;
  for (const part of payloads) {
    const broken = castAll(dtype, part.values, values, at);
    if (broken >= 0) throw valueRange(name, path, dtype, String(part.values[broken]), "in a cell's payload");
    at += part.values.length;
  }
  return { offsets, values };
}

/** The payload that all cells of a chunk with one agree on; none when no cell has one. @throws RunError `FIELD_NOT_CHUNK_UNIFORM` */
function uniformPayload(
  { name }: OutputField,
  path: string,
  { offsets, values }: RaggedCells,
  { cells }: ChunkCells,
  numbersEach: number,
): RaggedCells {
  let first: RaggedCells["values"] | undefined;
  for (let cell = 0; cell < cells; cell++) {
    const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
    if (start === stop) continue;
    const own = values.subarray(start * numbersEach, stop * numbersEach);
    if (first === undefined) first = own;
    else if (!same(first, own)) throw notUniform(name, path, [show(first), show(own)]);
  }
  const payload = first ?? values.subarray(0, 0);
  return { offsets: Int32Array.of(0, payload.length / numbersEach), values: payload };
}

function emptyCells(cells: number): RaggedCells {
  return { offsets: new Int32Array(cells + 1), values: new Float64Array(0) };
}
