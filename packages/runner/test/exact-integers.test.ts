/** Columns of 64-bit integers that doubles do not tell apart. */
import { describe, expect, it } from "vitest";
import type { Json, WideColumn } from "@zagg/core";
import { block, createConfig, createMap, createScene, execute, plan } from "./scene.js";
import type { Table, Tables } from "./plugins/table-reader.mjs";

const EDGE = 2n ** 53n;
const LEAST = -(2n ** 63n);

/** Two points in cell 0 of box 0 and one in cell 1, of which the ids are told. */
const points = (id: Partial<Table> & { readonly values: Table["values"] }, change: Tables = {}): Tables => ({
  "/g/lat": { values: Float64Array.of(0, 1, 2) },
  "/g/lon": { values: Float64Array.of(-175, -174, -165) },
  "/g/id": id,
  ...change,
});
const leastOf = (dtype: string): Json => ({ function: "least", source: "id", dtype, fill_value: 0 });

interface Asked {
  readonly variables?: Readonly<Record<string, Json>>;
  readonly source?: Readonly<Record<string, Json>>;
  readonly aggregation?: Readonly<Record<string, Json>>;
  readonly memoryBytes?: number;
}

async function run(granules: readonly Tables[], { variables, source, aggregation, memoryBytes }: Asked = {}) {
  const scene = createScene(Object.fromEntries(granules.map((tables, i) => [`g${i}`, tables])));
  const config = createConfig(scene, {
    source: { variables: { id: "/{group}/id" }, ...source },
    variables: variables ?? { id: leastOf("int64") },
    ...(aggregation === undefined ? {} : { aggregation }),
  });
  const map = createMap({ 0: granules.map((_, i) => `g${i}`) });
  const options = memoryBytes === undefined ? {} : { memoryBytes };
  const { results } = await execute(scene, plan(scene, config, map, options));
  const stored = (name: string, type: typeof BigInt64Array | typeof BigUint64Array | typeof Float64Array) =>
    block(scene, `boxes/${name}/0`, type as never)?.slice(0, 2);
  return { result: results[0]!, stored };
}

describe("64-bit integers beyond 2^53", () => {
  it.each<[string, WideColumn, readonly bigint[], typeof BigInt64Array | typeof BigUint64Array]>([
    ["int64", BigInt64Array.of(EDGE + 1n, EDGE + 2n, LEAST + 1n), [EDGE + 1n, LEAST + 1n], BigInt64Array],
    [
      "uint64",
      BigUint64Array.of(2n ** 64n - 1n, 2n ** 64n - 3n, EDGE),
      [2n ** 64n - 3n, EDGE],
      BigUint64Array,
    ],
  ])("are stored exactly, at once and block by block: %s", async (dtype, ids, wanted, type) => {
    for (const asked of [{}, { memoryBytes: 1 }]) {
      const { stored, result } = await run([points({ values: ids })], {
        variables: { id: leastOf(dtype) },
        ...asked,
      });
      expect(result.error).toBeNull();
      expect(stored("id", type)).toEqual(wanted);
    }
  });

  it("of several granules meet whatever integers the others have", async () => {
    const granules = [
      points({ values: Int32Array.of(7, 8, 9) }),
      points({ values: BigInt64Array.of(EDGE + 1n, LEAST + 3n, 5n) }),
      points({ values: BigUint64Array.of(2n ** 64n - 1n, 2n ** 64n - 1n, 0n) }),
    ];
    for (const asked of [{}, { memoryBytes: 1 }])
      expect((await run(granules, asked)).stored("id", BigInt64Array)).toEqual([LEAST + 3n, 0n]);
  });

  it("give a field of doubles the nearest one", async () => {
    const { stored } = await run([points({ values: BigInt64Array.of(EDGE + 3n, EDGE + 3n, 1n) })], {
      variables: { id: leastOf("float64") },
    });
    expect(stored("id", Float64Array)).toEqual([2 ** 53 + 4, 1]);
  });

  it("are not rounded for a field that declares no dtype, at once and block by block", async () => {
    const variables = { id: { function: "least", source: "id" } } as const;
    const granule = points({ values: BigInt64Array.of(EDGE + 3n, EDGE + 3n, 1n) });
    for (const asked of [{}, { memoryBytes: 1 }]) {
      const { result } = await run([granule], { variables, ...asked });
      expect(result.error).toMatchObject({
        code: "COLUMN_PRECISION",
        mend: expect.stringContaining("dtype: int64"),
      });
    }
    const counts = { id: { function: "count", source: "id" } } as const;
    expect((await run([granule], { variables: counts })).result.error).toBeNull();
  });

  it("that a field's dtype cannot hold are told digit by digit", async () => {
    const ids = BigUint64Array.of(2n ** 63n + 1n, 2n ** 63n + 1n, 1n);
    const { result } = await run([points({ values: ids })]);
    expect(result.error).toMatchObject({
      code: "FIELD_VALUE_RANGE",
      details: { value: "9223372036854775809" },
    });
  });

  const mean = { id: { function: "mean", source: "id", dtype: "float64" } } as const;
  const odd = points({ values: BigInt64Array.of(EDGE + 1n, 1n, 1n) });

  it.each<[string, Asked]>([
    ["a function", { variables: mean }],
    ["an expression", { variables: { id: { expression: "id", dtype: "float64" } } }],
    [
      "a chunk value",
      {
        aggregation: { chunk_precompute: { low: { function: "least", source: "id" } } },
        variables: { id: { function: "chunkwise", params: { name: "low" } } },
      },
    ],
  ])("are refused to %s that takes doubles, with those that do not", async (_what, asked) => {
    const { result } = await run([odd], asked);
    expect(result.error).toMatchObject({
      code: "COLUMN_PRECISION",
      what: expect.stringContaining("9007199254740993"),
      mend: expect.stringMatching(/least.*dtype: float64/),
    });
  });

  it("are told from infinities of granules that hold floats", async () => {
    const floats = points({ values: Float64Array.of(Infinity, 0.5, NaN) });
    const { result } = await run([floats, odd], { variables: mean });
    expect(result.error?.what).toContain("9007199254740993");
  });

  it("are refused to a function in blocks of rows too", async () => {
    const total = { id: { function: "total", dtype: "float64" } } as const;
    const h = { variables: { h: "/{group}/id" } };
    const { result } = await run([odd], { variables: total, source: h, memoryBytes: 1 });
    expect(result.error?.code).toBe("COLUMN_PRECISION");
  });

  it("are rounded for who asks for doubles", async () => {
    const source = { variables: { id: { path: "/{group}/id", dtype: "float64" } } };
    const { stored } = await run([odd], { variables: mean, source });
    expect(stored("id", Float64Array)).toEqual([(2 ** 53 + 1) / 2, 1]);
  });

  it("that are not kept matter to nobody", async () => {
    const filters = [{ dataset: "/{group}/id", op: "lt", value: String(EDGE + 1n) }];
    const { stored, result } = await run([odd], { variables: mean, source: { filters } });
    expect(result.dropped.filtered).toBe(1);
    expect(stored("id", Float64Array)).toEqual([1, 1]);
  });

  it("are compared exactly by a structured filter", async () => {
    const filters = [{ dataset: "/{group}/id", op: "ne", value: String(EDGE + 1n) }];
    const { stored, result } = await run([points({ values: BigInt64Array.of(EDGE + 1n, EDGE + 2n, EDGE) })], {
      source: { filters },
    });
    expect(result.dropped.filtered).toBe(1);
    expect(stored("id", BigInt64Array)).toEqual([EDGE + 2n, EDGE]);
  });

  it("are refused to the condition of a filter, unless its rows are gone", async () => {
    const condition = { expression: "id > 0" };
    const { result } = await run([odd], { source: { filters: [condition] } });
    expect(result.error).toMatchObject({
      code: "COLUMN_PRECISION",
      mend: expect.stringContaining("structured filter"),
    });
    const small = { dataset: "/{group}/id", op: "lt", value: 2 ** 53 };
    expect((await run([odd], { source: { filters: [small, condition] } })).result.error).toBeNull();
  });

  it("equal their fill value digit by digit", async () => {
    const ids = BigInt64Array.of(LEAST + 1n, LEAST + 2n, LEAST);
    const fill = { fillValue: Number(LEAST), exactFill: `${LEAST + 2n}` } as const;
    const { stored, result } = await run([points({ values: ids, ...fill })]);
    expect(result.dropped.fill).toBe(1);
    expect(stored("id", BigInt64Array)).toEqual([LEAST + 1n, LEAST]);
    const near = await run([
      points({ values: BigInt64Array.of(EDGE, 1n, 1n), fillValue: 2 ** 53, exactFill: `${EDGE + 1n}` }),
    ]);
    expect(near.result.dropped.fill).toBe(0);
  });

  it("are those of their level for each of its rows", async () => {
    const source = {
      variables: {},
      base_level: "points",
      levels: {
        points: { path: "/{group}" },
        segments: {
          path: "/{group}",
          variables: { id: "/{group}/segment" },
          link: { to: "points", index_beg: "beg", count: "cnt" },
        },
      },
      filters: [{ dataset: "/{group}/segment", op: "ne", value: String(EDGE), level: "segments" }],
    };
    const segments = points(
      { values: Int8Array.of(0, 0, 0) },
      {
        "/g/beg": { values: Int32Array.of(0, 1, 2) },
        "/g/cnt": { values: Int32Array.of(1, 1, 1) },
        "/g/segment": { values: BigInt64Array.of(EDGE, EDGE + 1n, LEAST + 1n) },
      },
    );
    const { stored, result } = await run([segments], { source });
    expect(result.dropped.filtered).toBe(1);
    expect(stored("id", BigInt64Array)).toEqual([EDGE + 1n, LEAST + 1n]);
  });

  it("leave out a granule whose reader cannot tell them, and the shard says what to do", async () => {
    const { result } = await run([points({ values: BigInt64Array.of(EDGE + 1n, 1n, 1n), inexact: true })]);
    expect(result.skipped_granules.map(({ error }) => error.code)).toEqual(["DATASET_PRECISION"]);
    expect(result.error).toMatchObject({
      code: "SHARD_UNREADABLE",
      mend: expect.stringContaining("take a reader that can tell it"),
    });
  });
});

it("64-bit integers within 2^53 are doubles to every function, from any reader", async () => {
  const mean = { id: { function: "mean", source: "id", dtype: "float64" } } as const;
  for (const inexact of [false, true]) {
    const ids = BigInt64Array.of(EDGE, -EDGE, 5n);
    const { stored } = await run([points({ values: ids, inexact })], { variables: mean });
    expect(stored("id", Float64Array)).toEqual([0, 5]);
  }
});
