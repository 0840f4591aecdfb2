/** Aggregators from plain functions of one cell. */
import type { AggregatorPlugin, CellSegments, FieldRequest, MergeLaw, RaggedCells } from "./aggregator.js";
import type { Column } from "./dtype.js";
import { ConfigError, PluginError } from "./errors.js";
import type { FieldKind, OutputField } from "./fields.js";
import type { JsonObject, JsonSchema } from "./json.js";
import { didYouMean } from "./suggest.js";

/** What {@link perCell} needs to know of a plain function. */
export interface PerCellSpec<P = JsonObject> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly description: string;
  /** `["scalar"]` when left out. */
  readonly kinds?: readonly FieldKind[];
  /** None when left out. */
  readonly paramsSchema?: JsonSchema;
  /** Columns beside the source, which parameters name. */
  columns?(params: P): readonly string[];
}

/** What a plain function may read of a cell beside the values of the source. */
export interface CellRows<P> {
  readonly params: P;
  readonly field: OutputField;
  /** Another column's values, parallel to those of the source. Read only. */
  column(name: string): Column;
}

const noParams = {
  type: "object",
  additionalProperties: false,
  properties: {},
} as const satisfies JsonSchema;
const noMerge: MergeLaw = { law: "none" };

/**
 * Lifts a plain function of one cell's values (never empty, read only) to an aggregator: a number for a scalar field, as
 * many as the field has for a vector field, any whole number of elements for a ragged one.
 *
 * @example
 * export const range = perCell({ name: "range", description: "Largest less smallest." }, (values) => {
 *   let low = Infinity, high = -Infinity;
 *   for (const value of values) { if (value < low) low = value; if (value > high) high = value; }
 *   return high - low;
 * });
 * @throws ConfigError `AGGREGATOR_SOURCE` when bound to a column that there is not
 * @throws PluginError `AGGREGATOR_RESULT` when the function gives more or fewer numbers than the field has
 */
export function perCell<P = JsonObject>(
  spec: PerCellSpec<P>,
  compute: (values: Column, cell: CellRows<P>) => number | ArrayLike<number>,
): AggregatorPlugin<P> {
  return {
    kind: "aggregator",
    apiVersion: 2,
    name: spec.name,
    aliases: spec.aliases ?? [],
    description: spec.description,
    paramsSchema: spec.paramsSchema ?? noParams,
    kinds: spec.kinds ?? ["scalar"],
    needsSource: true,
    mergeLaw: noMerge,
    bind(request) {
      const { field, params } = request;
      const source = knownColumn(request, request.source, "source");
      const others = (spec.columns?.(params) ?? []).map((name) => knownColumn(request, name, "params"));
      const inputs = [...new Set([source, ...others])];
      const width = (field.kind === "ragged" ? field.innerShape : field.trailingShape).reduce(
        (product, extent) => product * extent,
        1,
      );
      const valueOf = (segments: CellSegments, start: number, stop: number): ArrayLike<number> => {
        const column = (name: string) => segments.column(name).subarray(start, stop);
        const value = compute(column(source), { params, field, column });
        const numbers = typeof value === "number" ? [value] : value;
        if (field.kind === "ragged" ? numbers.length % width === 0 : numbers.length === width) return numbers;
        throw wrongLength(spec.name, field, numbers.length, width);
      };
      if (field.kind === "ragged")
        return { inputs, gather: (segments) => gathered(segments, valueOf, width) };
      return {
        inputs,
        aggregate(segments, out) {
          forEachCell(segments, (cell, start, stop) => out.set(valueOf(segments, start, stop), cell * width));
        },
      };
    },
  };
}

function forEachCell(
  { cells, offsets }: CellSegments,
  visit: (cell: number, start: number, stop: number) => void,
): void {
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]!;
    const stop = offsets[cell + 1]!;
    if (stop > start) visit(cell, start, stop);
  }
}

function gathered(
  segments: CellSegments,
  valueOf: (segments: CellSegments, start: number, stop: number) => ArrayLike<number>,
  width: number,
): RaggedCells {
  const payloads: ArrayLike<number>[] = [];
  const counts = new Int32Array(segments.cells);
  forEachCell(segments, (cell, start, stop) => {
    const numbers = valueOf(segments, start, stop);
    payloads.push(numbers);
    counts[cell] = numbers.length / width;
  });
  const offsets = new Int32Array(segments.cells + 1);
  for (const [cell, count] of counts.entries()) offsets[cell + 1] = offsets[cell]! + count;
  const values = new Float64Array(offsets[segments.cells]! * width);
  let at = 0;
  for (const numbers of payloads) {
    values.set(numbers, at);
    at += numbers.length;
  }
  return { offsets, values };
}

function knownColumn(
  { field, columns }: Pick<FieldRequest, "field" | "columns">,
  name: string | undefined,
  key: string,
): string {
  if (name !== undefined && columns.includes(name)) return name;
  throw new ConfigError("AGGREGATOR_SOURCE", {
    path: `/aggregation/variables/${field.name}/${key}`,
    what:
      name === undefined
        ? `the field "${field.name}" names no column`
        : `the field "${field.name}" reads the column "${name}"`,
    why: `the columns are ${columns.join(", ")}`,
    mend: (name === undefined ? undefined : didYouMean(name, columns)) ?? "name one of them",
    details: { field: field.name, source: name ?? null, columns: [...columns] },
  });
}

function wrongLength(name: string, field: OutputField, length: number, width: number): PluginError {
  return new PluginError("AGGREGATOR_RESULT", {
    path: `/aggregation/variables/${field.name}`,
    what: `the function of "${name}" gives ${length} numbers`,
    why: `the ${field.kind} field "${field.name}" takes ${field.kind === "ragged" ? "a multiple of " : ""}${width}`,
    mend: "return as many, or declare the shape that it gives",
    details: { field: field.name, length, expected: width },
  });
}
