/** What is wrong with a shard map's text, in coded form. */
import { ShardMapError, type JsonObject } from "@zagg/core";
import type { codes } from "../codes.js";
import type { Place } from "../json/json-bytes.js";
import type { Fault } from "../json/member-reader.js";

const REBUILD = "build the map again with `zagg shardmap build`";

/** Makes the errors of one text. */
export interface Malformed {
  notJson(fault: Fault): ShardMapError;
  memberTwice(key: string, at: Place): ShardMapError;
  keyMissing(key: string): ShardMapError;
  type(key: string, expected: string, found: unknown): ShardMapError;
  lengths(shardKeys: number, granules: number): ShardMapError;
  shardKey(index: number, spelling: string, why: string): ShardMapError;
  unsorted(index: number): ShardMapError;
  granule(shard: number, index: number, what: string, why: string): ShardMapError;
  urlList(shard: number): ShardMapError;
}

/** @param file the name that the errors carry, when there is one */
export function malformed(file: string | undefined): Malformed {
  const error = (
    code: keyof typeof codes,
    what: string,
    why: string,
    mend: string,
    details?: JsonObject,
  ): ShardMapError =>
    new ShardMapError(code, {
      what: `${file ?? "the shard map"}: ${what}`,
      why,
      mend,
      ...(file === undefined ? {} : { path: file }),
      ...(details === undefined ? {} : { details }),
    });
  return {
    notJson: ({ position, line, column, found, expected }) =>
      error(
        "SHARDMAP_NOT_JSON",
        `not JSON at line ${line}, column ${column} (position ${position}): ${found === null ? "the end of the text" : JSON.stringify(found)} where ${expected} should be`,
        "a shard map is a JSON file (RFC 8259); this one may be cut short or be something else",
        `give the path of a shard map, or ${REBUILD}`,
        { position, line, column },
      ),
    memberTwice: (key, { position, line, column }) =>
      error(
        "SHARDMAP_MEMBER_TWICE",
        `a second '${key}' at line ${line}, column ${column} (position ${position})`,
        "each member of a shard map stands in it once; which of the two counts would be a guess",
        `take one of them out, or ${REBUILD}`,
        { key, position, line, column },
      ),
    keyMissing: (key) =>
      error(
        "SHARDMAP_KEY_MISSING",
        `missing required key '${key}'`,
        "a shard map has the keys grid_signature, shard_keys and granules; the older catalogs of plain URLs have no grid_signature",
        REBUILD,
      ),
    type: (key, expected, found) =>
      error("SHARDMAP_TYPE", `${key} is ${describe(found)}`, `it has to be ${expected}`, REBUILD, {
        pointer: pointerOf(key),
      }),
    lengths: (shardKeys, granules) =>
      error(
        "SHARDMAP_LENGTHS",
        `shard_keys has ${shardKeys} entries, granules has ${granules}`,
        "the two lists are parallel: one list of granules per shard key",
        REBUILD,
      ),
    shardKey: (index, spelling, why) =>
      error("SHARDMAP_SHARD_KEY", `shard_keys[${index}] is ${spelling}`, why, REBUILD, {
        pointer: `/shard_keys/${index}`,
      }),
    unsorted: (index) =>
      error(
        "SHARDMAP_UNSORTED",
        `shard_keys[${index}] is less than the key before it`,
        "the keys ascend, and the file's other top-level lists may be parallel to them, so they cannot be sorted here",
        `sort all the lists together, or ${REBUILD}`,
      ),
    granule: (shard, index, what, why) =>
      error("SHARDMAP_GRANULE", `granules[${shard}][${index}]${what}`, why, REBUILD, {
        pointer: `/granules/${shard}/${index}`,
      }),
    urlList: (shard) =>
      error(
        "SHARDMAP_URL_LIST",
        `granules[${shard}] holds plain text instead of records`,
        "a catalog of URLs, the form that came before shard maps, does not say enough: a record is {id, s3, https}",
        REBUILD,
      ),
  };
}

/** JSON pointer of `granules[3]`; empty for the whole. */
function pointerOf(key: string): string {
  return key === "the top level" ? "" : `/${key.replace("[", "/").replace("]", "")}`;
}

/** A value for a message: its kind, and itself when it is short. */
function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `a ${typeof value}` : text;
}
