/** Deep equality of JSON values. */
import type { Json } from "@zagg/core";

/** True when two values are the same JSON: numbers by value (10 is 10.0, -0 is 0), lists in order, objects in any order. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(
      ([key, value]) => Object.hasOwn(b, key) && sameJson(value as Json, (b as Record<string, Json>)[key]!),
    )
  );
}
