/** Types and filters in a word or two. */
import { FILTER, FILTER_NAMES } from "../format/filters/decode-chunk.js";
import type { Datatype } from "../format/messages/datatype.js";
import type { Filter } from "../format/messages/filter-pipeline.js";
import { numberForm, numberName } from "../format/values/number-form.js";

/** Such as `int16`, `text 8`, `record of 3`. Of numbers the dtype that they are read as. */
export function typeName(type: Datatype): string {
  switch (type.kind) {
    case "integer":
    case "float":
    case "enum": {
      const form = numberForm(type);
      const name = typeof form === "string" ? `${type.kind} of ${8 * type.size} bits` : numberName(form);
      return type.kind === "enum" ? `enum ${name}` : name;
    }
    case "text":
      return type.variable ? "text" : `text ${type.size}`;
    case "compound":
      return `record of ${type.members.length}`;
    case "array":
      return `${typeName(type.base)} [${type.shape.join(", ")}]`;
    case "sequence":
      return `list of ${typeName(type.base)}`;
    case "reference":
      return "reference";
    case "opaque":
    case "bitfield":
    case "time":
      return `${type.kind} ${type.size}`;
  }
}

/** Such as `gzip 6`. */
export function filterName({ id, name, parameters: [level] }: Filter): string {
  if (id === FILTER.deflate) return level === undefined ? "gzip" : `gzip ${level}`;
  return FILTER_NAMES[id] ?? (name === "" ? `filter ${id}` : name);
}
