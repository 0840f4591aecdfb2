/** Maps made of maps: compared, merged, cut. */
import type { JsonObject } from "@zagg/core";
import { describe, expect, it } from "vitest";
import {
  createShardMap,
  describeShardMap,
  diffShardMaps,
  mergeShardMaps,
  parseShardMap,
  serializeShardMap,
  subsetShardMap,
  type GranuleRecord,
  type ShardMap,
} from "../src/index.js";

const BIG = 2n ** 63n;
const record = (id: string, members: JsonObject = {}): GranuleRecord => ({
  id,
  s3: null,
  https: null,
  ...members,
});

/** A map of lists of ids by shard key, above 2^63. */
function mapOf(
  lists: Readonly<Record<number, readonly (string | GranuleRecord)[]>>,
  parts: Partial<ShardMap> = {},
): ShardMap {
  return createShardMap({
    metadata: {},
    gridSignature: { type: "tiles", side: 1 },
    shardKeys: BigUint64Array.from(Object.keys(lists), (key) => BIG + BigInt(key)),
    granules: Object.values(lists).map((list) =>
      list.map((entry) => (typeof entry === "string" ? record(entry) : entry)),
    ),
    ...parts,
  });
}

const idsOf = ({ granules }: ShardMap): readonly string[] =>
  granules.map((list) => list.map(({ id }) => id).join(""));

describe("diff", () => {
  it("finds a map the same as itself, whatever its metadata, order in shards, and hrefs", () => {
    const a = mapOf({ 1: ["a", "b"], 2: ["b"] });
    const b = mapOf({ 1: ["b", record("a", { s3: "s3://x/a" })], 2: ["b"] }, { metadata: { note: 1 } });
    expect(diffShardMaps(a, b)).toMatchObject({
      same: true,
      pairs: { a: 3, b: 3, added: 0, removed: 0 },
      granules: { changed: ["a"] },
    });
  });

  it("lists shards, pairs and granules that were added and removed", () => {
    const diff = diffShardMaps(
      mapOf({ 1: ["a", "b"], 2: ["b"], 4: ["d"] }),
      mapOf({ 1: ["b", "c"], 3: ["a", "c"], 4: ["d"] }),
    );
    expect(diff).toMatchObject({
      same: false,
      shards: { a: 3, b: 3, added: [String(BIG + 3n)], removed: [String(BIG + 2n)] },
      pairs: { a: 4, b: 5, added: 3, removed: 2 },
      granules: { a: 3, b: 4, added: ["c"], removed: [] },
      changedShards: [{ shardKey: String(BIG + 1n), added: ["c"], removed: ["a"] }],
    });
    expect(diff.pairs.b - diff.pairs.a).toBe(diff.pairs.added - diff.pairs.removed);
  });

  it("names spatial keys that differ, and passes over the output fields of older maps", () => {
    const a = mapOf({ 1: ["a"] });
    const signed = (gridSignature: JsonObject | null) =>
      diffShardMaps(a, mapOf({ 1: ["a"] }, { gridSignature })).spatial;
    expect(signed({ type: "tiles", side: 1, output_fields: [] })).toEqual([]);
    expect(signed({ type: "tiles", side: 2, datum: null })).toEqual([
      { key: "side", a: 1, b: 2 },
      { key: "datum", a: null, b: null },
    ]);
    expect(signed(null)).toEqual([{ key: "grid_signature", a: { type: "tiles", side: 1 }, b: null }]);
  });
});

describe("merge", () => {
  const merge = (...maps: ShardMap[]) => mergeShardMaps(maps.map((map, i) => ({ name: `m${i}.json`, map })));

  it("has the shards of all, and under each the granules of all in an order that agrees with every list", () => {
    const { map, report } = merge(
      mapOf({ 1: ["d", "b"], 3: ["x"] }),
      mapOf({ 1: ["d", "c", "b"], 2: ["c", "a"] }),
    );
    expect(Array.from(map.shardKeys, (key) => key - BIG)).toEqual([1n, 2n, 3n]);
    expect(idsOf(map)).toEqual(["dcb", "ca", "x"]);
    expect(report).toMatchObject({ shards: 3, pairs: 6, granules: 5, sharedShards: 1, conflicts: [] });
  });

  it("gives the same granules in whatever order the maps are named, also when lists contradict each other", () => {
    const [a, b] = [mapOf({ 1: ["a", "b"] }), mapOf({ 1: ["b", "a"], 2: ["c"] })];
    for (const { map } of [merge(a, b), merge(b, a)]) expect(idsOf(map)).toEqual(["ab", "c"]);
  });

  it("takes the record of the first map, fills in hrefs that it lacks, and names it", () => {
    const { map, report } = merge(
      mapOf({ 1: [record("a", { s3: "s3://one/a", note: 1 })] }),
      mapOf({ 1: [record("a", { s3: "s3://two/a", https: "https://two/a" })], 2: ["a"] }),
    );
    const merged = { id: "a", s3: "s3://one/a", https: "https://two/a", note: 1 };
    expect(map.granules).toEqual([[merged], [merged]]);
    expect(map.granules[0]![0]).toBe(map.granules[1]![0]);
    expect(report.conflicts).toEqual(["a"]);
  });

  it("keeps metadata on which all agree and says of what it was made", () => {
    const { map } = merge(
      mapOf({ 1: ["a"] }, { metadata: { short_name: "ATL06", total_pairs: 9, cycle: 1 } }),
      mapOf({ 2: ["a"] }, { metadata: { short_name: "ATL06", total_pairs: 9, cycle: 2 } }),
    );
    expect(map.metadata).toMatchObject({
      short_name: "ATL06",
      total_granules: 1,
      total_shards: 2,
      total_pairs: 2,
    });
    expect(map.metadata).not.toHaveProperty("cycle");
    expect(map.metadata["zagg_history"]).toMatchObject([
      { action: "merge", of: [{ name: "m0.json", shards: 1, metadata: { cycle: 1 } }, { name: "m1.json" }] },
    ]);
    expect(serializeShardMap(parseShardMap(serializeShardMap(map)))).toBe(serializeShardMap(map));
  });

  it.each<[string, JsonObject | null]>([
    ["another grid", { type: "tiles", side: 2 }],
    ["an unknown grid", null],
  ])("is refused to a map of %s", (_name, gridSignature) => {
    expect(() => merge(mapOf({ 1: ["a"] }), mapOf({ 1: ["a"] }, { gridSignature }))).toThrow(
      expect.objectContaining({ code: "SHARDMAP_MERGE_GRIDS" }),
    );
  });
});

describe("subset", () => {
  const map = mapOf(
    {
      1: [record("a", { time_start: "2019-01-01T00:00:00Z", time_end: "2019-01-01T01:00:00Z" }), "unknown"],
      2: [record("b", { datetime: "2019-02-01T12:00:00Z" })],
      5: ["ATL06_20190301233000_03810112_006_01.h5"],
    },
    { extras: { aoi_mask: "[[18446744073709551615], [2], [5]]", note: `"all"` } },
  );
  const during = (start: string, end: string) =>
    subsetShardMap({
      map,
      time: { startMs: Date.parse(start), endMs: Date.parse(end) },
      asked: { time: "…" },
    });

  it("keeps the shards that are asked for, and cuts what lists something per shard, exactly", () => {
    const { map: part, report } = subsetShardMap({
      map,
      shardKeys: BigUint64Array.of(BIG + 1n, BIG + 2n, BIG + 99n),
      asked: { shards: ["1"] },
    });
    expect(idsOf(part)).toEqual(["aunknown", "b"]);
    expect(part.extras).toEqual({ aoi_mask: "[[18446744073709551615], [2]]", note: `"all"` });
    expect(report).toMatchObject({
      shards: 2,
      pairs: 3,
      granules: 3,
      shardsDropped: 1,
      pairsDropped: 1,
      extrasKept: ["note"],
    });
    expect(part.metadata).toMatchObject({
      total_shards: 2,
      zagg_history: [{ action: "subset", shards: ["1"] }],
    });
  });

  it("keeps granules with an instant in the time, both ends included, and those that do not say", () => {
    const { map: part, report } = during("2019-01-01T01:00:00Z", "2019-01-31T00:00:00Z");
    expect(idsOf(part)).toEqual(["aunknown"]);
    expect(report.granulesWithoutTime).toBe(1);
    expect(idsOf(during("2019-01-01T01:00:00.001Z", "2019-02-01T12:00:00Z").map)).toEqual(["unknown", "b"]);
  });

  it("dates a granule without times by its ICESat-2 name, as one orbit", () => {
    expect(idsOf(during("2019-03-02T00:00:00Z", "2019-03-03T00:00:00Z").map)[1]).toContain("ATL06");
    expect(idsOf(during("2019-03-02T02:00:00Z", "2019-03-03T00:00:00Z").map)).toEqual(["unknown"]);
  });

  it("is refused when nothing is left", () => {
    expect(() => subsetShardMap({ map, shardKeys: new BigUint64Array(0), asked: {} })).toThrow(
      expect.objectContaining({ code: "SHARDMAP_EMPTY" }),
    );
  });
});

describe("versions of granules", () => {
  const [v5, v6, v6b] = ["005_01", "006_01", "006_02"].map(
    (version) => `ATL06_20181023144337_03810112_${version}.h5`,
  ) as [string, string, string];
  const versions = (...ids: string[]) => describeShardMap(mapOf({ 1: ids, 2: ids })).versions;

  it("are superseded when a higher version or revision is in the map too", () => {
    expect(versions(v5, v6b, v6)).toEqual({
      superseded: [
        { id: v5, by: v6b },
        { id: v6, by: v6b },
      ],
      duplicates: [],
    });
  });

  it("are duplicates when several ids name one", () => {
    expect(versions(v6, `processed_${v6}`, "other.h5")).toEqual({
      superseded: [],
      duplicates: [[v6, `processed_${v6}`]],
    });
  });

  it("are told apart by product, time, and track, cycle and region", () => {
    expect(
      versions(
        v5,
        v6.replace("ATL06", "ATL08"),
        v6.replace("144337", "144338"),
        v6.replace("03810112", "03810113"),
      ),
    ).toEqual({ superseded: [], duplicates: [] });
  });

  it("come with the bytes of the granules that say how many they have", () => {
    const { bytes } = describeShardMap(
      mapOf({ 1: [record("a", { bytes: 5 }), "b"], 2: [record("a", { bytes: 5 })] }),
    );
    expect(bytes).toEqual({ total: 5, granules: 1 });
  });
});
