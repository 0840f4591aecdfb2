import { describe, expect, it } from "vitest";
import {
  createShardMap,
  describeShardMap,
  parseShardMap,
  type GranuleRecord,
  type ProductRule,
} from "../src/index.js";
import { hasShared, readFixture, readShared } from "./shared.js";

const record = (id: string, more: Record<string, string | null> = {}): GranuleRecord => ({
  id,
  s3: `s3://bucket/x/${id}`,
  https: null,
  ...more,
});
const describeLists = (granules: readonly (readonly GranuleRecord[])[]) =>
  describeShardMap(
    createShardMap({
      metadata: { short_name: "ATL06" },
      gridSignature: { type: "tiles" },
      shardKeys: BigUint64Array.from(granules, (_list, i) => 2n ** 63n + BigInt(i)),
      granules,
    }),
  );

describe("describing a map", () => {
  it("counts shards, pairs and distinct granules, and names the lightest and heaviest shard", () => {
    const a = record("a");
    const b = record("b");
    expect(describeLists([[a, b], [a], [], [a, b]])).toMatchObject({
      shards: 4,
      pairs: 5,
      granules: 2,
      granulesPerShard: {
        min: { shardKey: "9223372036854775810", granules: 0 },
        mean: 1.25,
        max: { shardKey: "9223372036854775808", granules: 2 },
      },
      gridSignature: { type: "tiles" },
      metadata: { short_name: "ATL06" },
      duplicates: [],
    });
  });

  it("has no counts per shard, no time and no sources for a map without shards", () => {
    expect(describeShardMap(parseShardMap(readFixture("empty.json")))).toMatchObject({
      shards: 0,
      pairs: 0,
      granules: 0,
      granulesPerShard: null,
      time: null,
      sources: {},
      gridSignature: null,
    });
  });

  it("gives the time range by the instant, not by the text", () => {
    const early = record("a", {
      time_start: "2020-01-01T00:30:00+02:00",
      time_end: "2020-01-01T01:00:00+02:00",
    });
    const late = record("b", {
      time_start: "2020-01-01T00:00:00+00:00",
      time_end: "2019-12-31T23:30:00-02:00",
    });
    expect(describeLists([[late], [early]]).time).toEqual({
      start: "2020-01-01T00:30:00+02:00",
      end: "2019-12-31T23:30:00-02:00",
    });
  });

  it("takes a datetime for both ends and passes over what is no time", () => {
    const instant = record("a", { datetime: "2020-05-01T00:00:00Z" });
    const odd = record("b", { time_start: "some day", time_end: null });
    expect(describeLists([[instant, odd]]).time).toEqual({
      start: "2020-05-01T00:00:00Z",
      end: "2020-05-01T00:00:00Z",
    });
    expect(describeLists([[odd]]).time).toBeNull();
  });

  it("counts granules by where their hrefs point", () => {
    const granules = [
      record("a", { https: "https://host.example/p/a" }),
      record("b", { s3: null, file: "../b.h5" }),
      record("c", { s3: null }),
      record("d", { file: "s3://bucket/d" }),
    ];
    expect(describeLists([granules, granules]).sources).toEqual({
      file: 1,
      "https://host.example": 1,
      "s3://bucket": 2,
    });
  });

  it("names granules that a shard lists twice", () => {
    const a = record("a");
    expect(describeLists([[a], [a, record("b"), a]]).duplicates).toEqual([
      { shardKey: "9223372036854775809", id: "a", times: 2 },
    ]);
  });

  it("is plain data", () => {
    const description = describeShardMap(parseShardMap(readFixture("wide.json")));
    const { metadata: _metadata, gridSignature: _signature, ...own } = description;
    expect(JSON.parse(JSON.stringify(own))).toEqual(own);
  });
});

describe.runIf(hasShared)("a map of the original (only where ../shared stands)", () => {
  it("agrees with what its metadata says", () => {
    const description = describeShardMap(parseShardMap(readShared("shardmaps/sm_healpix_o11.json")));
    expect(description).toMatchObject({
      shards: 22,
      pairs: 741,
      granules: 66,
      sources: {
        "https://data.nsidc.earthdatacloud.nasa.gov": 66,
        "s3://nsidc-cumulus-prod-protected": 66,
      },
    });
    expect(description.time!.start < description.time!.end).toBe(true);
  });
});

it("tells versions apart by the rule of another product", () => {
  const product: ProductRule = {
    name: /^(?<product>GEDI\d\d_A)_(?<start>\d{14})_(?<place>O\d+)_(?<version>\d\d)_(?<revision>\d\d)/,
    longestMs: 60_000,
  };
  const ids = ["GEDI02_A_20190418000000_O01_02_01", "GEDI02_A_20190418000000_O01_02_03"];
  const map = parseShardMap(
    JSON.stringify({
      metadata: {},
      grid_signature: null,
      shard_keys: [1],
      granules: [ids.map((id) => ({ id }))],
    }),
  );
  expect(describeShardMap(map, product).versions.superseded).toEqual([{ id: ids[0], by: ids[1] }]);
  expect(describeShardMap(map).versions.superseded).toEqual([]);
});
