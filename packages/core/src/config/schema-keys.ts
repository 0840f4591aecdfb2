/** The keys that a schema lists. */
import type { JsonSchema } from "../json.js";

/** A key by its path, and what the schema says of its value. */
export interface SchemaKey {
  /** `*` stands for the keys of a mapping whose keys are the user's, and for the items of a list. */
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

/** Every key that a schema lists, in its order. Patterns of keys are no keys. */
export function schemaKeys(schema: JsonSchema, path: readonly string[] = []): readonly SchemaKey[] {
  const branches = [schema, ...((schema.oneOf ?? []) as readonly JsonSchema[])];
  return branches.flatMap(({ properties = {}, additionalProperties, items }) => [
    ...Object.entries(properties as Readonly<Record<string, JsonSchema>>).flatMap(([key, value]) => [
      { path: [...path, key], schema: value },
      ...schemaKeys(value, [...path, key]),
    ]),
    ...[additionalProperties, items]
      .filter((value) => typeof value === "object" && !Array.isArray(value))
      .flatMap((value) => schemaKeys(value as JsonSchema, [...path, "*"])),
  ]);
}
