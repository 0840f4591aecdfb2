/** Stored numbers become values wherever the configuration names them. */
import type { Column, DatasetEncoding, Json, ReadRequest, RowBlock, ZaggConfig } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { createGranuleMemory } from "../src/shard/read/granule-memory.js";
import { levelKey } from "../src/shard/read/level-cache.js";
import { plannedRows } from "../src/shard/read/plan-group.js";
import { block, createConfig, createMap, createScene, execute, plan } from "./scene.js";
import type { Tables } from "./plugins/table-reader.mjs";

const nothing: DatasetEncoding = { missing: [], sign: null, packing: null, valid: null, problems: [] };
const hundredths: DatasetEncoding = {
  ...nothing,
  packing: { scale: 0.01, offset: 0, dtype: "float64" },
};
const tenths: DatasetEncoding = { ...nothing, packing: { scale: 0.1, offset: 0, dtype: "float64" } };

/** Four points of box 0 in cells 0, 0, 1 and 1 of ten degrees, all packed by 10. */
const granule = (change: Tables = {}): Tables => ({
  "/g/lon": { values: Int16Array.of(-1750, -1740, -1650, -1640), dtype: "int16", encoding: tenths },
  "/g/lat": { values: Int16Array.of(0, 10, 20, 30), dtype: "int16", encoding: tenths },
  "/g/h": {
    values: Int16Array.of(15, -99, 25, 35),
    dtype: "int16",
    fillValue: -99,
    encoding: { ...tenths, missing: [-98], valid: { min: 0, max: 30 } },
  },
  "/g/q": { values: Int8Array.of(0, 1, 2, 127), dtype: "int8", fillValue: 127 },
  ...change,
});
/** As it is validated. */
const field = (name: string, source?: string): Json => ({
  function: name,
  ...(source === undefined ? {} : { source }),
  dtype: "float64",
  kind: "scalar",
  resolution: "cell",
  params: {},
});
const first = (source: string): Json => field("first", source);
const count = field("count");

/** Validated once: what a test changes of it is right. */
const base = createConfig(createScene());

function configOf(
  source: Readonly<Record<string, Json>>,
  variables?: Readonly<Record<string, Json>>,
): ZaggConfig {
  return {
    ...base,
    data_source: { ...base.data_source, ...source } as ZaggConfig["data_source"],
    aggregation: {
      ...base.aggregation,
      ...(variables === undefined ? {} : { variables }),
    } as ZaggConfig["aggregation"],
  };
}

async function run(
  source: Readonly<Record<string, Json>>,
  variables: Readonly<Record<string, Json>> = { n: count, h: first("h") },
  tables = granule(),
) {
  const scene = createScene({ a: tables });
  const config = configOf(source, variables);
  const summary = await execute(scene, plan(scene, config, createMap({ 0: ["a"] })));
  const stored = (name: string) => block(scene, `boxes/${name}/0`, Float64Array)?.slice(0, 2);
  const codes = summary.warnings.map(({ code, path }) => `${code} ${path}`);
  return { result: summary.results[0]!, stored, codes };
}

describe("values are decoded", () => {
  it("of coordinates and variables, and rows of missing ones are dropped", async () => {
    const { result, stored } = await run({});
    expect([stored("n"), stored("h")]).toEqual([
      [1, 2],
      [1.5, 2.5],
    ]);
    expect(result.dropped).toEqual({ invalid: 0, fill: 1, filtered: 0 });
  });

  it("and are NaN where missing rows are kept", async () => {
    const { stored } = await run({ fill: "keep" }, { n: count, mean: field("mean", "h") });
    expect([stored("n"), stored("mean")]).toEqual([
      [2, 2],
      [NaN, 3],
    ]);
  });

  it("as they are stored with decode: raw, but for fill values that are dropped", async () => {
    const source = { decode: "raw", coordinates: { latitude: "/{group}/y", longitude: "/{group}/x" } };
    const plain = {
      "/g/x": { values: Float64Array.of(-175, -175, -165, -165) },
      "/g/y": { values: new Float64Array(4) },
    };
    const { stored, codes } = await run(source, undefined, granule(plain));
    expect([stored("n"), stored("h"), codes]).toEqual([[1, 2], [15, 25], []]);
  });

  it("and those out of their valid range are missing when that is asked for", async () => {
    const { stored } = await run({ valid_range: "mask" }, { n: count });
    expect(stored("n")).toEqual([1, 1]);
  });

  it("of further coordinates, which are NaN where they are missing", async () => {
    const coordinates = { latitude: "/{group}/lat", longitude: "/{group}/lon", q: "/{group}/q" };
    const { stored } = await run(
      { coordinates, variables: { l: "/{group}/lat" } },
      { q: field("mean", "q") },
    );
    expect(stored("q")).toEqual([0.5, NaN]);
  });

  it("before filters look at them, which are in values", async () => {
    const filters = [{ dataset: "/{group}/lat", op: "ge", value: 1 }];
    const { stored } = await run({ filters, fill: "keep" }, { n: count });
    expect(stored("n")).toEqual([1, 2]);
  });

  it("before conditions over columns look at them", async () => {
    const filters = [{ expression: "h > 2" }];
    const { stored } = await run({ filters }, { h: first("h") });
    expect(stored("h")).toEqual([NaN, 2.5]);
  });
});

describe("a missing number meets no condition", () => {
  const variables = { l: "/{group}/lat" };
  it.each<[Json, (number | bigint)[]]>([
    [{ op: "ge", value: 1 }, [1, 1]],
    [{ op: "in", values: [127, 0] }, [1, 0]],
    [{ op: "ne", value: 5 }, [2, 2]],
    [{ op: "lt", value: 200, keep: false }, [0, 1]],
  ])("%j", async (condition, counts) => {
    const filters = [{ dataset: "/{group}/q", ...(condition as object) }];
    const { stored } = await run({ variables, filters }, { n: count });
    expect(stored("n")).toEqual(counts);
  });

  it("not that of quality_filter either", async () => {
    const { stored } = await run(
      { variables, quality_filter: { dataset: "/{group}/q", value: 127 } },
      { n: count },
    );
    expect(stored("n")).toEqual([0, 0]);
  });
});

describe("levels", () => {
  const source = {
    base_level: "points",
    levels: {
      points: { path: "/{group}" },
      segments: {
        path: "/{group}",
        coordinates: { latitude: "slat", longitude: "slon" },
        variables: { dem: "/{group}/dem" },
        link: { to: "points", index_beg: "beg", count: "cnt", index_base: 1 },
      },
    },
    read_plan: { spatial_index: "segments" },
    variables: { l: "/{group}/lat" },
  };
  const segments: Tables = {
    "/g/slat": { values: Int16Array.of(5, 25), dtype: "int16", encoding: tenths },
    "/g/slon": { values: Int16Array.of(-1745, -1645), dtype: "int16", encoding: tenths },
    "/g/dem": { values: Int16Array.of(50, 70), dtype: "int16", fillValue: 70, encoding: tenths },
    "/g/beg": { values: Int16Array.of(10, 30), dtype: "int16", encoding: tenths },
    "/g/cnt": {
      values: Int8Array.of(2, -254 + 256),
      dtype: "int8",
      encoding: { ...nothing, sign: "unsigned" },
    },
  };

  it("have their coordinates, variables and links decoded", async () => {
    const { result, stored } = await run(source, { d: first("dem"), n: count }, granule(segments));
    expect([stored("d"), stored("n")]).toEqual([
      [5, NaN],
      [2, 0],
    ]);
    expect(result.dropped).toEqual({ invalid: 0, fill: 2, filtered: 0 });
    expect(result.read.rows).toBe(4);
  });

  it("are planned by decoded coordinates", async () => {
    const rows = 400;
    const starts = Float64Array.from({ length: 40 }, (_, i) => 10 * i);
    const link = { parents: 40, starts, stops: starts.map((start) => start + 10), ordered: true, gaps: [] };
    const memory = createGranuleMemory();
    memory.levels.set(levelKey("a", "g", "segments"), { link });
    const at = (path: string) => ({ path, column: null });
    const stored: Readonly<Record<string, Column>> = {
      "/lat": new Int16Array(40),
      "/lon": Int16Array.from({ length: 40 }, (_, i) => i),
    };
    const longitude = 0.1 * (Math.PI / 180);
    const reading = {
      href: "a",
      group: "g",
      granule: {},
      memory,
      warn: () => undefined,
      cap: () => ({ x: Math.cos(longitude), y: Math.sin(longitude), z: 0, radius: 1e-5 }),
      layout: { rows, links: new Map([["segments", link]]) },
      plan: {
        decoding: {},
        read: { level: "segments", pad: 0, fullReadThreshold: 1 },
        levels: new Map([["segments", { coordinates: { latitude: at("/lat"), longitude: at("/lon") } }]]),
      },
      describe: async () => ({
        shape: [40],
        dtype: "int16",
        fillValue: null,
        chunkRows: null,
        encoding: hundredths,
      }),
      reads: { now: async (asked: readonly ReadRequest[]) => asked.map(({ path }) => stored[path]!) },
    };
    expect(await plannedRows(reading as never)).toEqual([{ start: 80, stop: 130 }]);
  });

  it("have filters in values", async () => {
    const filters = [{ dataset: "/{group}/dem", level: "segments", op: "le", value: 10 }];
    const { stored } = await run(
      { ...source, filters, fill: "keep" },
      { n: count, d: first("dem") },
      granule(segments),
    );
    expect([stored("n"), stored("d")]).toEqual([
      [2, 0],
      [5, NaN],
    ]);
  });
});

describe("warnings", () => {
  it("name each dataset once that is decoded now and was not before, as the configuration names it", async () => {
    const scene = createScene({ a: granule(), b: granule() });
    const config = configOf({ filters: [{ dataset: "/{group}/q", op: "ge", value: 1 }] });
    const summary = await execute(scene, plan(scene, config, createMap({ 0: ["a", "b"], 1: ["a"] })));
    expect(summary.warnings.map(({ code, path }) => [code, path])).toEqual([
      ["DATASET_DECODED", "/{group}/lat"],
      ["DATASET_DECODED", "/{group}/lon"],
      ["DATASET_DECODED", "/{group}/h"],
      ["DATASET_DECODED", "/{group}/q"],
    ]);
    expect(summary.warnings[2]?.what).toBe(
      "the numbers of /{group}/h are decoded: a value is the number × 0.1 + 0, -99, -98 are missing",
    );
  });

  it("are silent where the configuration says what is meant, and where nothing changes", async () => {
    expect((await run({ decode: "cf" })).codes).toEqual([]);
    const plain = granule({
      "/g/lon": { values: Float64Array.of(-175, -174, -165, 999), fillValue: 999 },
      "/g/lat": { values: new Float64Array(4), encoding: { ...nothing, valid: { min: -90, max: 90 } } },
      "/g/h": { values: Float32Array.of(1, 2, 3, 4), fillValue: 9999 },
    });
    const filters = [{ dataset: "/{group}/q", op: "eq", value: 0 }];
    expect((await run({ filters }, undefined, plain)).codes).toEqual([]);
  });

  it("name attributes that are ignored", async () => {
    const problems = [{ attribute: "valid_range", what: "is 1, and must be two numbers", fatal: false }];
    const odd = { "/g/h": { values: Float32Array.of(1, 2, 3, 4), encoding: { ...nothing, problems } } };
    const { codes } = await run({ decode: "cf" }, undefined, granule(odd));
    expect(codes).toEqual(["DATASET_ENCODING_IGNORED /{group}/h"]);
  });
});

it("skips a granule whose packing cannot be meant, and names the attribute", async () => {
  const problems = [
    { attribute: "scale_factor", what: "is 0, and must be one finite number that is not 0", fatal: true },
  ];
  const odd = { "/g/h": { values: Float32Array.of(1, 2, 3, 4), encoding: { ...nothing, problems } } };
  const { result } = await run({}, undefined, granule(odd));
  expect(result.error).toMatchObject({
    code: "SHARD_UNREADABLE",
    why: expect.stringContaining("scale_factor"),
  });
  expect(result.skipped_granules[0]?.error.code).toBe("DATASET_ENCODING");
});

it("does not ask a granule for blocks, which are in degrees, when coordinates are taken as they are stored", async () => {
  for (const [decode, asked] of [
    ["raw", 0],
    ["cf", 1],
  ] as const) {
    const scene = createScene({ a: granule() });
    const reader = scene.registry.reader("table");
    let blocks = 0;
    const registry = {
      ...scene.registry,
      reader: () => ({
        ...reader,
        open: async (...opening: Parameters<typeof reader.open>) => ({
          ...(await reader.open(...opening)),
          blocks: async (): Promise<RowBlock[]> => {
            blocks++;
            return [{ start: 0, stop: 4, bbox: null }];
          },
        }),
      }),
    };
    await execute({ registry }, plan(scene, configOf({ decode }), createMap({ 0: ["a"] })));
    expect(blocks).toBe(asked);
  }
});
