import { describe, expect, it } from "vitest";
import {
  block,
  createConfig,
  createMap,
  createScene,
  errorOf,
  execute,
  plan,
  points,
  type Scene,
} from "./scene.js";

type Change = Parameters<typeof createConfig>[1];
type Variables = NonNullable<NonNullable<Change>["variables"]>;

/** Box 0 has nine cells of 10° from −180 in three chunks; cells 0, 1 and 8 have rows. */
const rows = points([-175, 0, 3], [-175, 0, 1], [-165, 0, 5], [-91, 0, 7]);

async function run(variables: Variables, change: Change = {}, granule = rows) {
  const scene = createScene({ a: granule });
  const config = createConfig(scene, { grid: { chunks: 3 }, ...change, variables });
  const runPlan = plan(scene, config, createMap({ 0: ["a"] }));
  const summary = await execute(scene, runPlan);
  const array = (name: string) => runPlan.hierarchy.arrays.find(({ path }) => path === `boxes/${name}`)!;
  return { scene, array, result: summary.results[0]! };
}

function raggedBlock(scene: Scene, path: string): [offsets: number[], values: number[]] {
  const bytes = scene.disk.stores.get("memory://out")?.get(path);
  return JSON.parse(new TextDecoder().decode(bytes)) as [number[], number[]];
}

describe("a vector field", () => {
  it("holds a vector per cell, whole in one chunk, and the fill value in every number of an empty cell", async () => {
    const { scene, array } = await run({
      v: {
        kind: "vector",
        trailing_shape: 3,
        function: "bounds",
        source: "h",
        dtype: "int16",
        fill_value: -9,
      },
    });
    expect(array("v")).toMatchObject({
      shape: [36, 3],
      blockShape: [9, 3],
      chunkShape: [3, 3],
      dimensions: ["cell", "vector"],
      sharded: true,
    });
    const empty = [-9, -9, -9];
    const [a, b, c] = [
      [1, 3, 0],
      [5, 5, 0],
      [7, 7, 0],
    ];
    const cells = [a, b, ...Array<number[]>(6).fill(empty), c];
    expect(block(scene, "boxes/v/0.0", Int16Array)).toEqual(cells.flat());
  });

  it("of several dimensions has a name for each", async () => {
    const { scene, array } = await run({
      v: { kind: "vector", trailing_shape: [2, 2], function: "bounds", source: "h" },
    });
    expect(array("v")).toMatchObject({ shape: [36, 2, 2], dimensions: ["cell", "vector_0", "vector_1"] });
    expect(block(scene, "boxes/v/0.0.0", Float32Array)?.slice(0, 5)).toEqual([1, 3, 0, 0, 5]);
  });

  it("of another length than the next has dimensions of its own, as a name has one length in a group", async () => {
    const vector = (trailing_shape: number | number[]) => ({
      kind: "vector",
      trailing_shape,
      function: "bounds",
      source: "h",
    });
    const { array } = await run({ a: vector(3), b: vector(2), c: vector([2, 3]), d: vector([2, 4]) });
    expect(["a", "b", "c", "d"].map((name) => array(name).dimensions.slice(1))).toEqual([
      ["a_vector"],
      ["b_vector"],
      ["vector_0", "c_vector_1"],
      ["vector_0", "d_vector_1"],
    ]);
  });

  it("that does not fit its dtype fails the shard, with the position of the number", async () => {
    const variables = {
      v: {
        kind: "vector",
        trailing_shape: 2,
        function: "bounds",
        source: "h",
        dtype: "uint8",
        fill_value: 0,
      },
    };
    const { result } = await run(variables, {}, points([-175, 0, 3], [-175, 0, 300]));
    expect(result.error).toMatchObject({ code: "FIELD_VALUE_RANGE" });
    expect(result.error?.what).toContain("is 300 at position 1 in a cell of 2 rows");
  });

  it.each([
    ["bool", 1, Uint8Array],
    ["int8", -128, Int8Array],
    ["uint16", 65535, Uint16Array],
    ["int32", -1, Int32Array],
    ["int64", "-9223372036854775808", BigInt64Array],
    ["uint64", "18446744073709551615", BigUint64Array],
    ["float32", "NaN", Float32Array],
    ["float64", "-Infinity", Float64Array],
  ] as const)("of %s fills empty cells with %s", async (dtype, fill, type) => {
    const { scene } = await run({
      v: { kind: "vector", trailing_shape: 2, function: "bounds", source: "h", dtype, fill_value: fill },
    });
    const stored = block(scene, "boxes/v/0.0", type)!;
    const expected = type === BigInt64Array || type === BigUint64Array ? BigInt(fill) : Number(fill);
    expect(stored.slice(4, 16)).toEqual(Array(12).fill(expected));
    expect(stored.slice(16).map(Number)).toEqual(dtype === "bool" ? [1, 1] : [7, 7]);
  });
});

describe("a ragged field", () => {
  it("holds a payload per cell; one that is empty is as good as none", async () => {
    const granule = points([-175, 0, 3], [-175, 0, 1], [-165, 0, -5], [-91, 0, 7]);
    const { scene, array } = await run(
      { r: { kind: "ragged", inner_shape: [2], function: "listed", source: "h" } },
      {},
      granule,
    );
    expect(array("r")).toMatchObject({
      shape: [36],
      chunkShape: [3],
      dtype: "float32",
      ragged: { innerShape: [2] },
    });
    expect(raggedBlock(scene, "boxes/r/0")).toEqual([
      [0, 2, 2, 2, 2, 2, 2, 2, 2, 3],
      [3, 6, 1, 2, 7, 14],
    ]);
  });

  it("is rounded to its dtype", async () => {
    const variables = {
      r: { kind: "ragged", inner_shape: [1], function: "listed", source: "h", dtype: "int16", fill_value: 0 },
    };
    const { scene } = await run(variables, {}, points([-175, 0, 3.75]));
    expect(raggedBlock(scene, "boxes/r/0")[1]).toEqual([3]);
    const { result } = await run(variables, {}, points([-175, 0, 40_000]));
    expect(result.error).toMatchObject({ code: "FIELD_VALUE_RANGE" });
  });
});

describe("a chunk value", () => {
  const chunk_precompute = {
    low: { function: "mean", source: "h" },
    pair: { function: "listed", source: "h", dtype: "float32" },
    whole: { function: "mean", source: "h", dtype: "int32" },
  };
  const chunkwise = (name: string, more: object = {}) => ({
    function: "chunkwise",
    params: { name },
    ...more,
  });

  it("is computed once per chunk from all its rows, and read by every cell with rows", async () => {
    const { scene } = await run(
      { v: chunkwise("low"), w: chunkwise("whole") },
      { aggregation: { chunk_precompute } },
    );
    expect(block(scene, "boxes/v/0", Float32Array)).toEqual([3, 3, NaN, NaN, NaN, NaN, NaN, NaN, 7]);
    expect(block(scene, "boxes/w/0", Float32Array)?.[0]).toBe(3);
  });

  it("is cast to the dtype that its entry declares", async () => {
    const granule = points([-175, 0, 3], [-165, 0, 4]);
    const { scene } = await run(
      { w: chunkwise("whole"), v: chunkwise("low") },
      { aggregation: { chunk_precompute } },
      granule,
    );
    expect(block(scene, "boxes/w/0", Float32Array)?.slice(0, 2)).toEqual([3, 3]);
    expect(block(scene, "boxes/v/0", Float32Array)?.slice(0, 2)).toEqual([3.5, 3.5]);
  });

  it("may be an array", async () => {
    const variables = { v: chunkwise("pair", { kind: "vector", trailing_shape: [3, 2] }) };
    const { scene } = await run(variables, { aggregation: { chunk_precompute } });
    expect(block(scene, "boxes/v/0.0.0", Float32Array)?.slice(0, 6)).toEqual([3, 6, 1, 2, 5, 10]);
  });

  it("that does not exist is refused at plan time", async () => {
    const scene = createScene();
    const config = createConfig(scene, {
      variables: { v: chunkwise("none") },
      aggregation: { chunk_precompute },
    });
    const error = await errorOf(() => plan(scene, config, createMap({ 0: [] })));
    expect(error).toMatchObject({ code: "FIELD_SOURCE_UNKNOWN", path: "/aggregation/variables/v" });
  });

  it("whose column does not exist is refused at plan time, at its entry", async () => {
    const scene = createScene();
    const config = createConfig(scene, {
      variables: { v: chunkwise("low") },
      aggregation: { chunk_precompute: { low: { function: "mean", source: "hh" } } },
    });
    const error = await errorOf(() => plan(scene, config, createMap({ 0: [] })));
    expect(error).toMatchObject({
      code: "FIELD_SOURCE_UNKNOWN",
      path: "/aggregation/chunk_precompute/low/source",
    });
  });

  describe("at chunk resolution", () => {
    it("is stored once per chunk, in an array of the chunks; a chunk without rows has the fill value", async () => {
      const { scene, array } = await run(
        {
          s: chunkwise("low", { resolution: "chunk" }),
          v: chunkwise("pair", { resolution: "chunk", kind: "vector", trailing_shape: 2 }),
          r: chunkwise("pair", { resolution: "chunk", kind: "ragged", inner_shape: [2] }),
          i: chunkwise("low", { resolution: "chunk", dtype: "int16", fill_value: -1 }),
        },
        { aggregation: { chunk_precompute } },
      );
      expect(array("s")).toMatchObject({
        shape: [12],
        blockShape: [3],
        chunkShape: [3],
        sharded: false,
        dimensions: ["chunk"],
      });
      expect(array("s").attributes).not.toHaveProperty("grid_mapping");
      expect(array("v")).toMatchObject({
        shape: [12, 2],
        blockShape: [3, 2],
        dimensions: ["chunk", "vector"],
      });
      expect(block(scene, "boxes/s/0", Float32Array)).toEqual([3, NaN, 7]);
      expect(block(scene, "boxes/v/0.0", Float32Array)).toEqual([3, 6, NaN, NaN, 7, 14]);
      expect(block(scene, "boxes/i/0", Int16Array)).toEqual([3, -1, 7]);
      expect(raggedBlock(scene, "boxes/r/0")).toEqual([
        [0, 3, 3, 4],
        [3, 6, 1, 2, 5, 10, 7, 14],
      ]);
    });
  });
});

describe("a field at chunk resolution", () => {
  const per = (granule: ReturnType<typeof points>, field: object) =>
    run({ f: { source: "h", resolution: "chunk", ...field } as never }, {}, granule);

  it("takes what its cells agree on, whatever cells are NaN", async () => {
    const granule = points([-175, 0, 4], [-165, 0, NaN], [-155, 0, 4], [-91, 0, NaN]);
    const { scene } = await per(granule, { function: "mean" });
    expect(block(scene, "boxes/f/0", Float32Array)).toEqual([4, NaN, NaN]);
  });

  it.each([
    ["scalar", { function: "mean" }, "4 in one cell of a chunk and 5"],
    [
      "vector",
      { function: "bounds", kind: "vector", trailing_shape: 2 },
      "[4, 4] in one cell of a chunk and [5, 5]",
    ],
    ["ragged", { function: "listed", kind: "ragged", inner_shape: [1] }, "4 in one cell of a chunk and 5"],
  ])("of kind %s fails the shard when its cells differ, and says how", async (_kind, field, what) => {
    const { scene, result } = await per(points([-175, 0, 4], [-165, 0, 5]), field);
    expect(result.error).toMatchObject({ code: "FIELD_NOT_CHUNK_UNIFORM" });
    expect(result.error?.what).toContain(what);
    expect(result.error?.mend).toContain("chunk_precompute");
    expect(scene.disk.stores.get("memory://out")?.has("boxes/f/0") ?? false).toBe(false);
  });

  it("of ragged kind takes the payload that its cells agree on", async () => {
    const { scene } = await per(points([-175, 0, 4], [-165, 0, 4], [-155, 0, -1]), {
      function: "listed",
      kind: "ragged",
      inner_shape: [1],
    });
    expect(raggedBlock(scene, "boxes/f/0")).toEqual([[0, 1, 1, 1], [4]]);
  });
});
