/** The granule lists of a shard map's text. */
import { ownText, textOf, withText } from "../json/json-text.js";
import type { Malformed } from "./malformed.js";
import type { MemberReader } from "../json/member-reader.js";
import { createRecordPool, type RecordPool } from "./record-pool.js";
import type { GranuleRecord } from "./shard-map.js";

type GranuleLists = readonly (readonly GranuleRecord[])[];

const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;
/** A key that JavaScript moves before the others of its object. */
const INDEX_KEY = /^(?:0|[1-9][0-9]*)$/;

/**
 * Reads and checks the lists that begin where the reader stands. Records of the same text become one object, which is
 * built once: in a map of an archive nearly all are.
 */
export function readGranules(reader: MemberReader, malformed: Malformed): GranuleLists {
  if (reader.peek() !== OPEN_BRACKET) throw malformed.type("granules", "a list", reader.value().json());
  const pool = createRecordPool();
  const lists: (readonly GranuleRecord[])[] = [];
  reader.elements(() => {
    const shard = lists.length;
    if (reader.peek() !== OPEN_BRACKET) {
      const list = reader.value().json();
      throw typeof list === "string"
        ? malformed.urlList(shard)
        : malformed.type(`granules[${shard}]`, "a list of records", list);
    }
    const records: GranuleRecord[] = [];
    reader.elements(() => records.push(readRecord(reader, pool, shard, records.length, malformed)));
    lists.push(records);
  });
  return lists;
}

function readRecord(
  reader: MemberReader,
  pool: RecordPool,
  shard: number,
  index: number,
  malformed: Malformed,
): GranuleRecord {
  const isObject = reader.peek() === OPEN_BRACE;
  const value = reader.value();
  const { bytes, start, stop, hash } = value;
  const known = isObject ? pool.find(bytes, start, stop, hash) : undefined;
  if (known !== undefined) return known;
  const json = value.json();
  if (!isRecord(json)) {
    if (typeof json === "string") throw malformed.urlList(shard);
    throw malformed.granule(shard, index, " is no object", "a granule is a record {id, s3, https}");
  }
  // JavaScript gives the keys that are whole numbers first.
  const keepsOrder = value.depth === 1 && !INDEX_KEY.test(Object.keys(json)[0] ?? "");
  const isPlain = (keepsOrder && !value.hasNumbers) || value.isPlain();
  const checked = checkRecord(
    isPlain ? json : withText(json, ownText(value.text())),
    shard,
    index,
    malformed,
  );
  pool.add(bytes, start, stop, hash, checked);
  return checked;
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function checkRecord(
  record: Record<string, unknown>,
  shard: number,
  index: number,
  malformed: Malformed,
): GranuleRecord {
  const { id, s3, https, file } = record;
  if (typeof id !== "string" || id === "") {
    throw malformed.granule(
      shard,
      index,
      id === undefined ? " has no id" : ".id is no text",
      "granules are known by their id",
    );
  }
  for (const [key, href] of [
    ["s3", s3],
    ["https", https],
    ["file", file],
  ] as const) {
    if (href !== undefined && href !== null && typeof href !== "string") {
      throw malformed.granule(shard, index, `.${key} is no text`, "an href is text or null");
    }
  }
  return s3 === undefined || https === undefined
    ? withHrefs(record as GranuleRecord)
    : (record as GranuleRecord);
}

/** The record with the hrefs it left out as null, in their usual place. */
function withHrefs(record: GranuleRecord): GranuleRecord {
  const { id, s3 = null, https = null, ...rest } = record;
  const completed: GranuleRecord = { id, s3, https, ...rest };
  const text = textOf(record);
  return text === undefined ? completed : withText(completed, text);
}
