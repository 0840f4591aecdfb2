/** The output fields of a run, and their signature. */
import type { DType } from "./dtype.js";
import type { FillValue } from "./fill-value.js";
import type { JsonObject } from "./json.js";

export type FieldKind = "scalar" | "vector" | "ragged";

/** One output field: one stored array. */
export interface OutputField {
  readonly name: string;
  readonly kind: FieldKind;
  /** `cell`: a value per cell; `chunk`: a value per chunk. */
  readonly resolution: "cell" | "chunk";
  /** Element type of the stored array. */
  readonly dtype: DType;
  /** The dtype as the config spells it; null when it left it out. The signature carries this one. */
  readonly declaredDtype: string | null;
  readonly fillValue: FillValue;
  /** Vector fields: the shape of one cell's value; else empty. */
  readonly trailingShape: readonly number[];
  /** Ragged fields: the shape of one element; else empty. */
  readonly innerShape: readonly number[];
  /** Attributes of the stored array: `units`, `long_name`, provenance. */
  readonly attributes: JsonObject;
}

/** The output fields of a run, in the order of the config. */
export type OutputFieldSet = readonly OutputField[];

/** What the signature says of one field. Keys in this order. */
export interface OutputFieldSignature extends JsonObject {
  readonly name: string;
  readonly kind: FieldKind;
  readonly trailing_shape: readonly number[];
  readonly inner_shape: readonly number[];
  readonly dtype: string | null;
}

/**
 * The signature of a field set: one entry per field, sorted by name in code point order. Resolution, fill value,
 * function and parameters do not appear, nor does the float32 default of an undeclared dtype.
 */
export function outputFieldSignature(fields: OutputFieldSet): readonly OutputFieldSignature[] {
  return [...fields]
    .sort((a, b) => compareCodePoints(a.name, b.name))
    .map((field) => ({
      name: field.name,
      kind: field.kind,
      trailing_shape: field.kind === "vector" ? [...field.trailingShape] : [],
      inner_shape: field.kind === "ragged" ? [...field.innerShape] : [],
      dtype: field.declaredDtype,
    }));
}

/** True when two field sets have equal signatures. */
export function sameOutputFields(a: OutputFieldSet, b: OutputFieldSet): boolean {
  return JSON.stringify(outputFieldSignature(a)) === JSON.stringify(outputFieldSignature(b));
}

/** Code point order, which is not the UTF-16 order of `<` for astral characters. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a, (character) => character.codePointAt(0) ?? 0);
  const right = Array.from(b, (character) => character.codePointAt(0) ?? 0);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
