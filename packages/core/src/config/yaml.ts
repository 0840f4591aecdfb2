/** YAML 1.1 as PyYAML's safe loader reads it, with the position of every key. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";
import { ConfigError } from "../errors.js";
import type { Json } from "../json.js";
import { pyYamlTags } from "./yaml-scalars.js";

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

/** @throws ConfigError `CONFIG_YAML` with the position of the first syntax error */
export function parseYaml(text: string, file?: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.1",
    lineCounter: lines,
    customTags: pyYamlTags,
    logLevel: "silent",
  });
  // An unknown tag is a warning to the parser, which then drops it; PyYAML refuses it.
  const unknownTag = document.warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED");
  const [error] = [...document.errors, ...unknownTag];
  if (error !== undefined) throw syntaxError(error, file);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw syntaxError(cause as Error, file);
  }
  return { value: plain(value), position: (path) => positionOf(document, lines, path) };
}

/** Null-prototype and class objects to plain ones. */
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return (value ?? null) as Json;
}

function positionOf(document: Document, lines: LineCounter, path: readonly string[]): Position | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const segment of path) {
    const parent = isAlias(node) ? node.resolve(document) : node;
    let found: unknown;
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
      found = pair?.key;
      node = pair?.value;
    } else if (isSeq(parent)) {
      found = node = parent.items[Number(segment)];
    }
    const start = (found as Node | null | undefined)?.range?.[0];
    if (start === undefined) break;
    offset = start;
  }
  if (offset === undefined) return undefined;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
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
