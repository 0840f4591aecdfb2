/** The validator: every problem, each with its place. */
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseShardMap } from "../src/index.js";
import { shardMapSchema, validateShardMap } from "../src/validate.js";
import { hasShared, readFixture, readShared } from "./shared.js";

/** Code and pointer of each problem. */
const found = (text: string): readonly string[] =>
  validateShardMap(text).problems.map(({ code, pointer }) => `${code} ${pointer}`);

const text = (members: Readonly<Record<string, string>>): string =>
  `{${Object.entries({ grid_signature: "null", shard_keys: "[1]", granules: "[[]]", ...members })
    .map(([key, value]) => `"${key}": ${value}`)
    .join(", ")}}`;

describe("a shard map's text", () => {
  it.each(["wide.json", "empty.json"])("is valid: %s, also in chunks", (name) => {
    expect(validateShardMap(readFixture(name))).toEqual({ valid: true, problems: [], more: 0 });
    const bytes = new TextEncoder().encode(readFixture(name));
    expect(validateShardMap(Array.from(bytes, (_byte, i) => bytes.subarray(i, i + 1))).valid).toBe(true);
  });

  it.each<[string, string, readonly string[]]>([
    ["a key of 2^64", text({ shard_keys: "[18446744073709551616]" }), ["SHARDMAP_SHARD_KEY /shard_keys/0"]],
    ["a key of 2^64 - 1", text({ shard_keys: "[18446744073709551615]" }), []],
    ["a key with a fraction", text({ shard_keys: "[1.0]" }), ["SHARDMAP_SHARD_KEY /shard_keys/0"]],
    ["a negative key", text({ shard_keys: "[-1]" }), ["SHARDMAP_SHARD_KEY /shard_keys/0"]],
    ["a key as text", text({ shard_keys: `["1"]` }), ["SHARDMAP_SHARD_KEY /shard_keys/0"]],
    [
      "keys twice, beyond 2^53",
      text({ shard_keys: "[9007199254740993, 9007199254740992, 9007199254740993]", granules: "[[],[],[]]" }),
      ["SHARDMAP_UNSORTED /shard_keys/1", "SHARDMAP_SHARD_KEY /shard_keys/2"],
    ],
    ["lists of unlike lengths", text({ granules: "[[], []]" }), ["SHARDMAP_LENGTHS /granules"]],
    ["a list that is an object", text({ granules: "[{}]" }), ["SHARDMAP_TYPE /granules/0"]],
    [
      "records of every fault",
      text({ granules: `[[{"id": "a"}, {"id": ""}, {"s3": 1, "https": []}, 7, {"id": "a"}]]` }),
      [
        "SHARDMAP_GRANULE /granules/0/1/id",
        "SHARDMAP_GRANULE /granules/0/2",
        "SHARDMAP_GRANULE /granules/0/2/s3",
        "SHARDMAP_GRANULE /granules/0/2/https",
        "SHARDMAP_GRANULE /granules/0/3",
        "SHARDMAP_GRANULE_TWICE /granules/0/4/id",
      ],
    ],
    ["metadata that is a list", text({ metadata: "[]" }), ["SHARDMAP_TYPE /metadata"]],
    [
      "a family that is no text",
      text({ grid_signature: `{"type": 1}` }),
      ["SHARDMAP_TYPE /grid_signature/type"],
    ],
    ["a member twice", text({}).replace("}", `, "a/b": 1, "a/b": 2}`), ["SHARDMAP_MEMBER_TWICE /a~1b"]],
    ["nothing in it", "{}", ["SHARDMAP_KEY_MISSING ", "SHARDMAP_KEY_MISSING ", "SHARDMAP_KEY_MISSING "]],
    ["a list at the top", "[]", ["SHARDMAP_TYPE "]],
    ["text after its end", `${text({})} x`, ["SHARDMAP_NOT_JSON "]],
    ["deep nesting", text({ deep: "[".repeat(5000) + "]".repeat(5000) }), ["SHARDMAP_NOT_JSON "]],
  ])("with %s has just these problems", (_name, value, problems) => {
    expect(found(value)).toEqual(problems);
  });

  it("gives line and column of the entry, and goes on after it", () => {
    const value = `{\n "grid_signature": null,\n "shard_keys": [\n  5,\n  x],\n "granules": []}`;
    expect(validateShardMap(value.replace("x", "-5")).problems).toMatchObject([
      { code: "SHARDMAP_SHARD_KEY", line: 5, column: 3 },
      { code: "SHARDMAP_LENGTHS", line: 6, column: 2 },
    ]);
    expect(validateShardMap(value).problems).toMatchObject([
      { code: "SHARDMAP_NOT_JSON", line: 5, column: 3 },
    ]);
  });

  it("lists as many problems as it may, and counts the rest", () => {
    const keys = `[${Array.from({ length: 50 }, () => "-1").join()}]`;
    const lists = `[${Array.from({ length: 50 }, () => "[]").join()}]`;
    const validation = validateShardMap(text({ shard_keys: keys, granules: lists }), { limit: 10 });
    expect([validation.valid, validation.problems.length, validation.more]).toEqual([false, 10, 40]);
  });

  it("is refused by the parser under one of the codes that are listed, and read when none is", () => {
    const key = fc.constantFrom("1", "2", "3", "18446744073709551616", "null", "1e2");
    const record = fc.constantFrom(
      `{"id":"a"}`,
      `{"id":"b","s3":null}`,
      `{"id":7}`,
      `"x"`,
      "null",
      `{"id":"c","file":1}`,
    );
    const list = fc.oneof(
      fc.array(record, { maxLength: 3 }).map((records) => `[${records.join()}]`),
      fc.constant("{}"),
    );
    const signature = fc.constantFrom("null", `{"type":"tiles"}`, "[]");
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 3 }),
        fc.array(list, { maxLength: 3 }),
        signature,
        (keys, lists, grid) => {
          const value = text({
            grid_signature: grid,
            shard_keys: `[${keys.join()}]`,
            granules: `[${lists.join()}]`,
          });
          const codes = validateShardMap(value).problems.map(({ code }) => code);
          // The parser sorts what does not ascend, and lets a granule stand twice.
          const refusing = codes.filter(
            (code) => !["SHARDMAP_UNSORTED", "SHARDMAP_GRANULE_TWICE"].includes(code),
          );
          let refusal: string | undefined;
          try {
            parseShardMap(value);
          } catch (error) {
            refusal = (error as { code: string }).code;
          }
          if (refusing.length === 0) expect(refusal).toBeUndefined();
          else expect([...refusing, "SHARDMAP_URL_LIST"]).toContain(refusal);
        },
      ),
      { numRuns: 500 },
    );
  });
});

it("stands alone: what it imports imports no package", () => {
  const source = new URL("../src/", import.meta.url);
  const open = ["validate"];
  const reached = new Set(open);
  const packages: string[] = [];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const [, from] of readFileSync(new URL(`${name}.ts`, source), "utf8").matchAll(/ from "([^"]+)"/g)) {
      if (!from!.startsWith(".")) {
        packages.push(from!);
        continue;
      }
      const local = posix.join(posix.dirname(name), from!.replace(/\.js$/, ""));
      if (!reached.has(local)) {
        reached.add(local);
        open.push(local);
      }
    }
  }
  expect(packages).toEqual([]);
  expect([...reached].sort()).toEqual([
    "json/json-bytes",
    "json/json-scanner",
    "json/member-reader",
    "map/schema",
    "map/value-problems",
    "validate",
  ]);
});

describe("the schema", () => {
  const file = readFileSync(new URL("../schema/shardmap.schema.json", import.meta.url), "utf8");

  it("is the same as a file, which spells 2^64 in full", () => {
    expect(JSON.parse(file)).toEqual(shardMapSchema);
    expect(file).toContain('"exclusiveMaximum": 18446744073709551616');
  });
});

describe.runIf(hasShared)("maps of the original (only where ../shared stands)", () => {
  it.each(["sm_healpix_o11.json", "sm_rect_6km.json"])("are valid: %s", (name) => {
    expect(validateShardMap(readShared(`shardmaps/${name}`)).problems).toEqual([]);
  });
});
