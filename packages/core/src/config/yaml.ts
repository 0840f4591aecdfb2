/** YAML 1.1 as PyYAML's safe loader reads it, with the position of every key. */
import {
  isMap,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type ScalarTag,
  type Tags,
} from "yaml";
import { ConfigError } from "../errors.js";
import type { Json } from "../json.js";

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** A parsed file: plain JSON, and where each part of it stands. */
export interface ParsedYaml {
  readonly value: Json;
  /** Position of the value at a path, or of its key; of the nearest parent that has one otherwise. */
  position(path: readonly string[]): Position | undefined;
}

/** PyYAML wants a dot in the mantissa and a sign in the exponent; anything else is text. */
const EXPONENT_FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)[eE][-+][0-9]+$/;
const BOOLEANS: readonly (readonly [RegExp, boolean])[] = [
  [/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/, true],
  [/^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/, false],
];

/** @throws ConfigError `CONFIG_YAML` with the position of the first syntax error */
export function parseYaml(text: string, file?: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.1",
    lineCounter: lines,
    intAsBigInt: true,
    customTags: pyYamlTags,
    logLevel: "silent",
  });
  const [error] = document.errors;
  if (error !== undefined) throw syntaxError(error, file);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw syntaxError(cause as Error, file);
  }
  return { value: plain(value), position: (path) => positionOf(document, lines, path) };
}

function pyYamlTags(tags: Tags): Tags {
  return tags
    .filter((tag) => typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:timestamp")
    .map((tag) => {
      if (typeof tag === "string") return tag;
      const scalar = tag as ScalarTag;
      if (scalar.tag === "tag:yaml.org,2002:float" && scalar.format === "EXP") {
        return { ...scalar, test: EXPONENT_FLOAT };
      }
      if (scalar.tag === "tag:yaml.org,2002:bool") {
        const rule = BOOLEANS.find(([pattern]) =>
          pattern.test(scalar.test?.test("yes") === true ? "yes" : "no"),
        );
        return rule === undefined ? tag : { ...scalar, test: rule[0] };
      }
      return tag;
    });
}

/** BigInt to number where that is exact, else to its decimal text; null-prototype and class objects to plain ones. */
function plain(value: unknown): Json {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return (value ?? null) as Json;
}

function positionOf(document: Document, lines: LineCounter, path: readonly string[]): Position | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const parent =
      depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1).map(index), true);
    const key = path[depth - 1] as string;
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
      : undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, depth).map(index), true);
    const offset = (node as { range?: readonly number[] } | null | undefined)?.range?.[0];
    if (offset === undefined) continue;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  }
  return undefined;
}

function index(segment: string): string | number {
  return /^[0-9]+$/.test(segment) ? Number(segment) : segment;
}

function syntaxError(
  error: Error & { linePos?: readonly { line: number; col: number }[] },
  file?: string,
): ConfigError {
  const at = error.linePos?.[0];
  const place = [file, at?.line, at?.col].filter((part) => part !== undefined).join(":");
  return new ConfigError("CONFIG_YAML", {
    what: `${place === "" ? "the configuration" : place} is not YAML`,
    why: error.message.split("\n")[0]?.replace(/:$/, "") ?? "it cannot be parsed",
    mend: "correct the syntax there",
    ...(file === undefined ? {} : { path: file }),
    details: { file: file ?? null, line: at?.line ?? null, column: at?.col ?? null },
  });
}
