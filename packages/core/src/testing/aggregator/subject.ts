/** The aggregator under test, bound and run as the engine does. */
import { Ajv, type AnySchema, type ValidateFunction } from "ajv";
import type { BoundField, FieldRequest, RaggedCells } from "../../aggregator.js";
import type { OutputField } from "../../fields.js";
import type { JsonObject } from "../../json.js";
import type { AggregatorContractOptions } from "./contract.js";
import {
  watchedSegments,
  within,
  type CellRows,
  type SegmentOptions,
  type WatchedSegments,
} from "./segments.js";
import { broken } from "../framework.js";
import { show } from "../values.js";

/** What an empty cell holds before a kernel runs. */
export const HELD = -999;

/** The numbers of each cell: what the output of a dense field holds, or the payload of a ragged one. */
export type CellResults = readonly Float64Array[];

export interface RunOptions extends Pick<SegmentOptions, "type" | "scratchOrder"> {
  readonly bound?: BoundField;
  /** What the output of a dense field holds before. */
  readonly held?: number;
}

export interface Subject {
  readonly options: AggregatorContractOptions;
  readonly columns: readonly string[];
  readonly source: string;
  /** Numbers of a cell of a dense field; of an element of a ragged one. */
  readonly width: number;
  /** Compiles the parameter schema. @throws when it does not compile */
  validator(): ValidateFunction;
  /** The parameters, defaulted and frozen. @throws when the schema refuses them */
  params(): JsonObject;
  request(change?: Partial<FieldRequest>): FieldRequest;
  bind(): BoundField;
  /** Cells as the engine hands them over. @param bound of whose inputs alone they are */
  segments(cells: CellRows, bound: BoundField, options?: SegmentOptions): WatchedSegments;
  /** What the kernel makes of cells; checks that it changes nothing but the output. */
  run(cells: CellRows, options?: RunOptions): CellResults;
  /** What partial results of so many cells finish as. */
  finish(partial: PartialResults, state: unknown, cells: number): CellResults;
  /** Whether a result is that of a cell without rows. */
  isUntouched(result: Float64Array): boolean;
  /** What is compared of a result where rounding may tell. */
  read(result: Float64Array): Float64Array;
}

export type PartialResults = NonNullable<BoundField["partial"]>;

export function createSubject(options: AggregatorContractOptions): Subject {
  const { aggregator, columns = ["value", "weight"] } = options;
  const source = columns[0] ?? "value";
  const field: OutputField = { ...scalarField, ...options.field };
  const isRagged = field.kind === "ragged";
  const shape = isRagged ? field.innerShape : field.trailingShape;
  const width = shape.reduce((product, extent) => product * extent, 1);
  const segments: Subject["segments"] = (cells, { inputs }, given) =>
    watchedSegments(columns, cells, inputs, { ...given, exact: aggregator.integers === "exact" });
  const validator = () =>
    new Ajv({ strict: true, allErrors: true, useDefaults: true, logger: false }).compile(
      structuredClone(aggregator.paramsSchema) as AnySchema,
    );
  let checked: JsonObject | undefined;
  const params = (): JsonObject => (checked ??= checkedParams());
  const checkedParams = (): JsonObject => {
    const draft = structuredClone(options.params ?? {}) as JsonObject;
    const check = validator();
    if (!check(draft)) broken(`its schema refuses ${show(options.params ?? {})}: ${show(check.errors)}`);
    return deepFreeze(draft);
  };
  const request = (change: Partial<FieldRequest> = {}): FieldRequest => ({
    field,
    source: aggregator.needsSource ? source : undefined,
    params: params(),
    columns: Object.freeze([...columns]),
    chunkValues: [],
    ...change,
  });
  const bind = () => aggregator.bind(request());
  const cellsOf = (out: Float64Array, cells: number): CellResults =>
    Array.from({ length: cells }, (_, cell) => out.subarray(cell * width, (cell + 1) * width));
  return {
    options,
    columns,
    source,
    width,
    validator,
    params,
    request,
    bind,
    segments,
    run(cells, { bound = bind(), held = HELD, ...given } = {}) {
      const watched = segments(cells, bound, given);
      if ("gather" in bound) {
        if (!isRagged) broken(`it binds a ${field.kind} field as a ragged one`);
        const found = bound.gather(watched.segments);
        watched.assertIntact();
        return payloadsOf(found, cells.length, width);
      }
      if (isRagged) broken("it binds a ragged field as a dense one");
      const out = within(Float64Array, new Float64Array(cells.length * width).fill(held));
      const around = () =>
        new Float64Array(out.buffer).filter(
          (_, i) => i * 8 < out.byteOffset || i * 8 >= out.byteOffset + out.byteLength,
        );
      const before = around();
      bound.aggregate(watched.segments, out);
      watched.assertIntact();
      if (show([...around()]) !== show([...before])) broken("it writes outside `out`");
      return cellsOf(out, cells.length);
    },
    finish(partial, state, cells) {
      const out = new Float64Array(isRagged ? 0 : cells * width).fill(HELD);
      const found = (partial.finish as (state: unknown, out: Float64Array) => RaggedCells | void)(state, out);
      return isRagged ? payloadsOf(found as RaggedCells, cells, width) : cellsOf(out, cells);
    },
    isUntouched: (result) => (isRagged ? result.length === 0 : result.every((value) => value === HELD)),
    read: (result) =>
      options.read === undefined || result.length === 0 ? result : Float64Array.from(options.read(result)),
  };
}

/** The payload of each cell; checks the offsets. */
function payloadsOf({ offsets, values }: RaggedCells, cells: number, width: number): CellResults {
  if (offsets.length !== cells + 1 || offsets[0] !== 0)
    broken(`the offsets of ${cells} cells are ${show([...offsets])}`);
  for (let cell = 0; cell < cells; cell++) {
    if (!(offsets[cell + 1]! >= offsets[cell]!)) broken(`the offsets do not ascend: ${show([...offsets])}`);
  }
  if (values.length !== offsets[cells]! * width)
    broken(`${values.length} numbers are given for ${offsets[cells]} elements of ${width}`);
  return Array.from({ length: cells }, (_, cell) =>
    Float64Array.from(values.subarray(offsets[cell]! * width, offsets[cell + 1]! * width)),
  );
}

const scalarField: OutputField = Object.freeze({
  name: "field",
  kind: "scalar",
  resolution: "cell",
  dtype: "float64",
  declaredDtype: "float64",
  fillValue: "NaN",
  trailingShape: [],
  innerShape: [],
  attributes: {},
});

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) deepFreeze(item);
    Object.freeze(value);
  }
  return value;
}
