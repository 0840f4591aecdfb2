/** Values in messages. */

const MOST_CHARACTERS = 60;

/** The value as JSON, shortened. What is nested deeper than JSON can be written is told by its kind. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = jsonOf(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 3)}…` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `${Array.isArray(value) ? "a list" : "an object"} nested too deep`;
  }
}
