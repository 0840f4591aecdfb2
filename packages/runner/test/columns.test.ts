/** Variables, coordinates and filters that are columns of two-dimensional datasets. */
import { describe, expect, it } from "vitest";
import type { Json, ReadRequest } from "@zagg/core";
import { block, createConfig, createMap, createScene, execute, plan } from "./scene.js";
import type { Tables } from "./plugins/table-reader.mjs";

/** Three points in cell 0 and one in cell 1 of box 0; three columns of confidences and a level of two segments. */
const granule = (change: Tables = {}): Tables => ({
  "/g/place": { values: Float64Array.of(0, -175, 1, -174, 2, -173, 3, -165), width: 2 },
  "/g/lat": { values: Float64Array.of(0, 1, 2, 3) },
  "/g/lon": { values: Float64Array.of(-175, -174, -173, -165) },
  "/g/h": { values: Float32Array.of(1, 2, 3, 4) },
  "/g/conf": { values: Int8Array.of(0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23), width: 3, fillValue: 12 },
  "/g/beg": { values: Int32Array.of(0, 2) },
  "/g/cnt": { values: Int32Array.of(2, 2) },
  "/g/dem": { values: Float64Array.of(5, 50, 6, 60), width: 2 },
  ...change,
});
const column = (name: string, of: number): Json => ({ path: `/{group}/${name}`, column: of });

async function run(
  source: Readonly<Record<string, Json>>,
  variables: Readonly<Record<string, Json>>,
  tables = granule(),
) {
  const scene = createScene({ a: tables });
  const reader = scene.registry.reader("table");
  const asked: (readonly ReadRequest[])[] = [];
  const registry = {
    ...scene.registry,
    reader: () => ({
      ...reader,
      open: async (...opening: Parameters<typeof reader.open>) => {
        const opened = await reader.open(...opening);
        return {
          ...opened,
          readExact: async (requests: readonly ReadRequest[]) => {
            asked.push(requests);
            return opened.readExact!(requests);
          },
        };
      },
    }),
  };
  const config = createConfig(scene, { source, variables });
  const summary = await execute({ registry }, plan(scene, config, createMap({ 0: ["a"] })));
  const stored = (name: string) => block(scene, `boxes/${name}/0`, Float32Array)?.slice(0, 2);
  return { result: summary.results[0]!, stored, asked };
}

const first = (source: string): Json => ({ function: "first", source });

describe("a column of a two-dimensional dataset", () => {
  it("is a variable, beside others of the dataset that are read with it", async () => {
    const variables = { h: "/{group}/h", low: column("conf", 0), high: column("conf", 2) };
    const { stored, asked } = await run({ variables, fill: "keep" }, { l: first("low"), u: first("high") });
    expect([stored("l"), stored("u")]).toEqual([
      [0, 3],
      [20, 23],
    ]);
    const together = asked.filter((requests) => requests.some(({ path }) => path === "/g/conf"));
    expect(together.map((requests) => requests.map(({ column: of }) => of))).toEqual([[0, 2]]);
  });

  it("has the fill value of its dataset", async () => {
    const variables = { middle: column("conf", 1) };
    const { result, stored } = await run({ variables }, { m: first("middle") });
    expect(result.dropped.fill).toBe(1);
    expect(stored("m")).toEqual([10, 13]);
  });

  it("is named by expressions, of filters as of fields", async () => {
    const source = { variables: { middle: column("conf", 1) }, filters: [{ expression: "middle > 10" }] };
    const { result, stored } = await run(source, { m: first("middle") });
    expect(result.dropped).toMatchObject({ fill: 1, filtered: 1 });
    expect(stored("m")).toEqual([11, 13]);
  });

  it("is tested by a structured filter, at any column", async () => {
    const source = {
      variables: { low: column("conf", 0) },
      filters: [{ dataset: "/{group}/conf", column: 2, op: "ge", value: 22 }],
      fill: "keep",
    };
    const { result, stored } = await run(source, { l: first("low") });
    expect(result.dropped.filtered).toBe(2);
    expect(stored("l")).toEqual([2, 3]);
  });

  it("is a coordinate, of the points and beyond", async () => {
    const coordinates = {
      latitude: column("place", 0),
      longitude: column("place", 1),
      north: column("place", 0),
    };
    const { result, stored } = await run({ coordinates }, { h: first("h"), north: first("north") });
    expect(result.total_obs).toBe(4);
    expect([stored("h"), stored("north")]).toEqual([
      [1, 4],
      [0, 3],
    ]);
  });

  it("is a variable and a coordinate of another level", async () => {
    const source = {
      base_level: "points",
      levels: {
        points: { path: "/{group}" },
        segments: {
          path: "/{group}",
          coordinates: { latitude: { path: "dem", column: 0 }, longitude: { path: "dem", column: 1 } },
          variables: { dem: column("dem", 1) },
          link: { to: "points", index_beg: "beg", count: "cnt" },
        },
      },
      read_plan: { spatial_index: "segments" },
    };
    const { stored } = await run(source, { d: first("dem") });
    expect(stored("d")).toEqual([50, 60]);
  });

  it.each([
    ["has no such column", { low: column("conf", 3) }, {}],
    ["is named without one", { low: "/{group}/conf" }, {}],
    ["has one dimension", { low: column("h", 0) }, {}],
    ["has three dimensions", { low: "/{group}/cube" }, {}],
    ["is a coordinate without one", { low: "/{group}/h" }, { latitude: "/{group}/place" }],
  ])("is refused when the dataset %s, and the mend is told", async (_what, variables, change) => {
    const coordinates = { latitude: "/{group}/lat", longitude: "/{group}/lon", ...change };
    const cube = { "/g/cube": { values: new Float32Array(8), shape: [4, 2, 1] } };
    const { result } = await run({ variables, coordinates }, { l: first("low") }, granule(cube));
    expect(result.error).toMatchObject({
      code: "DATASET_COLUMN",
      mend: expect.stringMatching(/column|dimension/),
    });
  });
});
