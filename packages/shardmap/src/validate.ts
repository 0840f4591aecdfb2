/**
 * Says everything that is wrong with a shard map's text, for editors, pages and other programs: `@zagg/shardmap/validate`
 * stands alone, and runs in a browser.
 */
import type { JsonSource, Place } from "./json/json-bytes.js";
import { createMemberReader, type Fault, type MemberReader } from "./json/member-reader.js";
import { shardMapSchema } from "./map/schema.js";
import { valueProblems } from "./map/value-problems.js";

export type { JsonSource } from "./json/json-bytes.js";
export { shardMapSchema } from "./map/schema.js";

/** One thing that is wrong. */
export interface ShardMapProblem {
  /** The code under which {@link parseShardMap} would refuse it, or `SHARDMAP_GRANULE_TWICE`. */
  readonly code: string;
  /** JSON pointer (RFC 6901) of what is wrong; empty for the whole. */
  readonly pointer: string;
  readonly what: string;
  /** Line and column from 1, columns in bytes; of the member or list entry that `pointer` is in. */
  readonly line: number;
  readonly column: number;
}

export interface ShardMapValidation {
  readonly valid: boolean;
  /** In the order of the text. */
  readonly problems: readonly ShardMapProblem[];
  /** Problems beyond `limit`. */
  readonly more: number;
}

type Report = (code: string, pointer: string, what: string, at: Place) => void;

const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const WHOLE_NUMBER = /^(?:0|[1-9][0-9]*)$/;
const { properties } = shardMapSchema;

/**
 * Checks a text against {@link shardMapSchema}, with 64-bit keys exact, and against what a schema cannot say: keys ascend
 * and are distinct, the two lists are parallel, no shard lists an id twice, and no top-level member stands there twice.
 * Text that stops being JSON ends the search. Memory is that of the distinct records; nothing is thrown.
 * @param source the text, its bytes, or those in chunks
 */
export function validateShardMap(
  source: JsonSource,
  { limit = 1000 }: { readonly limit?: number } = {},
): ShardMapValidation {
  const problems: ShardMapProblem[] = [];
  let more = 0;
  const report: Report = (code, pointer, what, { line, column }) => {
    if (problems.length < limit) problems.push({ code, pointer, what, line, column });
    else more++;
  };
  try {
    walk(
      createMemberReader(source, (fault) => new NotJson(fault)),
      report,
    );
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const { found, expected } = error.fault;
    const there = found === null ? "the text ends" : `${JSON.stringify(found)} stands`;
    report("SHARDMAP_NOT_JSON", "", `${there} where ${expected} should be`, error.fault);
  }
  return { valid: problems.length + more === 0, problems, more };
}

class NotJson extends Error {
  constructor(readonly fault: Fault) {
    super("not JSON");
  }
}

function walk(reader: MemberReader, report: Report): void {
  const top = startOf(reader);
  if (reader.peek() !== OPEN_BRACE) {
    reader.value().json();
    reader.finish();
    return report("SHARDMAP_TYPE", "", "the top level has to be an object", top);
  }
  const places = new Map<string, Place>();
  let keys: number | undefined;
  let lists: number | undefined;
  reader.members((name, at) => {
    const pointer = `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (places.has(name)) report("SHARDMAP_MEMBER_TWICE", pointer, `a second member "${name}"`, at);
    places.set(name, at);
    if (name === "shard_keys" && reader.peek() === OPEN_BRACKET) keys = walkKeys(reader, report);
    else if (name === "granules" && reader.peek() === OPEN_BRACKET) lists = walkLists(reader, report);
    else walkMember(reader, name, pointer, at, report);
  });
  reader.finish();
  for (const name of shardMapSchema.required) {
    if (!places.has(name)) report("SHARDMAP_KEY_MISSING", "", `the member "${name}" is missing`, top);
  }
  if (keys !== undefined && lists !== undefined && keys !== lists) {
    const what = `${keys} shard keys, but ${lists} lists of granules`;
    report("SHARDMAP_LENGTHS", "/granules", what, places.get("granules")!);
  }
}

function walkMember(reader: MemberReader, name: string, pointer: string, at: Place, report: Report): void {
  const value = reader.value().json();
  if (!Object.hasOwn(properties, name)) return;
  const schema = properties[name as keyof typeof properties];
  for (const problem of valueProblems(schema, value, pointer)) {
    report("SHARDMAP_TYPE", problem.pointer, problem.what, at);
  }
}

function walkKeys(reader: MemberReader, report: Report): number {
  const { exclusiveMaximum } = properties.shard_keys.items;
  const seen = new Set<bigint>();
  let count = 0;
  let previous = -1n;
  reader.elements(() => {
    const at = startOf(reader);
    const value = reader.value();
    const text = value.text();
    value.json();
    const pointer = `/shard_keys/${count++}`;
    if (!WHOLE_NUMBER.test(text) || BigInt(text) >= BigInt(exclusiveMaximum)) {
      const spelling = text.length > 40 ? `${text.slice(0, 39)}…` : text;
      const what = `${spelling} is no whole number from 0 to 2^64 - 1 in plain digits`;
      return report("SHARDMAP_SHARD_KEY", pointer, what, at);
    }
    const key = BigInt(text);
    if (seen.has(key)) report("SHARDMAP_SHARD_KEY", pointer, `${text} stands there a second time`, at);
    else if (key < previous) report("SHARDMAP_UNSORTED", pointer, `${text} is less than the key before`, at);
    seen.add(key);
    previous = key;
  });
  return count;
}

function walkLists(reader: MemberReader, report: Report): number {
  const schema = properties.granules.items;
  /** Ids of the records that are well, by their text. */
  const known = new Map<string, string>();
  let shard = -1;
  reader.elements(() => {
    shard++;
    const at = startOf(reader);
    if (reader.peek() !== OPEN_BRACKET) {
      const [problem] = valueProblems(schema, reader.value().json(), `/granules/${shard}`);
      return report("SHARDMAP_TYPE", problem!.pointer, problem!.what, at);
    }
    const ids = new Set<string>();
    let index = -1;
    reader.elements(() => {
      const place = startOf(reader);
      const value = reader.value();
      const text = value.text();
      const pointer = `/granules/${shard}/${++index}`;
      let id = known.get(text);
      if (id === undefined) {
        const record = value.json();
        const problems = valueProblems(schema.items, record, pointer);
        for (const problem of problems) report("SHARDMAP_GRANULE", problem.pointer, problem.what, place);
        if (problems.length > 0) return;
        id = (record as { id: string }).id;
        known.set(text, id);
      }
      if (ids.has(id)) {
        const what = `${JSON.stringify(id)} is listed in this shard already`;
        report("SHARDMAP_GRANULE_TWICE", `${pointer}/id`, what, place);
      }
      ids.add(id);
    });
  });
  return shard + 1;
}

/** Where the next value begins. */
function startOf(reader: MemberReader): Place {
  reader.peek();
  return reader.place();
}
