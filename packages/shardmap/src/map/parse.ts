/** Reads the JSON form of a shard map, with its 64-bit integers intact. */
import type { JsonObject } from "@zagg/core";
import { readGranules } from "./granule-records.js";
import type { JsonSource } from "../json/json-bytes.js";
import { immutable, withText } from "../json/json-text.js";
import { malformed as malformedIn, type Malformed } from "./malformed.js";
import { createMemberReader, type MemberReader } from "../json/member-reader.js";
import { parseShardKeys } from "./shard-keys.js";
import { createShardMap, memberNames, type GranuleRecord, type ShardMap } from "./shard-map.js";

/** How {@link parseShardMap} reports. */
export interface ParseOptions {
  /** The name that errors carry. */
  readonly file?: string;
}

/** The members of a text, as far as they were read. */
interface Members {
  metadata?: JsonObject;
  gridSignature?: JsonObject | null;
  shardKeys?: BigUint64Array;
  granules?: readonly (readonly GranuleRecord[])[];
  readonly extras: [key: string, text: string][];
}

const OPEN_BRACE = 123;

/**
 * The shard map that a text holds: a string, its bytes in UTF-8, or those bytes in chunks, for a text beyond the longest
 * string; a chunk may be overwritten once the next one is asked for. Keys that do not ascend are sorted together with
 * their granules; an href that a record leaves out becomes null; unknown members are kept. Records of the same text are
 * one object.
 *
 * `JSON.parse` rounds integers beyond 2^53, so the text is walked once and each value is read in the way that loses
 * nothing. Cost is linear.
 * @throws ShardMapError `SHARDMAP_NOT_JSON`, `SHARDMAP_KEY_MISSING`, `SHARDMAP_MEMBER_TWICE`, `SHARDMAP_TYPE`,
 *   `SHARDMAP_LENGTHS`, `SHARDMAP_SHARD_KEY`, `SHARDMAP_UNSORTED`, `SHARDMAP_GRANULE`, `SHARDMAP_URL_LIST`
 */
export function parseShardMap(source: JsonSource, options: ParseOptions = {}): ShardMap {
  const malformed = malformedIn(options.file);
  const reader = createMemberReader(source, malformed.notJson);
  const { metadata = {}, gridSignature, shardKeys, granules, extras } = readMembers(reader, malformed);
  if (gridSignature === undefined) throw malformed.keyMissing("grid_signature");
  if (shardKeys === undefined) throw malformed.keyMissing("shard_keys");
  if (granules === undefined) throw malformed.keyMissing("granules");
  if (shardKeys.length !== granules.length) throw malformed.lengths(shardKeys.length, granules.length);
  const order = ascendingOrder(shardKeys, extras.length > 0, malformed);
  return createShardMap({
    metadata,
    gridSignature,
    shardKeys: order === undefined ? shardKeys : shardKeys.sort(),
    granules: order === undefined ? granules : Array.from(order, (index) => granules[index]!),
    extras: Object.fromEntries(extras),
  });
}

function readMembers(reader: MemberReader, malformed: Malformed): Members {
  const members: Members = { extras: [] };
  if (reader.peek() !== OPEN_BRACE) {
    const value = reader.value().json();
    reader.finish();
    throw malformed.type("the top level", "an object", value);
  }
  const seen = new Set<string>();
  reader.members((key, at) => {
    if (seen.has(key)) throw malformed.memberTwice(key, at);
    seen.add(key);
    switch (key as (typeof memberNames)[number]) {
      case "metadata":
        members.metadata = readObject(reader, key, malformed) ?? {};
        break;
      case "grid_signature":
        members.gridSignature = readObject(reader, key, malformed);
        break;
      case "shard_keys":
        members.shardKeys = readShardKeys(reader, malformed);
        break;
      case "granules":
        members.granules = readGranules(reader, malformed);
        break;
      default: {
        const value = reader.value();
        value.isPlain();
        members.extras.push([key, value.text()]);
      }
    }
  });
  reader.finish();
  return members;
}

function readObject(reader: MemberReader, key: string, malformed: Malformed): JsonObject | null {
  const value = reader.value();
  const object = value.json();
  if (object === null) return null;
  if (typeof object !== "object" || Array.isArray(object)) {
    throw malformed.type(key, "an object or null", object);
  }
  return value.isPlain() ? immutable(object as JsonObject) : withText(object as JsonObject, value.text());
}

function readShardKeys(reader: MemberReader, malformed: Malformed): BigUint64Array {
  const value = reader.value();
  value.isPlain();
  const text = value.text();
  if (!text.startsWith("[")) {
    throw malformed.type("shard_keys", "a list of unsigned 64-bit integers", value.json());
  }
  return parseShardKeys(text, 0, text.length, (index, spelling) => {
    throw malformed.shardKey(
      index,
      spelling,
      "shard keys are whole numbers from 0 to 2^64 - 1, in plain digits",
    );
  });
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
