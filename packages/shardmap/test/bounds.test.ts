/** What the bounds of a configuration take of a map, and of granules when a map is built. */
import type { Region } from "@zagg/core";
import { prepareRegion, regionsMeet } from "@zagg/sphere";
import { describe, expect, it } from "vitest";
import {
  boundShardMap,
  buildShardMap,
  buildShardMapFromPoints,
  configBounds,
  createShardMap,
  subsetShardMap,
  type GranuleFootprint,
  type ShardMap,
} from "../src/index.js";
import { shardFilter } from "../src/bounds/shard-filter.js";
import { regionRecord } from "../src/build/region-record.js";
import { anySource, createMemoryReader } from "./memory-reader.js";
import { FIRST_KEY, boxFootprint, createTileGrid } from "./tile-grid.js";

/** Tiles of 30 degrees on the sphere: those of the map that a region meets. */
const tileBox = (lon: number): Region =>
  configBounds({ bounds: { spatial: [lon - 5, 0, Math.min(180, lon + 25), 30] } }).region!;
const met = (region: Region): readonly number[] =>
  [5, 35, 175].filter((lon) => regionsMeet(prepareRegion(region), prepareRegion(tileBox(lon))));
const sphere = {
  coverer(region: Region) {
    const tiles = met(region);
    return {
      shardKeys: BigUint64Array.from(tiles, (lon) => tile(lon, 5)),
      cover: (footprint: Region) =>
        Uint32Array.from(met(footprint), (lon) => tiles.indexOf(lon)).filter((index) => index < tiles.length),
    };
  },
  shardFootprint: (key: bigint) => tileBox([5, 35, 175].find((lon) => tile(lon, 5) === key)!),
};
const grid = createTileGrid();
/** The key of the tile of 30 degrees that holds a place. */
const tile = (lon: number, lat: number): bigint =>
  FIRST_KEY + BigInt(12 * Math.floor((lat + 60) / 30) + Math.floor((lon + 180) / 30));
const record = (id: string, start?: string, end = start) => ({
  id,
  s3: `s3://b/${id}`,
  https: null,
  ...(start === undefined ? {} : { time_start: start, time_end: end! }),
});
const february = { temporal: { start_date: "2019-02-01", end_date: "2019-02-28" } };
const dated = [
  record("before", "2019-01-31T23:59:59.999Z"),
  record("until", "2019-01-31T23:00:00Z", "2019-02-01T00:00:00Z"),
  record("last", "2019-02-28T23:59:59.999Z"),
  record("after", "2019-03-01T00:00:00Z"),
  record("undated"),
];
const KEPT = ["until", "last", "undated"];

function map(parts: Partial<ShardMap> = {}): ShardMap {
  return createShardMap({
    metadata: {},
    gridSignature: null,
    shardKeys: BigUint64Array.of(tile(5, 5), tile(35, 5), tile(175, 5)),
    granules: [dated, [record("a")], [record("b")]],
    ...parts,
  });
}

const codesOf = (warnings: readonly { code: string }[]): string[] => warnings.map(({ code }) => code);

describe("the bounds of a configuration take of a map", () => {
  it("all of it when there are none", () => {
    const whole = map();
    for (const bounds of [undefined, null, {}, { spatial: null, temporal: null }]) {
      const bounded = boundShardMap(whole, sphere, bounds === undefined ? {} : { bounds });
      expect(bounded).toEqual({ map: whole, warnings: [] });
      expect(bounded.map).toBe(whole);
    }
  });

  it("granules with data in the half-open time, and those that state none", () => {
    const { map: bounded, warnings } = boundShardMap(map(), sphere, { bounds: february });
    expect(bounded.granules[0]?.map(({ id }) => id)).toEqual(KEPT);
    expect(codesOf(warnings)).toEqual(["BOUNDS_SELECTED", "BOUNDS_UNDATED"]);
    expect(warnings[0]?.details).toMatchObject({ shards: 3, pairs: 5, pairs_dropped: 2 });
  });

  it.each([
    ["a box", [1, 1, 29, 29], [tile(5, 5)]],
    ["a box across the antimeridian", [170, 1, -170, 29], [tile(175, 5)]],
    ["the globe", [-180, -90, 180, 90], [tile(5, 5), tile(35, 5), tile(175, 5)]],
    [
      "a polygon",
      {
        type: "Polygon",
        coordinates: [
          [
            [31, 1],
            [59, 1],
            [59, 29],
            [31, 29],
            [31, 1],
          ],
        ],
      },
      [tile(35, 5)],
    ],
  ])("the shards that %s touches, whole", (_what, spatial, keys) => {
    const bounds = { spatial } as never;
    const { map: bounded } = boundShardMap(map(), sphere, { bounds });
    expect([...bounded.shardKeys]).toEqual(keys);
    const unlisted = shardFilter(sphere, configBounds({ bounds }).region!, 0);
    expect([...unlisted(map().shardKeys)]).toEqual(keys);
  });

  it("nothing, and are refused then", () => {
    const nowhere = { bounds: { spatial: [-100, 1, -91, 9] } };
    expect(() => boundShardMap(map(), sphere, nowhere)).toThrowError(
      expect.objectContaining({ code: "SHARDMAP_OUT_OF_BOUNDS" }),
    );
  });

  it.each([
    ["REGION_BBOX_REVERSED", [10, 20, 30, 10]],
    ["REGION_NOT_GEOJSON", { type: "Point", coordinates: [1, 2] }],
  ])("nothing when they are no region: %s", (code, spatial) => {
    expect(() => configBounds({ bounds: { spatial } as never })).toThrowError(
      expect.objectContaining({ code, path: "/bounds/spatial" }),
    );
  });
});

it("bounds whose ring may mean something else are told of, and taken", () => {
  const spatial = {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [20, 20],
        [20, 0],
        [0, 20],
        [0, 0],
      ],
    ],
  };
  const { warnings } = boundShardMap(map(), sphere, { bounds: { spatial } } as never);
  expect(warnings[0]).toMatchObject({ code: "REGION_CROSSING", path: "/bounds/spatial" });
});

describe("bounds that a map was not made for are told", () => {
  const box = [1, 1, 29, 29];
  const told = (metadata: ShardMap["metadata"], bounds: object): boolean =>
    codesOf(boundShardMap(map({ metadata }), sphere, { bounds } as never).warnings).includes(
      "BOUNDS_BEYOND_MAP",
    );
  const builtFor = async (...corners: [number, number, number, number]) => ({
    zagg_build: { region: await regionRecord(configBounds({ bounds: { spatial: corners } }).region!) },
  });
  const triangle = {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [60, 0],
        [30, 40],
        [0, 0],
      ],
    ],
  };

  it("in place, by the region that the map records", async () => {
    expect(told({}, { spatial: box })).toBe(false);
    expect(told(await builtFor(1, 1, 29, 29), { spatial: box })).toBe(false);
    expect(told(await builtFor(0, 0, 40, 40), { spatial: box })).toBe(false);
    expect(told(await builtFor(2, 1, 29, 29), { spatial: box })).toBe(true);
    expect(told(await builtFor(170, 0, -170, 40), { spatial: [175, 1, -175, 9] })).toBe(false);
    expect(told(await builtFor(170, 0, -175, 40), { spatial: [175, 1, -170, 9] })).toBe(true);
    const record = await regionRecord(configBounds({ bounds: { spatial: triangle } as never }).region!);
    expect(told({ zagg_build: { region: record } }, { spatial: triangle })).toBe(false);
    expect(told({ zagg_build: { region: record } }, { spatial: box })).toBe(true);
  });

  it("by the query of its catalog, and when parts of it were cut out", () => {
    expect(told({ bbox: [0, 0, 20, 20] }, { spatial: box })).toBe(true);
    expect(told({ bbox: [0, 0, 40, 40] }, { spatial: box })).toBe(false);
    expect(told({ start_date: "2019-02-01", end_date: "2019-02-28" }, february)).toBe(false);
    expect(told({ start_date: "2019-02-01", end_date: "2019-02-27" }, february)).toBe(true);
    const { metadata } = subsetShardMap({ map: map(), asked: {} }).map;
    expect(told(metadata, february)).toBe(true);
  });
});

describe("a build limited to a time", () => {
  const time = configBounds({ bounds: february }).time;

  it("leaves out granules of a catalog, counts them, and records the time", async () => {
    const region = boxFootprint(1, 1, 29, 29);
    const granules = dated.map((of): GranuleFootprint => ({
      record: of,
      footprint: boxFootprint(5, 5, 10, 10),
    }));
    const { map: built, report } = await buildShardMap({ grid, granules, region, time });
    expect(built.granules[0]?.map(({ id }) => id)).toEqual(KEPT);
    expect(report).toMatchObject({
      granulesConsidered: 5,
      granulesAssigned: 3,
      granulesOutside: 0,
      granulesOutsideTime: 2,
      granulesWithoutTime: 1,
    });
    expect(built.metadata["zagg_build"]).toMatchObject({
      time: { start: "2019-02-01T00:00:00.000Z", end: "2019-02-28T23:59:59.999Z" },
      granules_outside_time: 2,
    });
    const codes = (bounds: object) => codesOf(boundShardMap(built, sphere, { bounds } as never).warnings);
    expect(codes(february)).toEqual(["BOUNDS_UNDATED"]);
    const longer = { temporal: { start_date: "2019-02-01", end_date: "2019-03-01" } };
    expect(codes(longer)).toContain("BOUNDS_BEYOND_MAP");
  });

  it("does not read local granules whose names tell of another time", async () => {
    const names = [
      "ATL06_20190215100000_00010112_006_01.h5",
      "ATL06_20190415100000_00010112_006_01.h5",
      "own.h5",
    ];
    const points = { "/g/lon": { values: Float64Array.of(5) }, "/g/lat": { values: Float64Array.of(5) } };
    const reader = createMemoryReader(
      Object.fromEntries([names[0]!, names[2]!].map((name) => [name, points])),
    );
    const { map: built, report } = await buildShardMapFromPoints({
      grid,
      sources: anySource,
      reader,
      dataSource: { groups: ["g"], coordinates: { latitude: "/{group}/lat", longitude: "/{group}/lon" } },
      files: names.map((name) => ({ id: name, href: name, recordHref: name })),
      time,
    });
    expect(built.granules[0]?.map(({ id }) => id)).toEqual([names[0], names[2]]);
    expect(report).toMatchObject({ granulesOutsideTime: 1, granulesWithoutTime: 1, skipped: [] });
  });
});
