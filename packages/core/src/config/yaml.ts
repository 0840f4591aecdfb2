/** YAML 1.1 as PyYAML's safe loader reads it, with the position of every key. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { ConfigError } from "../errors.js";
import type { Json } from "../json.js";
import { composeYaml, YamlLimit } from "./compose-yaml.js";
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

/**
 * Reads a file of one document. What is nested beyond any use, or made of references to itself, is refused before it costs time.
 * @throws ConfigError `CONFIG_YAML` with the position of the first syntax error, `CONFIG_LIMIT`
 */
export function parseYaml(text: string, file?: string): ParsedYaml {
  const lines = new LineCounter();
  const fail = (code: string, offset: number | undefined, why: string, mend: string): ConfigError => {
    const at = offset === undefined ? undefined : lines.linePos(offset);
    const place = [file, at?.line, at?.col].filter((part) => part !== undefined).join(":");
    const named = place === "" ? "the configuration" : place;
    return new ConfigError(code, {
      what: code === "CONFIG_LIMIT" ? `${named} is beyond what is read` : `${named} is not YAML`,
      why,
      mend,
      ...(file === undefined ? {} : { path: file }),
      details: { file: file ?? null, line: at?.line ?? null, column: at?.col ?? null },
    });
  };
  try {
    const { document, error } = composeYaml(text, lines, pyYamlTags);
    if (error !== null || document === null)
      throw fail("CONFIG_YAML", error?.offset, error?.why ?? "it ends early", "correct the syntax there");
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    const finder = createFinder(document);
    return {
      value: plain(value),
      position(path) {
        const offset = finder(path);
        if (offset === undefined) return undefined;
        const { line, col } = lines.linePos(offset);
        return { line, column: col };
      },
    };
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const why = (cause as Error).message;
    if (cause instanceof YamlLimit) throw fail("CONFIG_LIMIT", cause.offset, why, cause.mend);
    throw fail("CONFIG_YAML", undefined, why.split("\n")[0]!, "correct the syntax there");
  }
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

/** Where paths stand, as offsets in the text; each mapping is looked through once. */
function createFinder(document: Document): (path: readonly string[]) => number | undefined {
  const known = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairsOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    let pairs = known.get(map);
    if (pairs === undefined) {
      pairs = new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : "", pair]));
      known.set(map, pairs);
    }
    return pairs;
  };
  return (path) => {
    let node: unknown = document.contents;
    let offset: number | undefined;
    for (const segment of path) {
      const parent = isAlias(node) ? node.resolve(document) : node;
      let found: unknown;
      if (isMap(parent)) {
        const pair = pairsOf(parent).get(segment);
        found = pair?.key;
        node = pair?.value;
      } else if (isSeq(parent)) {
        found = node = parent.items[Number(segment)];
      }
      const start = (found as Node | null | undefined)?.range?.[0];
      if (start === undefined) break;
      offset = start;
    }
    return offset;
  };
}
