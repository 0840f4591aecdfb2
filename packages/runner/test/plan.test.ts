import { describe, expect, it } from "vitest";
import { dryRunReport, planRun } from "../src/index.js";
import { createShardMap } from "@zagg/shardmap";
import { STORE, SIGNATURE, createConfig, createMap, createScene, errorOf, plan } from "./scene.js";
import { FIRST_KEY } from "./plugins/boxes-grid.mjs";

const scene = createScene();
const config = createConfig(scene);
const map = createMap({ 0: ["a"], 1: ["a", "b", "c"], 3: [] });

describe("planning", () => {
  it("makes a job of every shard in the order of the keys, as plain data", () => {
    const { jobs, labels } = plan(scene, config, map);
    expect(JSON.parse(JSON.stringify(jobs))).toEqual(jobs);
    expect(jobs.map(({ shardKey, block }) => [shardKey, block])).toEqual([
      ["9223372036854775808", [0]],
      ["9223372036854775809", [1]],
      ["9223372036854775811", [3]],
    ]);
    expect(jobs[0]?.granules).toEqual([{ id: "a", href: "table://a", tells: true }]);
    expect(labels).toEqual(["box0", "box1", "box3"]);
  });

  it("has the first of a run's shards that lists a granule tell of it", () => {
    const tells = (options: Parameters<typeof plan>[3]) =>
      plan(scene, config, createMap({ 0: ["a", "b"], 1: ["b", "c", "a"], 3: ["c", "c"] }), options).jobs.map(
        ({ granules }) => granules.filter(({ tells }) => tells).map(({ id }) => id),
      );
    expect(tells({})).toEqual([["a", "b"], ["c"], []]);
    expect(tells({ cell: "box1" })).toEqual([["b", "c", "a"]]);
    expect(tells({ cell: "box3" })).toEqual([["c"]]);
  });

  it("selects one shard by key or by label", () => {
    const byKey = plan(scene, config, map, { cell: "9223372036854775809" });
    const byLabel = plan(scene, config, map, { cell: " box1 " });
    expect(byKey.jobs).toEqual(byLabel.jobs);
    expect(byLabel.labels).toEqual(["box1"]);
  });

  it("places the shards of a selection among all those of the map", () => {
    const asked: bigint[] = [];
    const factory = scene.registry.grid("boxes");
    const create: typeof factory.create = (params, fields) => {
      const grid = factory.create(params, fields);
      const placement: typeof grid.storage.placement = (keys) => {
        asked.push(...keys);
        return grid.storage.placement(keys);
      };
      return { ...grid, storage: { ...grid.storage, placement } };
    };
    const registry = { ...scene.registry, grid: () => ({ ...factory, create }) };
    plan({ registry }, createConfig(scene), map, { maxCells: 1 });
    expect(asked).toEqual([...map.shardKeys]);
  });

  it("refuses a store that no plugin opens", () => {
    const request = { registry: scene.registry, config: createConfig(scene), shardMap: map, mapBase: "/" };
    expect(() => planRun({ ...request, storeUri: "gopher://x" })).toThrow(
      expect.objectContaining({ code: "PLUGIN_UNKNOWN" }),
    );
  });

  it("selects the first shards in the order of the map", () => {
    expect(plan(scene, config, map, { maxCells: 2 }).labels).toEqual(["box0", "box1"]);
    expect(plan(scene, config, map, { maxCells: 99 }).labels).toEqual(["box0", "box1", "box3"]);
  });

  it.each([
    ["bx1", "box1"],
    ["9223372036854775801", "9223372036854775808"],
  ])("suggests the nearest shard for the unknown %s", async (cell, suggestion) => {
    const error = await errorOf(() => plan(scene, config, map, { cell }));
    expect(error.code).toBe("RUN_CELL_UNKNOWN");
    expect(error.details).toEqual({ cell, suggestion });
  });

  it("suggests nothing for a name like no shard, and does not take a number beyond 64 bits for a key", async () => {
    for (const cell of ["greenland", "27670116110564327424"]) {
      const error = await errorOf(() => plan(scene, config, map, { cell }));
      expect([error.code, error.details?.["suggestion"]]).toEqual(["RUN_CELL_UNKNOWN", null]);
    }
  });

  it("refuses a map without shards instead of failing later", async () => {
    expect((await errorOf(() => plan(scene, config, createMap({})))).code).toBe("RUN_EMPTY");
  });

  it("refuses a number of shards that is not a whole number above 0", async () => {
    for (const maxCells of [0, -1, 1.5, NaN]) {
      expect(await errorOf(() => plan(scene, config, map, { maxCells }))).toBeInstanceOf(RangeError);
    }
  });

  it("reads the href that the driver names, else the first there is", () => {
    const record = { id: "a", s3: "s3://b/a", https: "https://h/a", file: "table://a" };
    const one = createShardMap({
      metadata: {},
      gridSignature: SIGNATURE,
      shardKeys: BigUint64Array.of(FIRST_KEY),
      granules: [[record, { id: "b", s3: null, https: "https://h/b", file: "table://b" }]],
    });
    const hrefs = (driver?: "s3" | "https") =>
      plan(scene, config, one, driver === undefined ? {} : { driver }).jobs[0]?.granules.map(
        ({ href }) => href,
      );
    expect(hrefs()).toEqual(["table://a", "table://b"]);
    expect(hrefs("s3")).toEqual(["s3://b/a", "table://b"]);
  });

  it("refuses a run none of whose granules the reader opens", async () => {
    const remote = createShardMap({
      metadata: {},
      gridSignature: null,
      shardKeys: BigUint64Array.of(FIRST_KEY),
      granules: [[{ id: "a", s3: "s3://bucket/a.h5", https: null }]],
    });
    const error = await errorOf(() => plan(scene, config, remote));
    expect(error.code).toBe("RUN_SCHEME_UNSUPPORTED");
    expect(error.details).toEqual({ schemes: ["s3"], readable: ["table"] });
  });

  it("refuses a granule without any href", async () => {
    const none = createShardMap({
      metadata: {},
      gridSignature: null,
      shardKeys: BigUint64Array.of(FIRST_KEY),
      granules: [[{ id: "a", s3: null, https: null }]],
    });
    expect((await errorOf(() => plan(scene, config, none))).code).toBe("GRANULE_NO_HREF");
  });

  it.each([
    [
      "a level that is linked to another than the base",
      { source: levels({ d: "/{group}/d" }, "tracks") },
      "RUN_SOURCE_UNSUPPORTED",
      "/data_source/levels/segments/link/to",
    ],
    [
      "a read plan by a level without coordinates",
      { source: { ...levels(null), read_plan: { spatial_index: "segments" } } },
      "RUN_SOURCE_UNSUPPORTED",
      "/data_source/levels/segments/coordinates",
    ],
  ])("refuses %s by name", async (_what, change, code, path) => {
    const error = await errorOf(() => plan(scene, createConfig(scene, change as never), map));
    expect([error.code, error.path]).toEqual([code, path]);
  });

  it("accepts levels and a read plan that only say how to read faster", () => {
    const coordinates = { latitude: "lat", longitude: "lon" };
    const source = { ...levels(["d"], "points", coordinates), read_plan: { spatial_index: "segments" } };
    const leveled = createConfig(scene, { source: source as never });
    expect(plan(scene, leveled, map).jobs).toHaveLength(3);
  });
});

describe("the planned hierarchy", () => {
  const paths = (change: Parameters<typeof createConfig>[1]) =>
    plan(scene, createConfig(scene, change), map).hierarchy.arrays.map(({ path }) => path);

  it("lists whole coordinates, declared cell coordinates, then the fields", () => {
    const declared = { aggregation: { coordinates: { cell_ids: { dtype: "uint64", fill_value: 0 } } } };
    expect(paths(declared)).toEqual(["boxes/lon", "boxes/cell_ids", "boxes/n", "boxes/h_mean"]);
    expect(paths({})).toEqual(["boxes/lon", "boxes/n", "boxes/h_mean"]);
  });

  it("gives arrays the grid's blocks, the config's compression and the field's provenance", () => {
    const chunked = createConfig(scene, { grid: { chunks: 3 }, output: { compression: "none" } });
    const { hierarchy } = plan(scene, chunked, map);
    expect(hierarchy.groups.map(({ path }) => path)).toEqual(["", "boxes"]);
    expect(hierarchy.arrays.at(-1)).toMatchObject({
      shape: [36],
      blockShape: [9],
      chunkShape: [3],
      sharded: true,
      compression: "none",
      fillValue: "NaN",
      attributes: { grid_mapping: "boxes", provenance: '{"function":"mean","source":"h"}' },
    });
  });

  it("shares one object among chunks only when there are several and the config wants it", () => {
    const sharded = (grid: Record<string, number | boolean>) =>
      plan(scene, createConfig(scene, { grid }), map).hierarchy.arrays.at(-1)?.sharded;
    expect([sharded({ chunks: 3 }), sharded({ chunks: 3, sharded: false }), sharded({})]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("warns of coordinates that the grid does not have, or stores in another dtype", () => {
    const coordinates = {
      morton: { dtype: "uint64", fill_value: 0 },
      cell_ids: { dtype: "int64", fill_value: 0 },
    };
    const { warnings, hierarchy } = plan(scene, createConfig(scene, { aggregation: { coordinates } }), map);
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ["COORDINATE_IGNORED", "/aggregation/coordinates/morton"],
      ["COORDINATE_IGNORED", "/aggregation/coordinates/cell_ids"],
    ]);
    expect(hierarchy.arrays.find(({ path }) => path === "boxes/cell_ids")?.dtype).toBe("uint64");
  });
});

describe("a dry run", () => {
  it("reports shards and granules under the names of the original, then more", () => {
    const report = dryRunReport(plan(scene, config, map));
    expect(Object.keys(report).slice(0, 6)).toEqual([
      "dry_run",
      "total_cells",
      "granules_per_cell_min",
      "granules_per_cell_max",
      "granules_per_cell_avg",
      "store_path",
    ]);
    expect(report).toMatchObject({
      dry_run: true,
      total_cells: 3,
      granules_per_cell_min: 0,
      granules_per_cell_max: 3,
      granules_per_cell_avg: 4 / 3,
      store_path: STORE,
      granules: 3,
      bytes: null,
    });
    expect(report.shards[1]).toEqual({ shard_key: "9223372036854775809", label: "box1", granules: 3 });
  });

  it("adds up the bytes of distinct granules when the map says them", () => {
    const record = { id: "a", s3: null, https: null, file: "table://a", bytes: 7 };
    const sized = createShardMap({
      metadata: {},
      gridSignature: SIGNATURE,
      shardKeys: BigUint64Array.of(FIRST_KEY, FIRST_KEY + 1n),
      granules: [[record], [record, { ...record, id: "b", file: "table://b", bytes: 5 }]],
    });
    expect(dryRunReport(plan(scene, config, sized)).bytes).toBe(12);
  });
});

describe("the bounds of a configuration", () => {
  const dated = (id: string, day: string) => ({
    id,
    s3: null,
    https: null,
    file: `table://${id}`,
    datetime: `${day}T12:00:00Z`,
  });
  const map = createShardMap({
    metadata: {},
    gridSignature: SIGNATURE,
    shardKeys: BigUint64Array.of(FIRST_KEY, FIRST_KEY + 1n),
    granules: [[dated("a", "2019-02-01")], [dated("a", "2019-02-01"), dated("b", "2019-03-01")]],
  });
  const bounded = (start: string, end: string, options = {}) => {
    const bounds = { temporal: { start_date: start, end_date: end } };
    return plan(scene, { ...config, bounds }, map, options);
  };

  it("limit a run to the shards and granules within, whatever the map holds", () => {
    const { jobs, warnings } = bounded("2019-03-01", "2019-03-01");
    expect(jobs.map(({ shardKey, granules }) => [shardKey, granules.map(({ id }) => id)])).toEqual([
      [String(FIRST_KEY + 1n), ["b"]],
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(["BOUNDS_SELECTED"]);
  });

  it("say nothing where they leave nothing out", () => {
    expect(bounded("2019-02-01", "2019-03-01").warnings).toEqual([]);
  });

  it("refuse a run of which they leave nothing, and a shard outside", async () => {
    const nothing = await errorOf(() => bounded("2020-01-01", "2020-01-31"));
    expect(nothing).toMatchObject({ code: "SHARDMAP_OUT_OF_BOUNDS" });
    const outside = await errorOf(() => bounded("2019-03-01", "2019-03-01", { cell: "box0" }));
    expect(outside).toMatchObject({ code: "RUN_CELL_UNKNOWN" });
  });
});

/** A base level of points and a level of segments above it. */
function levels(
  variables: Record<string, string> | string[] | null,
  to = "points",
  coordinates?: Record<string, string>,
): Record<string, unknown> {
  const link = { index_beg: "/{group}/beg", count: "/{group}/count" };
  return {
    base_level: "points",
    levels: {
      points: { path: "/{group}" },
      tracks: { path: "/{group}/t", link: { to: "points", ...link } },
      segments: {
        path: "/{group}/s",
        link: { to, ...link },
        variables,
        ...(coordinates === undefined ? {} : { coordinates }),
      },
    },
  };
}
