/** The aggregator under test, bound as the engine binds it. */
import { Ajv, type AnySchema, type ValidateFunction } from "ajv";
import type { BoundDense, FieldRequest } from "../aggregator.js";
import type { OutputField } from "../fields.js";
import type { JsonObject } from "../json.js";
import type { AggregatorContractOptions } from "./aggregator.js";
import { watchedSegments, within, type CellRows, type ColumnType } from "./aggregator-segments.js";
import { broken } from "./framework.js";
import { show } from "./values.js";

/** What an empty cell holds before a kernel runs. */
export const HELD = -999;

export interface RunOptions {
  readonly bound?: BoundDense;
  readonly type?: ColumnType;
  readonly scratchOrder?: (row: number, rows: number) => number;
  /** What the output holds before. */
  readonly held?: number;
}

export interface Subject {
  readonly options: AggregatorContractOptions;
  readonly columns: readonly string[];
  readonly source: string;
  /** Numbers a cell. */
  readonly width: number;
  /** Compiles the parameter schema. @throws when it does not compile */
  validator(): ValidateFunction;
  /** The parameters, defaulted and frozen. @throws when the schema refuses them */
  params(): JsonObject;
  request(change?: Partial<FieldRequest>): FieldRequest;
  bind(): BoundDense;
  /** What the kernel makes of cells; checks that it changes nothing but the output. */
  run(cells: CellRows, options?: RunOptions): Float64Array;
}

export function createSubject(options: AggregatorContractOptions): Subject {
  const { aggregator, columns = ["value", "weight"] } = options;
  const source = columns[0] ?? "value";
  const field: OutputField = { ...scalarField, ...options.field };
  const width = field.trailingShape.reduce((product, extent) => product * extent, 1);
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
  const bind = () => aggregator.bind(request()) as BoundDense;
  return {
    options,
    columns,
    source,
    width,
    validator,
    params,
    request,
    bind,
    run(cells, { bound = bind(), type, scratchOrder, held = HELD } = {}) {
      const watched = watchedSegments(columns, cells, bound.inputs, type, scratchOrder);
      const out = within(Float64Array, new Float64Array(cells.length * width).fill(held));
      const around = () =>
        new Float64Array(out.buffer).filter(
          (_, i) => i * 8 < out.byteOffset || i * 8 >= out.byteOffset + out.byteLength,
        );
      const before = around();
      bound.aggregate(watched.segments, out);
      watched.assertIntact();
      if (show([...around()]) !== show([...before])) broken("it writes outside `out`");
      return out;
    },
  };
}

const scalarField: OutputField = Object.freeze({
  name: "field",
  kind: "scalar",
  resolution: "cell",
  dtype: "float64",
  declaredDtype: "float64",
  fillValue: NaN,
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
