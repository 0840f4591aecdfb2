import { describe, expect, it } from "vitest";
import {
  createShardMap,
  parseShardMap,
  serializeShardMap,
  serializeShardMapChunks,
  type GranuleRecord,
} from "../src/index.js";

/** Longer than any string of V8. */
const LONGEST_STRING = 2 ** 29;

function mapOf(lists: readonly (readonly GranuleRecord[])[]) {
  const shardKeys = BigUint64Array.from(lists, (_list, i) => 2n ** 63n + BigInt(i));
  return createShardMap({ metadata: { a: 1 }, gridSignature: { type: "tiles" }, shardKeys, granules: lists });
}

const record = (id: string): GranuleRecord => ({ id, s3: null, https: `https://example/${id}` });

describe("writing in chunks", () => {
  it("gives the text in pieces of about a million characters", () => {
    const records = Array.from({ length: 20_000 }, (_, i) => record(`granule-${i}`));
    const map = mapOf([records, [], records.slice(100)]);
    const chunks = [...serializeShardMapChunks(map)];
    expect(chunks.length).toBeGreaterThan(3);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(1.01 * 2 ** 20);
    expect(chunks.join("")).toBe(serializeShardMap(map));
    expect(JSON.parse(chunks.join(""))).toMatchObject({ granules: [records, [], records.slice(100)] });
  });

  it("writes hundreds of thousands of keys one per line", () => {
    const map = mapOf(Array.from({ length: 40_000 }, () => []));
    const read = parseShardMap([...serializeShardMapChunks(map)].join(""));
    expect(read.shardKeys).toEqual(map.shardKeys);
    expect(serializeShardMap(map)).toBe(
      `{\n  "metadata": {\n    "a": 1\n  },\n  "grid_signature": {\n    "type": "tiles"\n  },\n  "shard_keys": [\n    ${map.shardKeys.join(",\n    ")}\n  ],\n  "granules": [\n    ${"[],\n    ".repeat(39_999)}[]\n  ]\n}`,
    );
  });

  it("writes maps that are longer than a string can be", () => {
    const long = record("x".repeat(2 ** 20));
    const map = mapOf([Array.from({ length: 600 }, () => long)]);
    let length = 0;
    for (const chunk of serializeShardMapChunks(map)) length += chunk.length;
    expect(length).toBeGreaterThan(LONGEST_STRING);
    expect(() => serializeShardMap(map)).toThrow(RangeError);
  });
});
