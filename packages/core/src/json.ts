/** Plain JSON values: what signatures, parameters, jobs and metadata are made of. */
import type { FromSchema as FromJsonSchema, JSONSchema } from "json-schema-to-ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a type whose values are JSON whatever they hold; false for one with a bigint, a function or an unknown in it. */
export type IsJson<T> = unknown extends T
  ? false
  : T extends Json
    ? true
    : T extends bigint | symbol | undefined | ((...args: never) => unknown)
      ? false
      : T extends readonly (infer Item)[]
        ? IsJson<Item>
        : false extends { [Key in keyof T]-?: IsJson<Exclude<T[Key], undefined>> }[keyof T]
          ? false
          : true;

/** A JSON Schema (draft 7), written `as const satisfies JsonSchema` so that {@link FromSchema} can derive its type. */
export type JsonSchema = Exclude<JSONSchema, boolean>;

/** The TypeScript type of the values that a schema admits. */
export type FromSchema<S extends JsonSchema> = FromJsonSchema<S>;
