/** Sources with a level of segments above that of points. */
import type { Json } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { block, createConfig, createMap, createScene, execute, plan, points, STORE } from "./scene.js";
import { createLevelCache } from "../src/shard/read/level-cache.js";
import { levelTrack, plannedRanges } from "../src/shard/read/planned-rows.js";
import type { Tables } from "./plugins/table-reader.mjs";

/** Seven points in three segments of 2, 0, 3 and 2; the third point of box 0 stands in cell 1. */
const base: Tables = points(
  [-175, 0, 1],
  [-174, 0, 2],
  [-165, 0, 3],
  [-164, 0, 4],
  [-163, 0, 5],
  [-91, 0, 6],
  [-92, 0, 7],
);
const segments = (change: Tables = {}): Tables => ({
  ...base,
  "/g/beg": { values: Int32Array.of(1, 0, 3, 6) },
  "/g/cnt": { values: Int32Array.of(2, 0, 3, 2) },
  "/g/dem": { values: Float32Array.of(10, 20, 30, 40), fillValue: 9999 },
  "/g/flag": { values: Int8Array.of(0, 0, 1, 0) },
  "/g/slat": { values: Float64Array.of(0, 0, 0, 0) },
  "/g/slon": { values: Float64Array.of(-174.5, -170, -164, -91.5) },
  ...change,
});
const levels = {
  base_level: "points",
  levels: {
    points: { path: "/{group}" },
    segments: {
      path: "/{group}",
      coordinates: { latitude: "slat", longitude: "/{group}/slon" },
      variables: { dem: "/{group}/dem" },
      link: { to: "points", index_beg: "beg", count: "/{group}/cnt", index_base: 1 },
    },
  },
};
const fields = {
  n: { function: "count", dtype: "int32", fill_value: 0 },
  d: { function: "mean", source: "dem" },
  f: { function: "first", source: "h" },
};

async function run(granule: Tables, source: Record<string, unknown> = {}, variables: Json = fields as Json) {
  const scene = createScene({ a: granule });
  const config = createConfig(scene, {
    source: { ...levels, ...source } as never,
    variables: variables as never,
  });
  const summary = await execute(scene, plan(scene, config, createMap({ 0: ["a"] })));
  const result = summary.results[0]!;
  const stored = (name: string, type: typeof Int32Array | typeof Float32Array) =>
    block(scene, `boxes/${name}/0`, type);
  return { result, summary, counts: stored("n", Int32Array), dem: stored("d", Float32Array), scene };
}

describe("a variable of another level", () => {
  it("is repeated for the rows of each of its rows, whatever rows are empty", async () => {
    const { counts, dem } = await run(segments());
    expect(counts).toEqual([2, 3, 0, 0, 0, 0, 0, 0, 2]);
    expect(dem).toEqual([10, 30, NaN, NaN, NaN, NaN, NaN, NaN, 40]);
  });

  it("drops the rows of a fill value, and those that belong to none of its rows", async () => {
    const { counts, result } = await run(
      segments({
        "/g/dem": { values: Float32Array.of(10, 20, 9999, 40), fillValue: 9999 },
        "/g/cnt": { values: Int32Array.of(2, 0, 3, 1) },
      }),
    );
    expect(counts).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(result.dropped).toEqual({ invalid: 0, fill: 4, filtered: 0 });
  });

  it("is NaN where it is missing when fill values are kept", async () => {
    const { counts, dem } = await run(segments({ "/g/cnt": { values: Int32Array.of(2, 0, 3, 1) } }), {
      fill: "keep",
    });
    expect(counts?.[8]).toBe(2);
    expect(dem?.[8]).toBeNaN();
  });

  it.each([
    ["begin before the first row", { "/g/beg": { values: Int32Array.of(0, 0, 3, 6) } }],
    ["end beyond the last row", { "/g/cnt": { values: Int32Array.of(2, 0, 3, 3) } }],
    ["are of a negative number", { "/g/cnt": { values: Int32Array.of(2, -1, 3, 2) } }],
  ])("skips the granule by name when its rows %s", async (_what, change) => {
    const { result } = await run(segments(change));
    expect(result.skipped_granules.map(({ error }) => error.code)).toEqual(["GRANULE_LINK"]);
  });

  it("of a group without the link is missed like any other dataset", async () => {
    const { "/g/beg": _beg, ...rest } = segments();
    const { result } = await run(rest);
    expect(result.skipped_granules.map(({ error }) => error.code)).toEqual(["GRANULE_WRONG_PRODUCT"]);
  });
});

describe("a filter of another level", () => {
  const filter = (change: object) => ({
    filters: [{ dataset: "/{group}/flag", op: "eq", value: 1, level: "segments", ...change }],
  });

  it("keeps the rows of those that pass", async () => {
    expect((await run(segments(), filter({}))).counts).toEqual([0, 3, 0, 0, 0, 0, 0, 0, 0]);
    expect((await run(segments(), filter({ keep: false }))).counts).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect((await run(segments(), filter({ op: "in", values: [0, 7], value: undefined }))).counts).toEqual([
      2, 0, 0, 0, 0, 0, 0, 0, 2,
    ]);
  });

  it("keeps no row that belongs to none of its rows, even one that keeps what fails", async () => {
    const uncovered = segments({ "/g/cnt": { values: Int32Array.of(2, 0, 3, 1) } });
    const source = { ...filter({ keep: false }), fill: "keep" };
    expect((await run(uncovered, source)).counts?.[8]).toBe(1);
  });
});

describe("rows of a level that own the same rows", () => {
  /** Rows 3 to 5 belong to the third segment, 4 to 7 to the fourth. */
  const overlapping = segments({
    "/g/beg": { values: Int32Array.of(1, 0, 3, 4) },
    "/g/cnt": { values: Int32Array.of(2, 0, 3, 4) },
  });

  it("give them the values of the later", async () => {
    const { counts, dem } = await run(overlapping);
    expect(counts).toEqual([2, 3, 0, 0, 0, 0, 0, 0, 2]);
    expect([dem?.[1], dem?.[8]]).toEqual([Math.fround((30 + 40 + 40) / 3), 40]);
  });

  it("keep them when one of the two meets a filter", async () => {
    const filters = (change: object) => ({
      filters: [{ dataset: "/{group}/flag", op: "eq", value: 1, level: "segments", ...change }],
    });
    expect((await run(overlapping, filters({}))).counts).toEqual([0, 3, 0, 0, 0, 0, 0, 0, 0]);
    expect((await run(overlapping, filters({ keep: false }))).counts).toEqual([2, 2, 0, 0, 0, 0, 0, 0, 2]);
  });
});

describe("what is remembered of levels", () => {
  const link = {
    parents: 1000,
    starts: new Float64Array(1000),
    stops: new Float64Array(1000),
    ordered: true,
    gaps: [],
  };

  it("is bounded in bytes, and the least recently used goes first", () => {
    const cache = createLevelCache(150_000);
    for (const key of ["a", "b", "c"]) cache.set(key, { link });
    expect(cache.get("a")).toEqual({ link });
    cache.set("d", { link });
    expect(["a", "b", "c", "d"].map((key) => cache.get(key) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
    for (let i = 0; i < 50; i++) cache.set("d", { link });
    expect(cache.get("a")).toEqual({ link });
    cache.set("large", { link: { ...link, parents: 1e6 } });
    expect(["a", "c", "d", "large"].map((key) => cache.get(key) !== undefined)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe("a read plan", () => {
  const read_plan = { spatial_index: "segments", pad: 0, full_read_threshold: 1 };
  /** Points all around the globe, ten per segment; box 0 is a quarter of it. */
  function track(): Tables {
    const n = 3_600;
    const lon = Array.from({ length: n }, (_, i) => ((i + 0.5) / n) * 360 - 180);
    const rows = lon.map((x, i) => [x, 10 * Math.sin(i), i % 97] as const);
    const segmentCount = n / 10;
    return {
      ...points(...rows),
      "/g/beg": { values: Int32Array.from({ length: segmentCount }, (_, i) => 10 * i + 1) },
      "/g/cnt": { values: new Int32Array(segmentCount).fill(10) },
      "/g/dem": { values: Float32Array.from({ length: segmentCount }, (_, i) => i) },
      "/g/slat": { values: new Float64Array(segmentCount) },
      "/g/slon": { values: Float64Array.from({ length: segmentCount }, (_, i) => lon[10 * i + 5]!) },
    };
  }
  const small = { grid: { columns: 90, cells: 4 } };
  async function both(granule: Tables, box: number) {
    const results = [];
    for (const plan_ of [null, read_plan]) {
      const scene = createScene({ a: granule });
      const config = createConfig(scene, {
        source: { ...levels, read_plan: plan_ } as never,
        variables: fields as never,
        ...small,
      });
      const map = createMap({ [box]: ["a"] }, { type: "boxes", columns: 90, cells: 4, datum: "sphere" });
      const summary = await execute(scene, plan(scene, config, map));
      const files = ["n", "d", "f"].map((name) => [
        ...(scene.disk.stores.get(STORE)?.get(`boxes/${name}/${box}`) ?? []),
      ]);
      results.push({ files, read: summary.read, total: summary.total_obs });
    }
    return results as [Full, Full];
  }
  interface Full {
    files: number[][];
    read: { rows: number; rows_held: number; bytes: number; bytes_held: number };
    total: number;
  }

  it("reads all of a shard that spans the poles", async () => {
    const [full, planned] = await both(track(), 17);
    expect(planned.total).toBe(40);
    expect(planned.files).toEqual(full.files);
    expect(planned.read.rows).toBe(full.read.rows);
    expect(planned.read.rows_held).toBe(3_600);
  });

  it("reads the rows that belong to none, and ranges that overlap once", () => {
    const lon = Float64Array.from({ length: 40 }, (_, i) => i * 0.01);
    const starts = Float64Array.from({ length: 40 }, (_, i) => 10 * i);
    const link = {
      parents: 40,
      starts,
      stops: starts.map((start) => start + 12),
      ordered: true,
      gaps: [{ start: 402, stop: 405 }],
    };
    const cap = {
      x: Math.cos(0.1 * (Math.PI / 180)),
      y: Math.sin(0.1 * (Math.PI / 180)),
      z: 0,
      radius: 1e-5,
    };
    const read = { level: "s", pad: 0, fullReadThreshold: 1 };
    const ranges = plannedRanges(read, link, levelTrack(lon, new Float64Array(40)), cap, 405);
    expect(ranges).toEqual([
      { start: 80, stop: 132 },
      { start: 402, stop: 405 },
    ]);
    expect(plannedRanges(read, { ...link, ordered: false }, levelTrack(lon, lon), cap, 405)).toBeNull();
  });

  it.each([-9999, 3.4e38, 200])(
    "takes a latitude of %d for no place, so that no row is lost by it",
    (fill) => {
      const track = (lat: number) =>
        levelTrack(
          Float64Array.from({ length: 40 }, (_, i) => i * 0.01),
          Float64Array.from({ length: 40 }, (_, i) => (i >= 24 && i <= 26 ? lat : 0)),
        );
      const link = {
        parents: 40,
        starts: Float64Array.from({ length: 40 }, (_, i) => 10 * i),
        stops: Float64Array.from({ length: 40 }, (_, i) => 10 * i + 10),
        ordered: true,
        gaps: [],
      };
      const cap = {
        x: Math.cos(0.25 * (Math.PI / 180)),
        y: Math.sin(0.25 * (Math.PI / 180)),
        z: 0,
        radius: 1e-5,
      };
      const ranges = plannedRanges({ level: "s", pad: 0, fullReadThreshold: 1 }, link, track(fill), cap, 400);
      const covers = (row: number) => ranges?.some(({ start, stop }) => start <= row && row < stop);
      for (let row = 240; row < 270; row++) expect(covers(row)).toBe(true);
      expect(covers(0)).toBe(false);
      expect(covers(399)).toBe(false);
    },
  );

  it("reads the rows whose place is not known", async () => {
    const granule = track();
    const slon = (granule["/g/slon"]!.values as Float64Array).slice();
    slon[12] = NaN;
    const [full, planned] = await both({ ...granule, "/g/slon": { values: slon } }, 3);
    expect(planned.files).toEqual(full.files);
    expect(planned.total).toBe(40);
  });
});
