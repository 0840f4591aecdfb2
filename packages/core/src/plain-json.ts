/** Data made plain JSON, as a configuration file would have brought it. */
import type { Json } from "./json.js";
import { spellFillValue } from "./fill-value.js";

/**
 * A deep copy that JSON text gives back as it is. What JSON has no numbers for becomes text, as in YAML: `NaN`, infinities,
 * integers beyond 2^53. A negative zero is 0, but for a `fill_value`, where its sign is stored. Members that are undefined
 * are left out.
 * @throws TypeError for a function or a symbol
 */
export function plainJson(value: unknown, key = ""): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && value === 0 && key !== "fill_value") return 0;
  if (typeof value === "number" || typeof value === "bigint") return spellFillValue(value);
  if (Array.isArray(value)) return value.map((item) => plainJson(item));
  if (typeof value === "object") {
    const members = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(members.map(([name, item]) => [name, plainJson(item, name)]));
  }
  throw new TypeError(`${key === "" ? "a value" : key} is a ${typeof value}, which JSON cannot hold`);
}
