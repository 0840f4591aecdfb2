/** Writes the JSON form of a shard map. */
import { jsonText } from "../json/json-text.js";
import type { GranuleRecord, ShardMap } from "./shard-map.js";

/** Characters of a chunk, or a little more. */
const CHUNK_LENGTH = 2 ** 20;

/** Keys that are turned into text at once. */
const KEYS_AT_ONCE = 2 ** 14;

/** Texts of records that are remembered at once: a record stands in many shards. */
const REMEMBERED = 2 ** 18;

/**
 * The map as JSON: `metadata`, `grid_signature`, `shard_keys`, `granules`, then the extras, indented by two spaces,
 * ASCII only, without a line break at the end. What was read from a file of that form is written back byte for byte.
 * @throws RangeError when the text would exceed the longest string, about 512 MB; see {@link serializeShardMapChunks}
 */
export function serializeShardMap(map: ShardMap): string {
  return [...serializeShardMapChunks(map)].join("");
}

/** The text of {@link serializeShardMap} in chunks of about a million characters, for maps of any size. */
export function* serializeShardMapChunks(map: ShardMap): Generator<string, void> {
  let chunk = "";
  for (const piece of pieces(map)) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

function* pieces({
  metadata,
  gridSignature,
  shardKeys,
  granules,
  extras,
}: ShardMap): Generator<string, void> {
  yield `{\n  "metadata": ${jsonText(metadata, "  ")}`;
  yield `,\n  "grid_signature": ${jsonText(gridSignature, "  ")}`;
  yield `,\n  "shard_keys": `;
  yield* keysPieces(shardKeys);
  yield `,\n  "granules": `;
  yield* granulesPieces(granules);
  for (const [key, text] of Object.entries(extras)) yield `,\n  ${jsonText(key, "")}: ${text}`;
  yield "\n}";
}

function* keysPieces(keys: BigUint64Array): Generator<string, void> {
  if (keys.length === 0) return yield "[]";
  for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
    yield `${start === 0 ? "[" : ","}\n    ${keys.subarray(start, start + KEYS_AT_ONCE).join(",\n    ")}`;
  }
  yield "\n  ]";
}

function* granulesPieces(lists: ShardMap["granules"]): Generator<string, void> {
  if (lists.length === 0) return yield "[]";
  const textOfRecord = rememberingTexts();
  for (const [shard, records] of lists.entries()) {
    yield shard === 0 ? "[\n    " : ",\n    ";
    for (const [i, record] of records.entries()) {
      yield i === 0 ? "[\n      " : ",\n      ";
      yield textOfRecord(record);
    }
    yield records.length === 0 ? "[]" : "\n    ]";
  }
  yield "\n  ]";
}

/** A record's text where the lists of shards have it. */
function rememberingTexts(): (record: GranuleRecord) => string {
  const texts = new Map<GranuleRecord, string>();
  return (record) => {
    const known = texts.get(record);
    if (known !== undefined) return known;
    const text = jsonText(record, "      ");
    if (texts.size === REMEMBERED) texts.clear();
    texts.set(record, text);
    return text;
  };
}
