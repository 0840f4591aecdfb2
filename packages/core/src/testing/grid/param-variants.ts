/** Parameters that differ from given ones in one value, as their schema lets them. */
import type { Json, JsonObject, JsonSchema } from "../../json.js";

/** What a schema says of one parameter, as far as other values of it can be guessed. */
interface Described {
  readonly enum?: readonly Json[];
  readonly type?: string;
  readonly anyOf?: readonly Described[];
  readonly default?: Json;
}

/**
 * Every parameter of an enumeration, a switch, a number or a list of numbers is changed, the others kept. What a schema does not say, such as
 * that two numbers go together, is for the factory to refuse.
 */
export function variantsOf(schema: JsonSchema, params: JsonObject): JsonObject[] {
  const properties =
    (schema as { readonly properties?: Readonly<Record<string, Described>> }).properties ?? {};
  return Object.entries(properties).flatMap(([name, described]) => {
    const value = params[name] ?? described.default;
    return otherValues(described, value)
      .filter((other) => JSON.stringify(other) !== JSON.stringify(value))
      .map((other) => ({ ...params, [name]: other }));
  });
}

function otherValues(described: Described, value: Json | undefined): Json[] {
  if (described.enum !== undefined) return [...described.enum];
  if (described.anyOf !== undefined) return described.anyOf.flatMap((one) => otherValues(one, value));
  if (described.type === "boolean") return [true, false];
  if (described.type === "integer" && typeof value === "number") return [value - 1, value + 1, 2 * value];
  if (described.type === "number" && typeof value === "number") return [value / 2, 2 * value];
  if (described.type === "array" && Array.isArray(value)) {
    const numbers = value as readonly Json[];
    return numbers.flatMap((item, i) =>
      typeof item === "number"
        ? [item + 1, 2 * item].map((other) => numbers.map((kept, k) => (k === i ? other : kept)))
        : [],
    );
  }
  return [];
}
