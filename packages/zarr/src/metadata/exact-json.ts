/**
 * JSON with 64-bit integers intact, laid out as zarr-python lays it out: two spaces, ASCII only, floats with a point.
 * An array of 12·4^29 cells has 3458764513820540928 of them, which `JSON.stringify` would print as …541000.
 */
import type { Json } from "@zagg/core";

/** JSON in which an integer may exceed 2^53. */
export type ExactJson =
  | null
  | boolean
  | number
  | bigint
  | string
  | JsonFloat
  | readonly ExactJson[]
  | { readonly [key: string]: ExactJson };

/** A number that is printed as a float, even when it is whole: `0.0`, `-0.0`, `1e+30`. */
export class JsonFloat {
  constructor(readonly value: number) {}
}

const INTEGER_KEY = "\u0000integer";
const NON_FINITE_KEY = "\u0000float";
const TOKENS = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The text of a value. A whole number beyond 2^53 is printed digit by digit, so that it reads as the same double and as
 * the same 64-bit integer.
 * @throws RangeError for NaN and infinities, which JSON cannot hold
 */
export function formatJson(value: ExactJson, indent = ""): string {
  if (value === null || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return asciiText(value);
  if (value instanceof JsonFloat) return floatText(value.value);
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const members = isList
    ? (value as readonly ExactJson[]).map((member) => deeper + formatJson(member, deeper))
    : Object.entries(value).map(
        ([key, member]) => `${deeper}${asciiText(key)}: ${formatJson(member, deeper)}`,
      );
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  return members.length === 0 ? open + close : `${open}\n${members.join(",\n")}\n${indent}${close}`;
}

/**
 * Reads JSON: whole numbers beyond 2^53 come as bigint, and the `NaN` and `Infinity` that Python writes are understood.
 * @throws SyntaxError
 */
export function parseJson(text: string): ExactJson {
  const marked = text.replace(TOKENS, (token) => {
    if (token === "NaN" || token.endsWith("Infinity")) return `{"${escapedKey(NON_FINITE_KEY)}":"${token}"}`;
    const isUnsafe = /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));
    return isUnsafe ? `{"${escapedKey(INTEGER_KEY)}":"${token}"}` : token;
  });
  return JSON.parse(marked, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    const { [INTEGER_KEY]: integer, [NON_FINITE_KEY]: float } = value as Record<string, unknown>;
    if (typeof integer === "string") return BigInt(integer);
    return typeof float === "string" ? Number(float) : value;
  }) as ExactJson;
}

/** The value as plain JSON: integers beyond 2^53 become the nearest double. */
export function toPlainJson(value: ExactJson): Json {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof JsonFloat) return value.value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly ExactJson[]).map(toPlainJson);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPlainJson(member)]));
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`JSON cannot hold ${value}`);
  const isWide = Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 2 ** 64;
  return isWide ? BigInt(value).toString() : JSON.stringify(value);
}

/** As Python prints it: shortest digits, a point or an exponent, two digits of exponent. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`JSON cannot hold ${value}`);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = "", exponent = ""] = value.toExponential().split("e");
    return `${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, "0")}`;
  }
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

function asciiText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function escapedKey(key: string): string {
  return key.replace("\u0000", "\\u0000");
}
