import { GeometryError, type Region } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { buildShardMap, serializeShardMap, type GranuleFootprint } from "../src/index.js";
import { validateShardMap } from "../src/validate.js";
import { FIRST_KEY, boxFootprint, createTileGrid } from "./tile-grid.js";

const grid = createTileGrid();
const region = boxFootprint(1, 1, 59, 29);
/** The two tiles of the region: rows of twelve from 60 south, columns from 180 west. */
const WEST_KEY = FIRST_KEY + 30n;
const EAST_KEY = FIRST_KEY + 31n;

const granule = (id: string, footprint: Region | null): GranuleFootprint => ({
  record: { id, s3: `s3://b/${id}`, https: null },
  footprint,
});
const east = boxFootprint(35, 5, 40, 10);
const west = boxFootprint(5, 5, 10, 10);
const both = boxFootprint(5, 5, 40, 10);
const ids = (lists: readonly (readonly { id: string }[])[]): string[][] =>
  lists.map((list) => list.map(({ id }) => id));

describe("building from footprints", () => {
  it("lists the granules of a shard in the order they came, shards ascending", async () => {
    const granules = [granule("c", east), granule("a", both), granule("b", west)];
    const { map, report } = await buildShardMap({ grid, granules, region });
    expect([...map.shardKeys]).toEqual([WEST_KEY, EAST_KEY]);
    expect(ids(map.granules)).toEqual([
      ["a", "b"],
      ["c", "a"],
    ]);
    expect(report).toMatchObject({
      shards: 2,
      pairs: 4,
      granulesConsidered: 3,
      granulesAssigned: 3,
      granulesOutside: 0,
    });
  });

  it("leaves out shards without granules and counts granules that touch no shard", async () => {
    const granules = [granule("a", east), granule("far", boxFootprint(-100, 5, -95, 10))];
    const { map, report } = await buildShardMap({ grid, granules, region });
    expect([...map.shardKeys]).toEqual([EAST_KEY]);
    expect(report).toMatchObject({ granulesConsidered: 2, granulesAssigned: 1, granulesOutside: 1 });
  });

  it("lists a granule that the catalog repeats once, in the shards of all its entries, and tells of it", async () => {
    const again = { ...granule("a", east), record: { id: "a", s3: "s3://b/again", https: null } };
    const granules = [granule("a", west), granule("b", both), again, granule("a", both)];
    const { map, report } = await buildShardMap({ grid, granules, region });
    expect([...map.shardKeys]).toEqual([WEST_KEY, EAST_KEY]);
    expect(ids(map.granules)).toEqual([
      ["a", "b"],
      ["b", "a"],
    ]);
    expect(map.granules.flat().filter(({ id }) => id === "a")).toEqual([
      granules[0]!.record,
      granules[0]!.record,
    ]);
    expect(report).toMatchObject({
      granulesConsidered: 4,
      granulesAssigned: 2,
      granulesOutside: 0,
      pairs: 4,
    });
    expect(report.skipped.map(({ id, href, error }) => [id, href, error.code])).toEqual([
      ["a", "s3://b/again", "SHARDMAP_GRANULE_REPEATED"],
      ["a", "s3://b/a", "SHARDMAP_GRANULE_REPEATED"],
    ]);
    expect(validateShardMap(serializeShardMap(map))).toMatchObject({ valid: true });
  });

  it("skips and names granules without a footprint or with a bad one", async () => {
    const picky = {
      ...createTileGridParts(),
      coverer: (area: Region) => ({
        ...grid.coverer(area),
        cover(footprint: Region) {
          if (footprint[0]!.length === 0) {
            throw new GeometryError("RING_BAD", { what: "no ring", why: "test", mend: "none" });
          }
          return grid.coverer(area).cover(footprint);
        },
      }),
    };
    const granules = [granule("null", null), granule("empty", []), granule("bad", [[]]), granule("a", east)];
    const { map, report } = await buildShardMap({ grid: picky, granules, region });
    expect(report.skipped.map(({ id, error }) => [id, error.code])).toEqual([
      ["null", "SHARDMAP_FOOTPRINT"],
      ["empty", "SHARDMAP_FOOTPRINT"],
      ["bad", "RING_BAD"],
    ]);
    expect(map.metadata["total_granules"]).toBe(4);
    expect(map.metadata["zagg_build"]).toMatchObject({
      granules_skipped: [
        { code: "RING_BAD", count: 1, first_ids: ["bad"] },
        { code: "SHARDMAP_FOOTPRINT", count: 2, first_ids: ["null", "empty"] },
      ],
    });
  });

  it("does not take a fault of the grid for a bad footprint", async () => {
    const broken = {
      ...createTileGridParts(),
      coverer: () => ({
        shardKeys: BigUint64Array.of(1n),
        cover: () => {
          throw new TypeError("a bug");
        },
      }),
    };
    const granules = [granule("a", east)];
    await expect(buildShardMap({ grid: broken, granules, region })).rejects.toThrow(TypeError);
  });

  it("adds its own keys after the catalog's metadata", async () => {
    let clock = 1000;
    const now = (): number => (clock += 1234.5678);
    const metadata = { short_name: "ATL06", bbox: [1, 1, 59, 29] };
    const { map, report } = await buildShardMap({
      grid,
      granules: [granule("a", both)],
      region,
      metadata,
      version: "9.8.7",
      now,
    });
    expect(map.metadata).toEqual({
      ...metadata,
      backend: "zagg",
      total_granules: 1,
      total_shards: 2,
      total_pairs: 2,
      build_wall_s: 1.235,
      zagg_build: {
        version: "9.8.7",
        method: "footprints",
        region: {
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          bbox: [1, 1, 59, expect.closeTo(32.1, 0)],
          polygons: 1,
          vertices: 4,
        },
        granules_assigned: 1,
        granules_outside: 0,
        granules_skipped: [],
      },
    });
    expect(Object.keys(map.metadata).slice(0, 2)).toEqual(["short_name", "bbox"]);
    expect(report.wallSeconds).toBe(1.235);
    expect(metadata).toEqual({ short_name: "ATL06", bbox: [1, 1, 59, 29] });
  });

  it("counts and names a granule under the problem that its catalog tells", async () => {
    const problem = { name: "GeometryError", code: "RING_OPEN", what: "w", why: "y", mend: "m" };
    const granules = [{ ...granule("torn", null), problem }, granule("a", east)];
    const { map, report } = await buildShardMap({ grid, granules, region });
    expect(report.skipped).toEqual([{ id: "torn", href: "s3://b/torn", error: problem }]);
    expect(map.metadata["zagg_build"]).toMatchObject({
      granules_skipped: [{ code: "RING_OPEN", count: 1, first_ids: ["torn"] }],
    });
  });

  it("leaves its seconds out when equal input is to give equal bytes", async () => {
    const build = async (seconds: number, reproducible: boolean): Promise<string> => {
      let clock = 0;
      const now = (): number => (clock += 1000 * seconds);
      const granules = [granule("a", both)];
      return serializeShardMap((await buildShardMap({ grid, granules, region, now, reproducible })).map);
    };
    expect(await build(1, true)).toBe(await build(2, true));
    expect(await build(1, false)).not.toBe(await build(2, false));
    expect(JSON.parse(await build(1, true))).not.toHaveProperty("metadata.build_wall_s");
  });

  it("names the latitude convention of a grid that has one", async () => {
    const signature = { type: "tiles", latitude: "authalic" };
    const granules = [granule("a", both)];
    const { map } = await buildShardMap({ grid: createTileGrid({ signature }), granules, region });
    expect(map.metadata["zagg_build"]).toMatchObject({ latitude: "authalic" });
  });

  it("names the first ten granules of each code, and counts all", async () => {
    const none = Array.from({ length: 2500 }, (_, i) => granule(`g${i}`, null));
    const { map, report } = await buildShardMap({ grid, granules: [...none, granule("a", east)], region });
    expect(report.skipped).toHaveLength(2500);
    expect(map.metadata["zagg_build"]).toMatchObject({
      granules_skipped: [
        {
          code: "SHARDMAP_FOOTPRINT",
          count: 2500,
          first_ids: none.slice(0, 10).map(({ record }) => record.id),
        },
      ],
    });
  });

  it("tells of the skipped in the order they came, whatever is wrong with them", async () => {
    const problem = { name: "GeometryError", code: "RING_OPEN", what: "w", why: "y", mend: "m" };
    const shared = granule("twice", null);
    const granules = [shared, granule("a", east), { ...shared, problem }, { ...shared, footprint: east }];
    const { map, report } = await buildShardMap({ grid, granules, region });
    expect(report.skipped.map(({ error }) => error.code)).toEqual(["SHARDMAP_FOOTPRINT", "RING_OPEN"]);
    expect(ids(map.granules)).toEqual([["a", "twice"]]);
  });

  it("tells how far it is, and stops between batches", async () => {
    const granules = Array.from({ length: 3000 }, (_, i) => granule(`g${i}`, i % 2 === 0 ? both : null));
    const told: [number, number][] = [];
    const onProgress = ({ done, skipped }: { done: number; skipped: number }): void =>
      void told.push([done, skipped]);
    await buildShardMap({ grid, granules, region, onProgress });
    expect(told).toEqual([
      [1024, 512],
      [2048, 1024],
      [3000, 1500],
    ]);
    const abort = new AbortController();
    const stopping = { grid, granules, region, signal: abort.signal, onProgress: () => abort.abort() };
    await expect(buildShardMap(stopping)).rejects.toThrow(
      expect.objectContaining({ code: "SHARDMAP_INTERRUPTED", details: { granules: 1024 } }),
    );
  });

  it("stops while its catalog is read when that fails, with the catalog's error", async () => {
    async function* torn(): AsyncGenerator<readonly GranuleFootprint[]> {
      yield [granule("a", east)];
      throw await Promise.resolve(new RangeError("torn"));
    }
    await expect(buildShardMap({ grid, granules: torn(), region })).rejects.toThrow("torn");
  });

  it("takes granules from any iterable, once", async () => {
    function* stream(): Generator<GranuleFootprint> {
      yield granule("a", east);
      yield granule("b", east);
    }
    const { map } = await buildShardMap({ grid, granules: stream(), region });
    expect(ids(map.granules)).toEqual([["a", "b"]]);
  });

  it("takes granules in batches as they are read, empty ones too", async () => {
    async function* batches(): AsyncGenerator<readonly GranuleFootprint[]> {
      yield [granule("a", east), granule("b", both)];
      yield await Promise.resolve([]);
      yield [granule("c", west)];
    }
    const { map, report } = await buildShardMap({ grid, granules: batches(), region });
    expect(ids(map.granules)).toEqual([
      ["b", "c"],
      ["a", "b"],
    ]);
    expect(report.granulesConsidered).toBe(3);
  });

  it.each<[string, GranuleFootprint[], RegExp]>([
    ["no granule", [], /0 considered/],
    ["no granule inside", [granule("far", boxFootprint(-100, 5, -95, 10))], /1 outside/],
    ["only skipped granules", [granule("x", null)], /x: granule x has no footprint/],
  ])("refuses to make an empty map of %s", async (_name, granules, message) => {
    await expect(buildShardMap({ grid, granules, region })).rejects.toThrow(
      expect.objectContaining({ code: "SHARDMAP_EMPTY", message: expect.stringMatching(message) as string }),
    );
  });
});

/** The grid without its storage, so that it can be spread. */
function createTileGridParts(): typeof grid {
  const { storage: _storage, ...descriptors } = Object.getOwnPropertyDescriptors(grid);
  return Object.defineProperties({}, descriptors) as typeof grid;
}
