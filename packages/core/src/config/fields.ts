/** The output fields that a configuration declares. */
import { integerRange, isDType, isFloat, type DType } from "../dtype.js";
import { spellFillValue, type FillValue } from "../fill-value.js";
import type { FieldKind, OutputField, OutputFieldSet } from "../fields.js";
import type { JsonObject } from "../json.js";
import type { VariableConfig, ZaggConfig } from "./schema.js";

const DEFAULT_DTYPE: DType = "float32";

/** The output fields of a validated configuration, in its order. */
export function outputFields(config: ZaggConfig): OutputFieldSet {
  return Object.freeze(
    Object.entries(config.aggregation.variables).map(([name, variable]) => outputField(name, variable)),
  );
}

/** The fill value of a variable or coordinate; `undefined` when its dtype cannot hold what was declared. */
export function fillValueOf(
  declared: number | string | boolean | undefined,
  dtype: DType,
  isCount: boolean,
): FillValue | undefined {
  if (typeof declared === "boolean" && dtype !== "bool") return undefined;
  const given = typeof declared === "boolean" ? Number(declared) : declared;
  const value = given ?? (isCount || dtype === "bool" ? 0 : "NaN");
  const range = integerRange(dtype);
  if (range === undefined) return spellFillValue(Number(value));
  if (typeof value === "number" ? !Number.isInteger(value) : !/^-?[0-9]+$/.test(value)) return undefined;
  const exact = BigInt(value);
  if (exact < range[0] || exact > range[1]) return undefined;
  return spellFillValue(dtype === "bool" ? exact === 1n : exact);
}

/** Functions whose empty cell is 0 when no fill value is declared. */
export function isCountFunction(name: string | undefined): boolean {
  return name === "len" || name === "count";
}

function outputField(name: string, variable: VariableConfig): OutputField {
  const dtype = isDType(variable.dtype) ? variable.dtype : DEFAULT_DTYPE;
  const kind: FieldKind = variable.kind;
  return Object.freeze({
    name,
    kind,
    resolution: variable.resolution,
    dtype,
    declaredDtype: variable.dtype ?? null,
    fillValue:
      fillValueOf(variable.fill_value, dtype, isCountFunction(variable.function)) ??
      (isFloat(dtype) ? "NaN" : 0),
    trailingShape: kind === "vector" ? asShape(variable.trailing_shape) : [],
    innerShape: kind === "ragged" ? asShape(variable.inner_shape) : [],
    attributes: (variable.attrs ?? {}) as JsonObject,
  });
}

function asShape(shape: number | number[] | undefined): readonly number[] {
  return shape === undefined ? [] : typeof shape === "number" ? [shape] : shape;
}
