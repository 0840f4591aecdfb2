/** The granule lists of a shard map's text. */
import { JsonScanner, type JsonSpan, type OnFault } from "./json-scanner.js";
import { ownText, textOf, withText } from "./json-text.js";
import type { Malformed } from "./malformed.js";
import type { GranuleRecord } from "./shard-map.js";

type GranuleLists = readonly (readonly GranuleRecord[])[];

/** Parses and checks the lists that stand in `span`. */
export function parseGranules(
  text: string,
  span: JsonSpan,
  malformed: Malformed,
  fault: OnFault,
): GranuleLists {
  const lists = span.plain
    ? (JSON.parse(text.slice(span.start, span.end)) as unknown)
    : parseKeepingText(text, span, fault);
  if (!Array.isArray(lists)) throw malformed.type("granules", "a list", lists);
  return lists.map((list: unknown, shard) => {
    if (typeof list === "string") throw malformed.urlList(shard);
    if (!Array.isArray(list)) throw malformed.type(`granules[${shard}]`, "a list of records", list);
    return list.map((record: unknown, index) => checkRecord(record, shard, index, malformed));
  });
}

/** As `JSON.parse`, but records with numbers that would be respelled keep their text. */
function parseKeepingText(text: string, span: JsonSpan, fault: OnFault): unknown {
  if (text[span.start] !== "[") return JSON.parse(text.slice(span.start, span.end));
  const scanner = new JsonScanner(text, fault, span.start);
  const lists: unknown[] = [];
  scanner.elements(() => {
    if (text[scanner.at] !== "[") {
      lists.push(parseSpan(text, scanner.span()));
      return;
    }
    const records: unknown[] = [];
    lists.push(records);
    scanner.elements(() => records.push(parseSpan(text, scanner.span())));
  });
  return lists;
}

function parseSpan(text: string, { start, end, plain }: JsonSpan): unknown {
  const slice = text.slice(start, end);
  const value = JSON.parse(slice) as unknown;
  return plain || typeof value !== "object" || value === null ? value : withText(value, ownText(slice));
}

function checkRecord(record: unknown, shard: number, index: number, malformed: Malformed): GranuleRecord {
  if (typeof record === "string") throw malformed.urlList(shard);
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    throw malformed.granule(shard, index, " is no object", "a granule is a record {id, s3, https}");
  }
  const { id, s3, https, file } = record as Record<string, unknown>;
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
