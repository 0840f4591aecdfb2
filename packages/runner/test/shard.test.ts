import { describe, expect, it } from "vitest";
import { createConfig, createMap, createScene, block, execute, plan, points, type Scene } from "./scene.js";
import type { Tables } from "./plugins/table-reader.mjs";

type Change = Parameters<typeof createConfig>[1];

/** Runs box 0 (longitudes −180 … −90) over granules and gives its result. */
async function processed(granules: Record<string, Tables | undefined>, change: Change = {}) {
  const known = Object.entries(granules).filter((entry): entry is [string, Tables] => entry[1] !== undefined);
  const scene = createScene(Object.fromEntries(known));
  const map = createMap({ 0: Object.keys(granules) });
  const summary = await execute(scene, plan(scene, createConfig(scene, change), map));
  return { scene, summary, result: summary.results[0]! };
}

const counts = (scene: Scene) => block(scene, "boxes/n/0", Int32Array);

describe("a shard", () => {
  it("counts and averages the rows of each cell, and fills the others", async () => {
    const { scene, result } = await processed({
      a: points([-175, 10, 1], [-175, 20, 4], [-91, 0, 7], [0, 0, 9]),
    });
    expect(counts(scene)).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(block(scene, "boxes/h_mean/0", Float32Array)).toEqual([2.5, ...Array<number>(7).fill(NaN), 7]);
    expect(result).toMatchObject({
      cells_with_data: 2,
      total_obs: 3,
      files_processed: 1,
      error: null,
      empty: null,
    });
  });

  it("names its first keys as the original does, in its order", async () => {
    const { result } = await processed({ a: points([-175, 10, 1]) });
    expect(Object.keys(result).slice(0, 7)).toEqual([
      "shard_key",
      "cells_with_data",
      "total_obs",
      "granule_count",
      "files_processed",
      "duration_s",
      "error",
    ]);
  });

  it("keeps the rows of a cell in the order of granules, groups and datasets", async () => {
    const second = { ...points([-175, 0, 3]), ...prefixed("k", points([-175, 0, 4])) };
    const { scene } = await processed(
      {
        b: { ...points([-175, 0, 1], [-165, 0, 9], [-175, 0, 2]), ...prefixed("k", points([-165, 0, 5])) },
        a: second,
      },
      { source: { groups: ["k", "g"] }, variables: { f: { function: "first", source: "h" } } },
    );
    expect(block(scene, "boxes/f/0", Float32Array)?.slice(0, 2)).toEqual([1, 5]);
  });

  it("writes the values chunk by chunk", async () => {
    const { scene } = await processed(
      { a: points([-91, 0, 1], [-91, 0, 2], [-145, 0, 5]) },
      {
        grid: { chunks: 3 },
        variables: { top: { expression: "h" }, n: { function: "count", dtype: "uint8", fill_value: 9 } },
      },
    );
    expect(block(scene, "boxes/top/0", Float32Array)).toEqual([NaN, NaN, NaN, 5, NaN, NaN, NaN, NaN, 2]);
    expect(block(scene, "boxes/n/0", Uint8Array)).toEqual([9, 9, 9, 1, 9, 9, 9, 9, 2]);
  });

  it("writes declared cell coordinates of every processed shard, of one without data too", async () => {
    const { scene, result } = await processed(
      { a: points([0, 0, 1]) },
      { aggregation: { coordinates: { cell_ids: { dtype: "uint64", fill_value: 0 } } } },
    );
    expect(result).toMatchObject({ empty: "No data after filtering", error: null, cells_with_data: 0 });
    expect(block(scene, "boxes/cell_ids/0", BigUint64Array)?.slice(0, 3)).toEqual([0n, 1n, 2n]);
  });

  it("writes whole coordinates once", async () => {
    const { scene } = await processed({ a: points([0, 0, 1]) });
    expect(block(scene, "boxes/lon/0", Float64Array)?.slice(0, 2)).toEqual([-175, -165]);
  });

  it("without granules is done and says so", async () => {
    const { result, summary } = await processed({});
    expect(result).toMatchObject({ empty: "No granules found", error: null, granule_count: 0 });
    expect(summary).toMatchObject({ completed: true, cells_empty: 1, cells_with_data: 0, cells_error: 0 });
  });

  it("with a granule of no rows is done and empty", async () => {
    const { result } = await processed({ a: points() });
    expect(result).toMatchObject({ empty: "No data after filtering", files_processed: 1, groups_skipped: 0 });
  });

  it("reads nothing of a block but its coordinates when no point is inside", async () => {
    const { scene } = await processed({ a: points([0, 0, 1], [10, 0, 1]) });
    expect(scene.log.read).toBe(2);
  });

  it.each([
    ["of any length", undefined, 3],
    ["of whole stored chunks", 100_000, 2],
  ])("reads long groups in blocks %s, with the same result", async (_which, chunkRows, blocks) => {
    const rows = 600_000;
    const column = (of: (i: number) => number) => ({
      values: Float64Array.from({ length: rows }, (_none, i) => of(i)),
    });
    const { scene, result } = await processed({
      a: {
        "/g/lon": column((i) => -179.99 + (i % 90)),
        "/g/lat": { ...column(() => 0), ...(chunkRows === undefined ? {} : { chunkRows }) },
        "/g/h": column((i) => i),
      },
    });
    expect(result.total_obs).toBe(rows);
    // Coordinates once to see which shards the blocks touch, then coordinates and heights of each block.
    expect(scene.log.read).toBe(2 * blocks + 3 * blocks);
    expect(counts(scene)).toEqual(Array.from({ length: 9 }, (_none, cell) => tenths(rows, cell)));
  });
});

describe("rows that are left out", () => {
  it("are counted by the first reason of: invalid, fill, filtered", async () => {
    const { result, scene } = await processed(
      {
        a: points(
          [-175, 91, 1],
          [NaN, 0, 1],
          [-175, Infinity, 1],
          [-175, 0, 9999, 1],
          [-175, 0, 5, 1],
          [-175, 0, 5, 0],
        ),
      },
      { source: { quality_filter: { dataset: "/{group}/q", value: 0 } } },
    );
    expect(result.dropped).toEqual({ invalid: 3, fill: 1, filtered: 1 });
    expect(result.total_obs).toBe(1);
    expect(counts(scene)?.[0]).toBe(1);
  });

  it("keep their fill values when the config says so", async () => {
    const { result } = await processed({ a: points([-175, 0, 9999]) }, { source: { fill: "keep" } });
    expect(result).toMatchObject({ total_obs: 1, dropped: { fill: 0 } });
  });

  it("are found in a declared variable that no field reads", async () => {
    const { result } = await processed(
      { a: points([-175, 0, 9999], [-175, 0, 1]) },
      { variables: { n: { function: "count", dtype: "int32" } } },
    );
    expect(result).toMatchObject({ total_obs: 1, dropped: { fill: 1 } });
  });

  it("are compared with the fill value in the dataset's own type", async () => {
    const fillValue = 3.4028235e38;
    const values = Float32Array.of(Math.fround(fillValue), 1);
    const { result } = await processed({
      a: { ...points([-175, 0, 0], [-175, 0, 0]), "/g/h": { values, fillValue } },
    });
    expect(result.dropped.fill).toBe(1);
  });

  it("are those with NaN when NaN is the fill value", async () => {
    const values = Float32Array.of(NaN, 1);
    const { result } = await processed({
      a: { ...points([-175, 0, 0], [-175, 0, 0]), "/g/h": { values, fillValue: NaN } },
    });
    expect(result.dropped.fill).toBe(1);
  });

  it("are invalid when a coordinate is its dataset's fill value, even if the config keeps fills", async () => {
    const fillValue = -178.1;
    const granule = {
      ...points([-175, 0, 1], [fillValue, 0, 2], [-175, 55, 3], [fillValue, 55, 9999], [-145, 0, 5]),
    };
    const lon = { values: Float32Array.from(granule["/g/lon"]!.values as Float64Array), fillValue };
    const lat = { ...granule["/g/lat"]!, fillValue: 55 };
    for (const fill of ["keep", "drop"]) {
      const { result, scene } = await processed(
        { a: { ...granule, "/g/lon": lon, "/g/lat": lat } },
        { source: { fill } },
      );
      expect(result).toMatchObject({ total_obs: 2, dropped: { invalid: 3, fill: 0 } });
      expect(counts(scene)).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0]);
    }
  });

  it("do not depend on what is aggregated", async () => {
    const granule = { a: points([-175, 0, 9999], [-175, 0, 1]) };
    const counted = await processed(granule, { variables: { n: { function: "count", dtype: "int32" } } });
    const averaged = await processed(granule);
    expect(counted.result.total_obs).toBe(averaged.result.total_obs);
  });
});

describe("granules that cannot be read", () => {
  const good = points([-175, 0, 1]);
  const reasons = async (granules: Record<string, Tables | undefined>, change: Change = {}) => {
    const { result, summary } = await processed(granules, change);
    return { result, summary, codes: result.skipped_granules.map(({ id, error }) => [id, error.code]) };
  };

  it("are skipped, counted and named", async () => {
    const { codes, result, summary } = await reasons({ missing: undefined, good });
    expect(codes).toEqual([["missing", "GRANULE_MISSING"]]);
    expect(result).toMatchObject({ granule_count: 2, files_processed: 1, total_obs: 1, error: null });
    expect(summary.granules).toMatchObject({
      read: 1,
      skipped: [{ id: "missing", href: "table://missing" }],
    });
    expect(summary.completed).toBe(true);
  });

  it("fail the shard when there is no other", async () => {
    const { result, summary } = await reasons({ a: undefined, b: undefined });
    expect(result.error).toMatchObject({ code: "SHARD_UNREADABLE", details: { granules: ["a", "b"] } });
    expect(summary).toMatchObject({ completed: false, cells_error: 1, cells_with_data: 0 });
  });

  it("are of another product when no group has the datasets", async () => {
    const { codes } = await reasons({ other: { "/x/lat": { values: Float64Array.of(0) } }, good });
    expect(codes).toEqual([["other", "GRANULE_WRONG_PRODUCT"]]);
  });

  it("of another product name the datasets that no group has", async () => {
    const { "/g/h": h, "/g/q": q, ...places } = good;
    const source = { groups: ["g", "k"], quality_filter: { dataset: "/{group}/q", value: 0 } };
    const { result } = await reasons(
      { places, more: { ...places, "/k/q": q! }, good: { ...good } },
      { source },
    );
    expect(result.skipped_granules.map(({ error }) => [error.what, error.details])).toEqual([
      [
        "no group of the granule has /{group}/h or /{group}/q",
        { groups: ["g", "k"], datasets: ["/{group}/h", "/{group}/q"] },
      ],
      ["no group of the granule has /{group}/h", { groups: ["g", "k"], datasets: ["/{group}/h"] }],
    ]);
    const scattered = await reasons(
      { scattered: { ...places, "/k/h": h! }, good: { ...good } },
      {
        source: { groups: ["g", "k"] },
      },
    );
    expect(scattered.result.skipped_granules[0]?.error.what).toBe(
      "no group of the granule has all datasets: /{group}/lat is not in k; /{group}/lon is not in k; /{group}/h is not in g",
    );
  });

  it("fail their shard with what to mend: the configuration when all are of another product", async () => {
    const other = { "/x/lat": { values: Float64Array.of(0) } };
    const configured = await reasons({ a: other, b: other });
    expect(configured.result.error?.mend).toContain("data_source");
    const mixed = await reasons({ a: other, b: undefined });
    expect(mixed.result.error?.mend).toMatch(
      /check that the granule is of the product.*; add it; then repeat/,
    );
  });

  it("are left out whole when a later group is corrupt", async () => {
    const corrupt = { ...points([-175, 0, 5], [NaN, 0, 1]), ...prefixed("k", points([-175, 0, 6])) };
    corrupt["/k/h"] = { values: Float32Array.of(6), fillValue: 9999, corrupt: true };
    const { codes, result } = await reasons(
      { corrupt, good: { ...good } },
      { source: { groups: ["g", "k"] } },
    );
    expect(codes).toEqual([["corrupt", "GRANULE_CORRUPT"]]);
    expect(result).toMatchObject({ total_obs: 1, dropped: { invalid: 0 }, groups_skipped: 1 });
  });

  it("have datasets of unlike length", async () => {
    const { codes } = await reasons({ odd: { ...good, "/g/h": { values: Float32Array.of(1, 2) } }, good });
    expect(codes).toEqual([["odd", "GRANULE_INCONSISTENT"]]);
  });

  it("are closed, whatever becomes of them", async () => {
    const { scene } = await processed({
      good,
      other: {},
      odd: { ...good, "/g/h": { values: new Float32Array(3) } },
    });
    expect([scene.log.opened.length, scene.log.closed]).toEqual([3, 3]);
  });

  it("are not those that lack a group, which is counted", async () => {
    const { result, codes } = await reasons({ good }, { source: { groups: ["g", "k", "l"] } });
    expect([codes, result.groups_skipped]).toEqual([[], 2]);
  });

  it("are not those whose group lacks a declared variable, which counts as lacking the group", async () => {
    const partial = { ...good, ...prefixed("k", good) };
    const { "/k/h": _gone, ...rest } = partial;
    const { result } = await reasons({ rest }, { source: { groups: ["g", "k"] } });
    expect(result).toMatchObject({ groups_skipped: 1, total_obs: 1 });
  });
});

describe("columns of granules that differ", () => {
  const ofType = (values: Tables["x"]["values"]): Tables => ({ ...points([-175, 0, 0]), "/g/h": { values } });

  it("are held in a type that has room for both", async () => {
    const { scene } = await processed(
      { a: ofType(Float32Array.of(0.5)), b: ofType(Float64Array.of(0.1)) },
      {
        variables: {
          top: { expression: "h", dtype: "float64" },
          m: { function: "mean", source: "h", dtype: "float64" },
        },
      },
    );
    expect(block(scene, "boxes/m/0", Float64Array)?.[0]).toBe((0.5 + 0.1) / 2);
  });
});

describe("extra coordinates", () => {
  it("are columns that fields can read", async () => {
    const granule = { ...points([-175, 0, 1], [-175, 0, 1]), "/g/t": { values: Float64Array.of(10, 30) } };
    const { scene } = await processed(
      { a: granule },
      {
        source: { coordinates: { latitude: "/{group}/lat", longitude: "/{group}/lon", time: "/{group}/t" } },
        variables: { t: { function: "mean", source: "time" } },
      },
    );
    expect(block(scene, "boxes/t/0", Float32Array)?.[0]).toBe(20);
  });
});

describe("a field that cannot be computed", () => {
  const failing = { 0: ["a"], 1: ["b"], 2: ["c"] };
  const granules = { a: points([-175, 0, 1]), b: points([-85, 0, 666]), c: points([5, 0, 3]) };

  it("fails its shard with the name of the field, and the others go on", async () => {
    const scene = createScene(granules);
    const config = createConfig(scene, { variables: { bad: { function: "boom", source: "h" } } });
    const { results, completed, cells_left } = await execute(scene, plan(scene, config, createMap(failing)));
    expect(results.map(({ error }) => error?.code ?? null)).toEqual([null, "FIELD_FAILED", null]);
    expect(results[1]?.error).toMatchObject({
      path: "/aggregation/variables/bad",
      details: { field: "bad" },
    });
    expect(results[1]?.error?.what).toContain('"bad"');
    expect([completed, cells_left]).toEqual([false, 0]);
  });

  it("is one whose value its dtype cannot hold", async () => {
    const { result } = await processed(
      { a: points([-175, 0, NaN]) },
      { variables: { m: { function: "mean", source: "h", dtype: "int16", fill_value: 0 } } },
    );
    expect(result.error).toMatchObject({ code: "FIELD_VALUE_RANGE", path: "/aggregation/variables/m/dtype" });
    expect(result.error?.details).toMatchObject({ field: "m", dtype: "int16", value: "NaN", rows: 1 });
  });

  it("reads a long group whole once, and then only the blocks that touch each shard", async () => {
    const rows = 80_000;
    const column = (of: (i: number) => number) => ({
      values: Float64Array.from({ length: rows }, (_none, i) => of(i)),
    });
    const scene = createScene({
      a: {
        "/g/lon": column((i) => -180 + (i * 360) / rows),
        "/g/lat": { ...column(() => 0), chunkRows: 10_000 },
        "/g/h": column((i) => i),
      },
    });
    const map = createMap({ 0: ["a"], 1: ["a"], 2: ["a"], 3: ["a"] });
    const summary = await execute(scene, plan(scene, createConfig(scene), map));
    expect(summary.results.map(({ total_obs }) => total_obs)).toEqual([20_000, 20_000, 20_000, 20_000]);
    expect(scene.log.rows).toBe(2 * rows + 3 * rows);
  });
});

/** Rows whose index modulo 90 is in the cell's ten. */
function tenths(rows: number, cell: number): number {
  return Array.from({ length: rows }, (_none, i) => i % 90).filter((lon) => Math.floor(lon / 10) === cell)
    .length;
}

function prefixed(group: string, tables: Tables): Record<string, Tables[string]> {
  return Object.fromEntries(
    Object.entries(tables).map(([path, table]) => [path.replace("/g/", `/${group}/`), table]),
  );
}
