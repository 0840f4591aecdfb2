/** Fields of metadata that another writer may have written: what is of another type is as if it were not there. */
import type { ExactJson } from "./exact-json.js";

export type Fields = { readonly [key: string]: ExactJson };

export function fieldsOf(value: ExactJson | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listOf(value: ExactJson | undefined): readonly ExactJson[] {
  return Array.isArray(value) ? (value as readonly ExactJson[]) : [];
}

/** The configuration of a codec, a chunk grid or a key encoding. */
export function configurationOf(value: ExactJson | undefined): Fields {
  return fieldsOf(fieldsOf(value)["configuration"]);
}

/** The name of one, which may stand alone. */
export function nameOf(value: ExactJson | undefined): string {
  return typeof value === "string" ? value : String(fieldsOf(value)["name"]);
}
