/** Plain JSON values: what signatures, parameters, jobs and metadata are made of. */
import type { FromSchema as FromJsonSchema, JSONSchema } from "json-schema-to-ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A JSON Schema (draft 7), written `as const satisfies JsonSchema` so that {@link FromSchema} can derive its type. */
export type JsonSchema = Exclude<JSONSchema, boolean>;

/** The TypeScript type of the values that a schema admits. */
export type FromSchema<S extends JsonSchema> = FromJsonSchema<S>;
