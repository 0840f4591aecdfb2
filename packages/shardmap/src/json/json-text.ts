/** JSON text that keeps the spelling it was read with, and is otherwise written the way Python's `json.dumps` does. */
import type { Json } from "@zagg/core";

const TEXT = Symbol("json text");

/**
 * Ties the text that an object was parsed from to the object and freezes it, because its numbers would be written
 * differently from their values (`10.0`, integers beyond 2^53). A copy of the object does not inherit the text.
 */
export function withText<T extends object>(value: T, text: string): T {
  Object.defineProperty(value, TEXT, { value: text, enumerable: false });
  return freezeDeep(value);
}

/** The text that {@link withText} tied to a value. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? (value as { [TEXT]?: string })[TEXT] : undefined;
}

/** JSON text with an indentation of two spaces, ASCII only; `indent` is that of the line it starts on. */
export function jsonText(value: unknown, indent: string): string {
  const kept = textOf(value);
  if (kept !== undefined) return kept;
  // Strings hold no raw line breaks in JSON, so every one of them is layout.
  return ascii(JSON.stringify(value, null, 2)).replaceAll("\n", `\n${indent}`);
}

/** One line of JSON with a space after commas and colons, for messages. */
export function jsonLine(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(jsonLine).join(", ")}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${jsonLine(member)}`);
  return `{${members.join(", ")}}`;
}

/** Text of its own memory: a slice would keep the whole file alive. */
export function ownText(slice: string): string {
  return JSON.parse(JSON.stringify(slice)) as string;
}

/** The value, frozen to its leaves; what is not frozen yet is copied first. */
export function immutable<T>(value: T): T {
  return Object.isFrozen(value) ? value : freezeDeep(structuredClone(value));
}

function freezeDeep<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(freezeDeep);
    Object.freeze(value);
  }
  return value;
}

function ascii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
