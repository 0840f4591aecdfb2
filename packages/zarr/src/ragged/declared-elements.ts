/** What the attributes of a ragged array say of its bytes. Normative: docs/spec/ragged.md. */
import { isDType, type DType } from "@zagg/core";
import { parseJson, type ExactJson } from "../metadata/exact-json.js";
import { fieldsOf } from "../metadata/metadata-fields.js";
import { RAGGED_SPEC } from "../metadata/metadata.js";

/** What the bytes of a payload are, for an array whose attributes do not say so. */
export interface RaggedElements {
  readonly dtype: DType;
  /** Shape of one element; empty for single numbers. */
  readonly innerShape: readonly number[];
}

/** The version before had an object where this one has text. */
const OF_OBJECTS = "zagg-ragged/1";

/** The elements that attributes declare; undefined when they declare none, or in a way that is not known. */
export function declaredElements(attributes: ExactJson | undefined): RaggedElements | undefined {
  const given = fieldsOf(attributes)["ragged"];
  const isText = typeof given === "string";
  const { spec, dtype, inner_shape: innerShape, endian, order } = fieldsOf(isText ? parsed(given) : given);
  if (spec !== (isText ? RAGGED_SPEC : OF_OBJECTS) || endian !== "little" || order !== "C") return undefined;
  if (!isDType(dtype) || !isShape(innerShape)) return undefined;
  return { dtype, innerShape };
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((extent) => Number.isSafeInteger(extent) && Number(extent) >= 0);
}

function parsed(text: string): ExactJson {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
