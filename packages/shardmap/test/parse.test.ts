import { isCodedError, type CodedError } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createShardMap, parseShardMap, serializeShardMap } from "../src/index.js";
import { hasShared, readFixture, readShared } from "./shared.js";
import { runs } from "../../../vitest.effort.mjs";

const KEYS = [3n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 11530143033882312713n, 2n ** 64n - 2n];

/** A minimal map as text, with members replaced or, when undefined, left out. */
function mapText(members: Readonly<Record<string, string | undefined>> = {}): string {
  const all: Record<string, string | undefined> = {
    metadata: "{}",
    grid_signature: `{"type":"tiles"}`,
    shard_keys: "[1, 2]",
    granules: `[[{"id":"a","s3":null,"https":null}],[]]`,
    ...members,
  };
  const present = Object.entries(all).filter(([, text]) => text !== undefined);
  return `{${present.map(([key, text]) => `${JSON.stringify(key)}: ${text}`).join(",")}}`;
}

function refusalOf(source: Parameters<typeof parseShardMap>[0]): CodedError {
  try {
    parseShardMap(source, { file: "maps/m.json" });
  } catch (error) {
    if (isCodedError(error)) return error;
    throw error;
  }
  throw new Error("was not refused");
}

const codeOf = (members: Readonly<Record<string, string | undefined>>): string =>
  refusalOf(mapText(members)).code;

describe("reading", () => {
  it("reads 64-bit shard keys exactly", () => {
    expect([...parseShardMap(readFixture("wide.json")).shardKeys]).toEqual(KEYS);
  });

  it("reads metadata, signature and records as plain values", () => {
    const map = parseShardMap(readFixture("wide.json"));
    expect(map.metadata["short_name"]).toBe("ATL06");
    expect(map.gridSignature).toMatchObject({ type: "rectilinear", affine: [10, 0, -100, -0, -10, 100] });
    expect(map.granules.map((list) => list.map(({ id }) => id))).toEqual([
      ["a.h5", "b.h5"],
      ["b.h5"],
      [],
      ["c.h5"],
      ["d.h5"],
      ["e.h5"],
    ]);
    expect(map.granules[3]![0]).toEqual({
      id: "c.h5",
      s3: "s3://bucket/c.h5",
      https: null,
      time_start: "2019-02-03T15:09:20+00:00",
      assets: { x: [1, null, true] },
    });
  });

  it("keeps unknown members as text", () => {
    const { extras } = parseShardMap(mapText({ aoi_mask: "[[18446744073709551615],\n []]", note: `"é"` }));
    expect(extras).toEqual({ aoi_mask: "[[18446744073709551615],\n []]", note: `"é"` });
  });

  it("keeps a member named __proto__ as any other", () => {
    const map = parseShardMap(mapText().replace("{", `{"__proto__": [1],`));
    expect(Object.keys(map.extras)).toEqual(["__proto__"]);
    expect(serializeShardMap(map)).toContain(`"__proto__": [1]`);
  });

  it("takes metadata that is missing or null as empty", () => {
    expect(parseShardMap(mapText({ metadata: undefined })).metadata).toEqual({});
    expect(parseShardMap(mapText({ metadata: "null" })).metadata).toEqual({});
  });

  it("reads a null signature as unsigned", () => {
    expect(parseShardMap(mapText({ grid_signature: "null" })).gridSignature).toBeNull();
  });

  it("reads a map without shards", () => {
    const map = parseShardMap(readFixture("empty.json"));
    expect(map.shardKeys).toHaveLength(0);
    expect(map.granules).toEqual([]);
  });

  it("reads past a byte order mark and white space at the end", () => {
    expect(parseShardMap(`\ufeff${mapText()}\r\n\t `).shardKeys).toHaveLength(2);
  });

  it("completes records that leave out an href with null", () => {
    const map = parseShardMap(mapText({ granules: `[[{"id":"a","https":"https://h/a","x":1}],[]]` }));
    expect(JSON.stringify(map.granules[0]![0])).toBe(`{"id":"a","s3":null,"https":"https://h/a","x":1}`);
  });

  it("sorts keys that do not ascend together with their granules", () => {
    const granules = `[[{"id":"big"}],[{"id":"small"}],[{"id":"middle"}]]`;
    const map = parseShardMap(
      mapText({ shard_keys: "[9223372036854775808, 7, 9007199254740993]", granules }),
    );
    expect([...map.shardKeys]).toEqual([7n, 9007199254740993n, 9223372036854775808n]);
    expect(map.granules.map((list) => list[0]!.id)).toEqual(["small", "middle", "big"]);
  });

  it("is frozen", () => {
    const map = parseShardMap(readFixture("wide.json"));
    for (const part of [map, map.metadata, map.gridSignature, map.granules, map.extras]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });
});

describe("reading bytes", () => {
  /** The bytes of a text in chunks that all stand in one buffer, each overwritten by the next. */
  function* chunksOf(text: string, size: number): Generator<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    const buffer = new Uint8Array(size);
    for (let at = 0; at < bytes.length; at += size) {
      const chunk = bytes.subarray(at, at + size);
      buffer.fill(0);
      buffer.set(chunk);
      yield buffer.subarray(0, chunk.length);
    }
  }

  it.each([1, 2, 3, 7, 64, 1000])("reads the same map in chunks of %d bytes", (size) => {
    const text = readFixture("wide.json");
    expect(serializeShardMap(parseShardMap(chunksOf(text, size)))).toBe(text);
  });

  it("reads characters of several bytes that stand across chunks, and bytes without chunks", () => {
    const text = mapText({ note: `"é漢😀"`, granules: `[[{"id":"grönland 😀.h5"}],[]]` });
    for (const source of [chunksOf(text, 1), chunksOf(text, 5), new TextEncoder().encode(text)]) {
      const map = parseShardMap(source);
      expect(map.granules[0]![0]!.id).toBe("grönland 😀.h5");
      expect(map.extras["note"]).toBe(`"é漢😀"`);
    }
  });

  it("finds the same fault at the same place in chunks of any size", () => {
    const text = `{\n  "metadata": {},\n  "granules": [[{"id": "a"}, {"id": tru}]]}`;
    const { position, line, column } = refusalOf(text).details as Record<string, number>;
    expect([position, line, column]).toEqual([text.indexOf("tru"), 3, 37]);
    for (const size of [1, 4, 50]) {
      expect(refusalOf(chunksOf(text, size)).details).toMatchObject({ position, line, column });
    }
  });

  it("finds, wherever a text is cut short, that it is", () => {
    const text = readFixture("wide.json");
    for (let length = 0; length < text.length; length += 13) {
      const error = refusalOf(text.slice(0, length));
      expect(error.code).toBe("SHARDMAP_NOT_JSON");
      const position = error.details!["position"] as number;
      // A word, an escape or a number that is cut short is at fault as a whole.
      expect(length - position).toBeLessThanOrEqual("false".length);
      expect(length - position).toBeGreaterThanOrEqual(0);
    }
  });

  it("refuses bytes that are not UTF-8, and says where", () => {
    const bytes = new TextEncoder().encode(mapText({ granules: `[[{"id":"a?"}],[]]` }));
    bytes[bytes.indexOf("?".charCodeAt(0))] = 0xff;
    const error = refusalOf(bytes);
    expect(error.code).toBe("SHARDMAP_NOT_JSON");
    expect(error.details).toMatchObject({ position: bytes.indexOf(0xff) });
  });

  it("makes one object of records of one text, and others of others", () => {
    const record = (id: string) => `{"id": "${id}", "s3": null, "https": null, "bytes": 9007199254740993}`;
    const granules = `[[${record("a")}, ${record("b")}], [${record("b")}, ${record("a")}]]`;
    const [[a, b] = [], [otherB, otherA] = []] = parseShardMap(mapText({ granules })).granules;
    expect([a!.id, b!.id]).toEqual(["a", "b"]);
    expect(otherA).toBe(a);
    expect(otherB).toBe(b);
  });

  it("keeps records apart whose texts have the same hash", () => {
    // Any two of more than 2^16 ids are likely to collide in 32 bits; every one has to come back as itself.
    const ids = Array.from({ length: 150_000 }, (_, i) => `g${i}`);
    const list = `[${ids.map((id) => `{"id":"${id}"}`).join()}]`;
    const { granules } = parseShardMap(mapText({ granules: `[${list},${list}]` }));
    expect(granules.map((records) => records.every(({ id }, i) => id === ids[i]))).toEqual([true, true]);
    expect(granules[1]!.every((record, i) => record === granules[0]![i])).toBe(true);
  });
});

describe("refusing", () => {
  it.each([
    ["an empty file", "", 0],
    ["a file cut short", `{"metadata": {"a": [1, 2`, 24],
    ["a stray comma", `{"a": [1,]}`, 9],
    ["a bare word", `{"a": nope}`, 6],
    ["NaN", `{"a": NaN}`, 6],
    ["a leading zero", `{"a": 01}`, 7],
    ["an unquoted key", `{a: 1}`, 1],
    ["a missing colon", `{"a" 1}`, 5],
    ["a raw control character in a string", `{"a": "x\ny"}`, 8],
    ["a bad escape", `{"a": "\\x"}`, 7],
    ["a string that does not end", `{"a": "x`, 8],
    ["text after the end", `{} {}`, 3],
    ["a page of HTML", "<html>", 0],
  ])("refuses %s and says where it stops being JSON", (_name, text, position) => {
    const error = refusalOf(text);
    expect(error.code).toBe("SHARDMAP_NOT_JSON");
    expect(error.details).toMatchObject({ position });
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it("gives line and column of what is not JSON, and the file", () => {
    const error = refusalOf(`{\n  "a": tru\n}`);
    expect(error.what).toContain("maps/m.json");
    expect(error.what).toContain("line 2, column 8");
    expect(error.path).toBe("maps/m.json");
  });

  it("names no file when it was given none", () => {
    try {
      parseShardMap("{}");
      expect.unreachable();
    } catch (error) {
      expect((error as CodedError).what).toMatch(/^the shard map: missing/);
      expect((error as CodedError).path).toBeUndefined();
    }
  });

  it("refuses values nested hundreds deep instead of overflowing the stack", () => {
    expect(refusalOf(mapText({ deep: "[".repeat(100_000) + "]".repeat(100_000) })).code).toBe(
      "SHARDMAP_NOT_JSON",
    );
  });

  it.each(["metadata", "grid_signature", "shard_keys", "granules", "note"])(
    "refuses a second %s, and says where it stands",
    (key) => {
      const text = mapText({ note: "1" }).replace(/\}$/, `, "${key}": null}`);
      const error = refusalOf(text);
      expect(error.code).toBe("SHARDMAP_MEMBER_TWICE");
      expect(error.details).toMatchObject({ key, position: text.lastIndexOf(`"${key}"`) });
    },
  );

  it.each(["grid_signature", "shard_keys", "granules"])("names the missing key %s", (key) => {
    const error = refusalOf(mapText({ [key]: undefined }));
    expect(error.code).toBe("SHARDMAP_KEY_MISSING");
    expect(error.what).toBe(`maps/m.json: missing required key '${key}'`);
  });

  it.each([
    ["a top level that is a list", "[]", "SHARDMAP_TYPE"],
    ["a top level that is text", `"map"`, "SHARDMAP_TYPE"],
    ["shard_keys that are an object", mapText({ shard_keys: "{}" }), "SHARDMAP_TYPE"],
    ["granules that are an object", mapText({ granules: "{}" }), "SHARDMAP_TYPE"],
    ["granules that are a number beyond 2^53", mapText({ granules: "9007199254740993" }), "SHARDMAP_TYPE"],
    ["metadata that is a list", mapText({ metadata: "[]" }), "SHARDMAP_TYPE"],
    ["a signature that is text", mapText({ grid_signature: `"healpix"` }), "SHARDMAP_TYPE"],
    ["a granule list that is an object", mapText({ granules: "[{}, []]" }), "SHARDMAP_TYPE"],
    ["a granule list that is a float", mapText({ granules: "[1.0, []]" }), "SHARDMAP_TYPE"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusalOf(text).code).toBe(code);
  });

  it("refuses lists of unequal length with both lengths", () => {
    const error = refusalOf(mapText({ shard_keys: "[1, 2, 3]" }));
    expect(error.code).toBe("SHARDMAP_LENGTHS");
    expect(error.what).toContain("3");
    expect(error.what).toContain("2");
  });

  it.each([
    "-1",
    "-0",
    "1.0",
    "1e3",
    "18446744073709551616",
    "99999999999999999999999999",
    `"7"`,
    "null",
    "[7]",
    "true",
  ])("refuses the shard key %s and says where it stands", (key) => {
    const error = refusalOf(mapText({ shard_keys: `[1, ${key}]` }));
    expect(error.code).toBe("SHARDMAP_SHARD_KEY");
    expect(error.what).toBe(`maps/m.json: shard_keys[1] is ${key}`);
  });

  it("accepts the largest unsigned 64-bit integer as a key", () => {
    const map = parseShardMap(mapText({ shard_keys: "[0,18446744073709551615]" }));
    expect([...map.shardKeys]).toEqual([0n, 2n ** 64n - 1n]);
  });

  it("refuses a key that stands there twice, sorted or not", () => {
    expect(codeOf({ shard_keys: "[5, 5]" })).toBe("SHARDMAP_SHARD_KEY");
    const granules = "[[],[],[]]";
    expect(codeOf({ shard_keys: "[9007199254740993, 1, 9007199254740993]", granules })).toBe(
      "SHARDMAP_SHARD_KEY",
    );
  });

  it("refuses to sort keys that lists it does not know may be parallel to", () => {
    expect(codeOf({ shard_keys: "[2, 1]", aoi_mask: "[[1],[2]]" })).toBe("SHARDMAP_UNSORTED");
  });

  it.each([
    ["without an id", `{"s3": "s3://b/a"}`],
    ["with an id that is a number", `{"id": 7}`],
    ["with an empty id", `{"id": ""}`],
    ["whose s3 href is a number", `{"id": "a", "s3": 1}`],
    ["whose https href is a list", `{"id": "a", "https": []}`],
    ["whose file href is an object", `{"id": "a", "file": {}}`],
    ["that is null", "null"],
    ["that is a list", "[]"],
  ])("refuses a granule %s and says where it stands", (_name, record) => {
    const error = refusalOf(mapText({ granules: `[[{"id": "fine"}, ${record}], []]` }));
    expect(error.code).toBe("SHARDMAP_GRANULE");
    expect(error.what).toContain("granules[0][1]");
  });

  it.each([`[["https://h/a.h5"], []]`, `["https://h/a.h5", "https://h/b.h5"]`])(
    "says that a catalog of plain URLs has to be made again (%s)",
    (granules) => {
      const error = refusalOf(mapText({ granules }));
      expect(error.code).toBe("SHARDMAP_URL_LIST");
      expect(error.mend).toContain("zagg shardmap build");
    },
  );
});

describe("writing", () => {
  it.each(["wide.json", "empty.json"])("writes %s back byte for byte", (name) => {
    const text = readFixture(name);
    expect(serializeShardMap(parseShardMap(text))).toBe(text);
  });

  it("writes the members in the order of the format", () => {
    const text = mapText({ aoi_mask: "[]" });
    const shuffled = `{"aoi_mask": [], "granules": ${text.slice(text.indexOf("[["), text.lastIndexOf(","))}, "shard_keys": [1, 2], "grid_signature": null}`;
    expect(Object.keys(JSON.parse(serializeShardMap(parseShardMap(shuffled))))).toEqual([
      "metadata",
      "grid_signature",
      "shard_keys",
      "granules",
      "aoi_mask",
    ]);
  });

  it("keeps integers beyond 2^53 of a record whose hrefs it completed", () => {
    const map = parseShardMap(mapText({ granules: `[[{"id":"a","bytes":9007199254740993}],[]]` }));
    expect(map.granules[0]![0]!.s3).toBeNull();
    expect(serializeShardMap(map)).toContain("9007199254740993");
  });

  it("keeps the order of keys that are whole numbers, which JavaScript puts first", () => {
    const metadata = { bbox: "first", "2024": { b: 1, "7": 2 } };
    const text = serializeShardMap(parseShardMap(mapText({})));
    const numbered = text.replace(
      /"metadata": \{.*?\n? *\}/s,
      `"metadata": {\n    "bbox": "first",\n    "2024": {\n      "b": 1,\n      "7": 2\n    }\n  }`,
    );
    expect(parseShardMap(numbered).metadata).toEqual(metadata);
    expect(serializeShardMap(parseShardMap(numbered))).toBe(numbered);
  });

  it("forgets the old spelling of a record that was copied and changed", () => {
    const map = parseShardMap(readFixture("wide.json"));
    const changed = map.granules.map((list) => list.map((record) => ({ ...record, s3: "s3://other/x" })));
    const text = serializeShardMap(createShardMap({ ...map, granules: changed }));
    expect(text).not.toContain("s3://bucket/");
    expect(parseShardMap(text).granules[0]![1]!.s3).toBe("s3://other/x");
  });

  it("reads what it wrote, whatever the keys and texts", () => {
    const text = fc.string({ unit: "binary", minLength: 1 });
    const record = fc.record({
      id: text,
      s3: fc.option(text),
      https: fc.option(text),
      extra: fc.jsonValue(),
    });
    const entries = fc.uniqueArray(fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.array(record)), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(entries, fc.dictionary(text, fc.jsonValue()), (pairs, metadata) => {
        pairs.sort(([a], [b]) => (a < b ? -1 : 1));
        const map = createShardMap({
          metadata: metadata as never,
          gridSignature: null,
          shardKeys: BigUint64Array.from(pairs, ([key]) => key),
          granules: pairs.map(([, list]) => list) as never,
        });
        const written = serializeShardMap(map);
        expect(written).toMatch(/^[\x20-\x7e\n]*$/);
        const read = parseShardMap(written);
        expect([...read.shardKeys]).toEqual(pairs.map(([key]) => key));
        // -0 is the one number that JSON.stringify does not keep.
        expect(JSON.stringify([read.metadata, read.granules])).toBe(
          JSON.stringify([map.metadata, map.granules]),
        );
        expect(serializeShardMap(read)).toBe(written);
      }),
    );
  });

  it("accepts and refuses the same texts as JSON.parse, up to what a shard map has to have", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      `"a"`,
      `"\\u00e9"`,
      "1",
      "-0.5e+3",
      "01",
      "true",
      "nul",
      " ",
      "\n",
      `"`,
      "\\",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(refusalOf(text).code === "SHARDMAP_NOT_JSON").toBe(!isJson);
      }),
      { numRuns: runs(3000, 100) },
    );
  });
});

describe("a map in parts", () => {
  const parts = {
    metadata: {},
    gridSignature: null,
    shardKeys: BigUint64Array.of(1n, 2n),
    granules: [[], []],
  };

  it("refuses keys that do not ascend and lists of unequal length", () => {
    expect(() => createShardMap({ ...parts, shardKeys: BigUint64Array.of(2n, 1n) })).toThrow(RangeError);
    expect(() => createShardMap({ ...parts, shardKeys: BigUint64Array.of(1n, 1n) })).toThrow(RangeError);
    expect(() => createShardMap({ ...parts, granules: [[]] })).toThrow(RangeError);
  });

  it("refuses an extra member under a name of the format", () => {
    expect(() => createShardMap({ ...parts, extras: { granules: "[]" } })).toThrow(RangeError);
  });

  it("leaves the caller's metadata free to change", () => {
    const metadata = { nested: { a: 1 } };
    createShardMap({ ...parts, metadata });
    metadata.nested.a = 2;
    expect(metadata.nested.a).toBe(2);
  });
});

describe.runIf(hasShared)("maps of the original (only where ../shared stands)", () => {
  it.each(["sm_healpix_o11.json", "sm_rect_6km.json"])("writes %s back byte for byte", (name) => {
    const text = readShared(`shardmaps/${name}`);
    expect(serializeShardMap(parseShardMap(text))).toBe(text);
  });

  it("reads every HEALPix key exactly", () => {
    const text = readShared("shardmaps/sm_healpix_o11.json");
    const list = /"shard_keys": \[([^\]]*)\]/.exec(text)![1]!;
    const keys = list.split(",").map((digits) => BigInt(digits.trim()));
    const map = parseShardMap(text);
    expect([...map.shardKeys]).toEqual(keys);
    expect(map.shardKeys).toHaveLength(22);
    expect(map.granules.flat()).toHaveLength(741);
  });
});
