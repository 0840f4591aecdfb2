import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buildShardMapFromPoints,
  serializeShardMap,
  type BuildFromPointsInput,
  type BuildProgress,
} from "../src/index.js";
import { anySource, createMemoryReader, type MemoryGranule } from "./memory-reader.js";
import { FIRST_KEY, boxFootprint, createTileGrid } from "./tile-grid.js";

const grid = createTileGrid();
const dataSource = {
  groups: ["gt1l", "gt1r"],
  coordinates: { latitude: "/{group}/lat", longitude: "/{group}/lon" },
};
const tile = (lon: number, lat: number): bigint =>
  FIRST_KEY + BigInt(12 * Math.floor((lat + 60) / 30) + Math.floor((lon + 180) / 30));

const beam = (group: string, points: readonly (readonly [lon: number, lat: number])[]): MemoryGranule => ({
  [`/${group}/lon`]: { values: Float64Array.from(points, ([lon]) => lon) },
  [`/${group}/lat`]: { values: Float64Array.from(points, ([, lat]) => lat) },
});
const file = (name: string) => ({ id: name, href: `/data/${name}`, recordHref: `../data/${name}` });

function build(files: Record<string, MemoryGranule | null>, more: Partial<BuildFromPointsInput> = {}) {
  const named = Object.fromEntries(
    Object.entries(files).map(([name, granule]) => [`/data/${name}`, granule]),
  );
  const reader = createMemoryReader(named);
  const input = {
    grid,
    sources: anySource,
    reader,
    dataSource,
    files: Object.keys(files).map(file),
    now: () => 0,
    ...more,
  };
  return { reader, result: buildShardMapFromPoints(input) };
}

describe("building from points", () => {
  it("lists each granule under exactly the shards its points are in", async () => {
    const { map, report } = await build({
      "b.h5": {
        ...beam("gt1l", [
          [5, 5],
          [6, 6],
          [5, 5],
        ]),
        ...beam("gt1r", [[35, 5]]),
      },
      "a.h5": beam("gt1l", [
        [35, 5],
        [-170, -50],
      ]),
    }).result;
    expect([...map.shardKeys]).toEqual([tile(-170, -50), tile(5, 5), tile(35, 5)]);
    expect(map.granules).toEqual([
      [{ id: "a.h5", s3: null, https: null, file: "../data/a.h5" }],
      [{ id: "b.h5", s3: null, https: null, file: "../data/b.h5" }],
      [
        { id: "b.h5", s3: null, https: null, file: "../data/b.h5" },
        { id: "a.h5", s3: null, https: null, file: "../data/a.h5" },
      ],
    ]);
    expect(report).toMatchObject({
      granulesConsidered: 2,
      granulesAssigned: 2,
      pairs: 4,
      groupsMissing: 1,
      points: { read: 6, invalid: 0, outsideGrid: 0 },
    });
  });

  it("counts points with unusable coordinates apart from points off the grid", async () => {
    const points = [
      [5, 5],
      [NaN, 5],
      [5, NaN],
      [Infinity, 5],
      [5, 90.001],
      [5, -1e30],
      [5, 90],
      [5, -75],
      [365, 5],
    ] as const;
    const { map, report } = await build({ "a.h5": beam("gt1l", points) }).result;
    expect(report.points).toEqual({ read: 9, invalid: 5, outsideGrid: 2 });
    expect([...map.shardKeys]).toEqual([tile(5, 5)]);
    expect(map.metadata["zagg_build"]).toEqual({
      method: "points",
      granules_assigned: 1,
      granules_outside: 0,
      granules_skipped: [],
      points: { read: 9, invalid: 5, outside_grid: 2 },
      groups_missing: 1,
    });
  });

  it("takes a coordinate that is its dataset's fill value, in the dataset's own type, for no place", async () => {
    const lon = Float32Array.of(5, 35.1, 65, 35.1);
    const lat = Float64Array.of(5, 5, -0.1, -0.1);
    const granule = {
      "/gt1l/lon": { values: lon, fillValue: 35.1 },
      "/gt1l/lat": { values: lat, fillValue: -0.1 },
      "/gt1r/lon": { values: Int16Array.of(95, -99), fillValue: -99 },
      "/gt1r/lat": { values: Float64Array.of(5, 5), fillValue: NaN },
    };
    const { map, report } = await build({ "a.h5": granule }).result;
    expect([...map.shardKeys]).toEqual([tile(5, 5), tile(95, 5)]);
    expect(report.points).toEqual({ read: 6, invalid: 4, outsideGrid: 0 });
    expect([...lat]).toEqual([5, 5, -0.1, -0.1]);
  });

  it("widens float32 and integer coordinates", async () => {
    const granule = {
      "/gt1l/lon": { values: Float32Array.of(35) },
      "/gt1l/lat": { values: Int16Array.of(-5) },
    };
    expect([...(await build({ "a.h5": granule }).result).map.shardKeys]).toEqual([tile(35, -5)]);
  });

  it("keeps only shards that the region touches", async () => {
    const { map, report } = await build(
      {
        "a.h5": beam("gt1l", [
          [5, 5],
          [35, 5],
        ]),
        "b.h5": beam("gt1l", [[5, 5]]),
      },
      { region: boxFootprint(31, 1, 59, 29) },
    ).result;
    expect([...map.shardKeys]).toEqual([tile(35, 5)]);
    expect(report).toMatchObject({ granulesAssigned: 1, granulesOutside: 1 });
  });

  it("reads in blocks of whole chunks and misses no row", async () => {
    const rows = 2 ** 21 + 5;
    const chunkRows = 300_000;
    const lat = Float64Array.from({ length: rows }, (_, i) => (i === rows - 1 ? 35 : 5));
    const lon = new Float64Array(rows).fill(5);
    const { reader, result } = build({
      "a.h5": { "/gt1l/lat": { values: lat, chunkRows }, "/gt1l/lon": { values: lon, chunkRows } },
    });
    const { map, report } = await result;
    expect(report.points).toEqual({ read: rows, invalid: 0, outsideGrid: 0 });
    expect([...map.shardKeys]).toEqual([tile(5, 5), tile(5, 35)]);
    const ranges = reader.reads.filter(({ path }) => path === "/gt1l/lat").map(({ range }) => range);
    expect(ranges).toEqual([
      { start: 0, stop: 900_000 },
      { start: 900_000, stop: 1_800_000 },
      { start: 1_800_000, stop: rows },
    ]);
  });

  it("accepts columns without rows", async () => {
    const { report } = await build({ "empty.h5": beam("gt1l", []), "a.h5": beam("gt1l", [[5, 5]]) }).result;
    expect(report).toMatchObject({ granulesOutside: 1, granulesAssigned: 1, skipped: [] });
  });

  it("takes coordinates from columns of two-dimensional datasets", async () => {
    const coordinates = {
      latitude: { path: "/{group}/corners", column: 1 },
      longitude: { path: "/{group}/corners", column: 0 },
    };
    const corners = { values: Float64Array.of(5, 6, 35, 7), shape: [2, 2] };
    const { map } = await build(
      { "a.h5": { "/gt1l/corners": corners } },
      { dataSource: { ...dataSource, coordinates } },
    ).result;
    expect([...map.shardKeys]).toEqual([tile(5, 6), tile(35, 7)]);
  });

  it("skips and names what cannot be read or is another product, and goes on", async () => {
    const { map, report } = await build({
      "text.h5": null,
      "other.h5": { "/gt9/lat": { values: Float64Array.of(1) } },
      "halves.h5": {
        "/gt1l/lat": { values: Float64Array.of(1) },
        "/gt1r/lon": { values: Float64Array.of(1) },
      },
      "uneven.h5": {
        "/gt1l/lat": { values: Float64Array.of(1, 2) },
        "/gt1l/lon": { values: Float64Array.of(1) },
      },
      "wide.h5": {
        "/gt1l/lat": { values: Float64Array.of(1, 2), shape: [1, 2] },
        "/gt1l/lon": { values: Float64Array.of(1, 2), shape: [1, 2] },
      },
      "wide-lon.h5": {
        "/gt1l/lat": { values: Float64Array.of(1) },
        "/gt1l/lon": { values: Float64Array.of(1, 2), shape: [1, 2] },
      },
      "good.h5": beam("gt1r", [[5, 5]]),
    }).result;
    expect(report.skipped.map(({ id, error }) => [id, error.code])).toEqual([
      ["text.h5", "GRANULE_FORMAT"],
      ["other.h5", "SHARDMAP_WRONG_PRODUCT"],
      ["halves.h5", "SHARDMAP_WRONG_PRODUCT"],
      ["uneven.h5", "SHARDMAP_WRONG_PRODUCT"],
      ["wide.h5", "DATASET_COLUMN"],
      ["wide-lon.h5", "DATASET_COLUMN"],
    ]);
    expect(report.skipped[1]!.error.what).toContain("/data/other.h5");
    expect(map.granules.flat().map(({ id }) => id)).toEqual(["good.h5"]);
    expect(map.metadata["total_granules"]).toBe(7);
  });

  it("takes nothing from a granule that turns out to be damaged halfway", async () => {
    const damaged = {
      ...beam("gt1l", [[35, 5]]),
      "/gt1r/lon": { values: Float64Array.of(65) },
      "/gt1r/lat": { values: Float64Array.of(5), damagedFrom: 0 },
    };
    const { reader, result } = build({ "bad.h5": damaged, "good.h5": beam("gt1l", [[5, 5]]) });
    const { map, report } = await result;
    expect([...map.shardKeys]).toEqual([tile(5, 5)]);
    expect(report.skipped.map(({ error }) => error.code)).toEqual(["GRANULE_CORRUPT"]);
    expect(report.points!.read).toBe(1);
    expect(reader.openNow.size).toBe(0);
  });

  it.each<[string, Record<string, MemoryGranule | null>, RegExp]>([
    ["no file", {}, /0 considered/],
    ["no usable file", { "x.h5": null }, /x\.h5 is not HDF5 \(GRANULE_FORMAT\)/],
    ["no point on the grid", { "x.h5": beam("gt1l", [[5, 80]]) }, /1 outside/],
  ])("refuses to make an empty map of %s", async (_name, files, message) => {
    await expect(build(files).result).rejects.toMatchObject({
      code: "SHARDMAP_EMPTY",
      message: expect.stringMatching(message) as string,
    });
  });

  it("lets a fault of the reader through", async () => {
    const reader = { ...createMemoryReader({}), open: () => Promise.reject(new TypeError("a bug")) };
    await expect(build({ "a.h5": null }, { reader }).result).rejects.toThrow(TypeError);
  });

  it("reports progress after each granule", async () => {
    const told: BuildProgress[] = [];
    const files = { "a.h5": beam("gt1l", [[5, 5]]), "b.h5": null };
    await build(files, { onProgress: (progress) => told.push(progress) }).result;
    expect(told).toEqual([
      { done: 1, total: 2, id: "a.h5", skipped: 0 },
      { done: 2, total: 2, id: "b.h5", skipped: 1 },
    ]);
  });

  it("finds the shard set of any points, and writes the same bytes twice", async () => {
    const point = fc.tuple(
      fc.double({ min: -400, max: 400, noNaN: true }),
      fc.oneof(fc.double({ min: -59.9, max: 59.9, noNaN: true }), fc.double()),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(point, { maxLength: 50 }), async (points) => {
        const expected = new BigUint64Array(points.length + 1);
        const all = [[5, 5] as const, ...points];
        grid.shardsOf(
          Float64Array.from(all, ([lon]) => lon),
          Float64Array.from(all, ([, lat]) => lat),
          expected,
        );
        const first = await build({ "a.h5": beam("gt1l", all) }).result;
        const second = await build({ "a.h5": beam("gt1l", all) }).result;
        const distinct = [...new Set(expected)].filter((key) => key !== 2n ** 64n - 1n);
        expect([...first.map.shardKeys]).toEqual(distinct.sort((a, b) => (a < b ? -1 : 1)));
        expect(serializeShardMap(second.map)).toBe(serializeShardMap(first.map));
      }),
    );
  });
});
