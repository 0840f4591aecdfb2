/** Reads the JSON form of a shard map, with its 64-bit integers intact. */
import type { Json, JsonObject } from "@zagg/core";
import { parseGranules } from "./granule-records.js";
import { JsonScanner, type JsonSpan, type OnFault } from "./json-scanner.js";
import { immutable, ownText, withText } from "./json-text.js";
import { malformed as malformedIn, type Malformed } from "./malformed.js";
import { parseShardKeys } from "./shard-keys.js";
import { createShardMap, memberNames, type ShardMap } from "./shard-map.js";

/** How {@link parseShardMap} reports. */
export interface ParseOptions {
  /** The name that errors carry. */
  readonly file?: string;
}

/**
 * The shard map that `text` holds. Keys that do not ascend are sorted together with their granules; an href that a
 * record leaves out becomes null; unknown members are kept.
 *
 * `JSON.parse` rounds integers beyond 2^53, so the text is scanned once for its top-level members and each is read in
 * the way that loses nothing. Cost is linear.
 * @throws ShardMapError `SHARDMAP_NOT_JSON`, `SHARDMAP_KEY_MISSING`, `SHARDMAP_TYPE`, `SHARDMAP_LENGTHS`,
 *   `SHARDMAP_SHARD_KEY`, `SHARDMAP_UNSORTED`, `SHARDMAP_GRANULE`, `SHARDMAP_URL_LIST`
 */
export function parseShardMap(text: string, options: ParseOptions = {}): ShardMap {
  const malformed = malformedIn(options.file);
  const fault: OnFault = (position, expected) => {
    throw malformed.notJson(text, position, expected);
  };
  const members = topLevelMembers(text, malformed, fault);
  const required = (key: string): JsonSpan => {
    const span = members.get(key);
    if (span === undefined) throw malformed.keyMissing(key);
    return span;
  };
  const signatureSpan = required("grid_signature");
  const keysSpan = required("shard_keys");
  const granulesSpan = required("granules");
  if (text[keysSpan.start] !== "[") {
    throw malformed.type("shard_keys", "a list of unsigned 64-bit integers", valueOf(text, keysSpan));
  }

  const keys = parseShardKeys(text, keysSpan.start, keysSpan.end, (index, spelling) => {
    throw malformed.shardKey(
      index,
      spelling,
      "shard keys are whole numbers from 0 to 2^64 - 1, in plain digits",
    );
  });
  const granules = parseGranules(text, granulesSpan, malformed, fault);
  if (keys.length !== granules.length) throw malformed.lengths(keys.length, granules.length);
  const extras = extrasOf(text, members);
  const order = ascendingOrder(keys, Object.keys(extras).length > 0, malformed);
  const metadataSpan = members.get("metadata");
  return createShardMap({
    metadata: (metadataSpan && objectOf(text, "metadata", metadataSpan, malformed)) ?? {},
    gridSignature: objectOf(text, "grid_signature", signatureSpan, malformed),
    shardKeys: order === undefined ? keys : keys.sort(),
    granules: order === undefined ? granules : Array.from(order, (index) => granules[index]!),
    extras,
  });
}

/** Where the members of the document stand; the last of equal keys counts, as everywhere in JSON. */
function topLevelMembers(text: string, malformed: Malformed, fault: OnFault): Map<string, JsonSpan> {
  const BYTE_ORDER_MARK = 0xfeff;
  const scanner = new JsonScanner(text, fault, text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0);
  const members = new Map<string, JsonSpan>();
  scanner.space();
  const start = scanner.at;
  const isObject = text[start] === "{";
  if (isObject) scanner.members(0, (key) => members.set(key, scanner.span(1)));
  else scanner.span();
  const end = scanner.at;
  scanner.space();
  if (scanner.at < text.length) fault(scanner.at, "the end of the text");
  if (!isObject) throw malformed.type("the top level", "an object", valueOf(text, { start, end }));
  return members;
}

function objectOf(text: string, key: string, span: JsonSpan, malformed: Malformed): JsonObject | null {
  const value = valueOf(text, span);
  if (value === null) return null;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw malformed.type(key, "an object or null", value);
  }
  const object = value as JsonObject;
  return span.plain ? immutable(object) : withText(object, ownText(text.slice(span.start, span.end)));
}

function extrasOf(text: string, members: ReadonlyMap<string, JsonSpan>): Record<string, string> {
  const others = [...members].filter(([key]) => !(memberNames as readonly string[]).includes(key));
  return Object.fromEntries(others.map(([key, span]) => [key, ownText(text.slice(span.start, span.end))]));
}

/** The order in which the keys ascend; undefined when they do already. */
function ascendingOrder(
  keys: BigUint64Array,
  isBound: boolean,
  malformed: Malformed,
): Uint32Array | undefined {
  const drop = keys.findIndex((key, index) => index > 0 && keys[index - 1]! > key);
  if (drop > 0 && isBound) throw malformed.unsorted(drop);
  const order = Uint32Array.from(keys, (_key, index) => index);
  if (drop > 0) order.sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
  for (let i = 1; i < order.length; i++) {
    const [before, after] = [order[i - 1]!, order[i]!];
    if (keys[before] === keys[after]) {
      throw malformed.shardKey(
        after,
        String(keys[after]),
        `shard_keys[${before}] is the same; a shard stands in the map once`,
      );
    }
  }
  return drop > 0 ? order : undefined;
}

function valueOf(text: string, span: Pick<JsonSpan, "start" | "end">): Json {
  return JSON.parse(text.slice(span.start, span.end)) as Json;
}
