import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitIntegers, type Column, type Json } from "@zagg/core";
import type { NumberColumn } from "@zagg/core/internal";
import { applyFilter, rowFilters as boundFilters, type DatasetFilter } from "../src/shard/read/filters.js";
import { createConfig, createMap, createScene, execute, plan, points } from "./scene.js";

const scene = createScene();
const sourceOf = (source: Record<string, Json>) => createConfig(scene, { source }).data_source;

const rowFilters = (source: Parameters<typeof boundFilters>[1]) =>
  boundFilters(scene.registry, source) as readonly DatasetFilter[];

const plain = (values: Column): NumberColumn => ({ values, rest: null, isWide: false });

/** Values that a filter of the config keeps. */
function kept(filter: Record<string, Json>, values: Float32Array | Float64Array | Int8Array): number[] {
  const [parsed] = rowFilters(sourceOf({ filters: [{ dataset: "/d", ...filter }] }));
  const rows = Int32Array.from(values.keys());
  const count = applyFilter(parsed!, plain(values), rows, rows.length);
  return Array.from(rows.subarray(0, count), (row) => values[row]!);
}

const values = Float64Array.of(-2, -0, 0, 1, 2.5, NaN, Infinity);

describe("a filter", () => {
  it.each([
    [{ op: "eq", value: 0 }, [-0, 0]],
    [{ op: "ne", value: 0 }, [-2, 1, 2.5, NaN, Infinity]],
    [{ op: "ge", value: 1 }, [1, 2.5, Infinity]],
    [{ op: "le", value: 0 }, [-2, -0, 0]],
    [{ op: "lt", value: 0 }, [-2]],
    [{ op: "gt", value: 1 }, [2.5, Infinity]],
    [{ op: "in", values: [1, 0, 7] }, [-0, 0, 1]],
    [{ op: "not_in", values: [1, 0] }, [-2, 2.5, NaN, Infinity]],
    [{ op: "in", values: [] }, []],
    [{ op: "not_in", values: [] }, [-2, -0, 0, 1, 2.5, NaN, Infinity]],
    [{ op: "gt", value: 1, keep: false }, [-2, -0, 0, 1, NaN]],
    [{ op: "eq", value: 1, keep: false }, [-2, -0, 0, 2.5, NaN, Infinity]],
    [{ op: "in", values: [1], keep: false }, [-2, -0, 0, 2.5, NaN, Infinity]],
    [{ op: "not_in", values: [1], keep: false }, [1]],
  ])("%j keeps what NumPy keeps", (filter, expected) => {
    expect(kept(filter as Record<string, Json>, values)).toEqual(expected);
  });

  it("compares in the dataset's own type", () => {
    expect(kept({ op: "eq", value: 0.1 }, Float32Array.of(0.1, 0.2))).toHaveLength(1);
    expect(kept({ op: "in", values: [0.1] }, Float32Array.of(0.1, 0.2))).toHaveLength(1);
    expect(kept({ op: "eq", value: 0.1 }, Float64Array.of(Math.fround(0.1)))).toHaveLength(0);
    expect(kept({ op: "eq", value: 300 }, Int8Array.of(44))).toHaveLength(0);
  });

  const edge = 2n ** 53n;
  const signed = BigInt64Array.of(-(2n ** 63n), -edge - 1n, -1n, edge, edge + 1n, edge + 2n, 2n ** 63n - 1n);
  const unsigned = BigUint64Array.of(0n, edge, edge + 1n, 2n ** 63n, 2n ** 64n - 2n, 2n ** 64n - 1n);
  const operands = ["-9223372036854775808", "-9007199254740993", "9007199254740993", "18446744073709551615"];
  const filters = [
    ...(["eq", "ne", "ge", "le", "lt", "gt"] as const).flatMap((op) =>
      [...operands, -1, 0.5, 2 ** 53, 1e30].map((value) => ({ op, value })),
    ),
    { op: "in", values: operands } as const,
    { op: "not_in", values: [...operands, -1] } as const,
  ];

  it.each([
    ["signed", signed],
    ["unsigned", unsigned],
    ["within 2^53", BigInt64Array.of(edge, -edge, 0n, 5n)],
  ])("compares 64-bit integers exactly, %s", (_what, integers) => {
    const rows = () => Int32Array.from(integers.keys());
    const column = { ...splitIntegers(integers), isWide: true };
    const compare = { eq: "==", ne: "!=", ge: ">=", le: "<=", lt: "<", gt: ">" } as const;
    for (const filter of filters) {
      const [parsed] = rowFilters(sourceOf({ filters: [{ dataset: "/d", ...filter } as Json] }));
      const left = rows();
      const count = applyFilter(parsed!, column, left, left.length);
      const found = Array.from(left.subarray(0, count), (row) => integers[row]!);
      const exact = (value: string | number) => (typeof value === "string" ? BigInt(value) : value);
      const wanted = [...(integers as BigInt64Array)].filter((integer) => {
        if ("values" in filter)
          return filter.values.some((one) => integer == BigInt(one)) === (filter.op === "in");
        const value = exact(filter.value);
        return {
          "==": integer == value,
          "!=": integer != value,
          ">=": integer >= value,
          "<=": integer <= value,
          "<": integer < value,
          ">": integer > value,
        }[compare[filter.op]];
      });
      expect([JSON.stringify(filter), found]).toEqual([JSON.stringify(filter), wanted]);
    }
  });

  it("takes integers beyond 2^53 in the type of other datasets", () => {
    expect(kept({ op: "eq", value: "9007199254740993" }, Float64Array.of(2 ** 53, 1))).toEqual([2 ** 53]);
    expect(kept({ op: "lt", value: "9007199254740993" }, Int8Array.of(5))).toEqual([5]);
  });

  it("narrows further after another, never widens, and keeps the order of rows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: false }), { maxLength: 50 }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        (list, value) => {
          const column = Float32Array.from(list);
          const filters = rowFilters(
            sourceOf({
              filters: [
                { dataset: "/d", op: "ge", value: -10 },
                { dataset: "/d", op: "lt", value },
              ],
            }),
          );
          const rows = Int32Array.from(column.keys());
          let count = rows.length;
          for (const filter of filters) count = applyFilter(filter, plain(column), rows, count);
          const expected = [...column.keys()].filter(
            (row) => column[row]! >= -10 && column[row]! < Math.fround(value),
          );
          expect([...rows.subarray(0, count)]).toEqual(expected);
        },
      ),
    );
  });
});

describe("the filters of a configuration", () => {
  const quality_filter = { dataset: "/q", value: 0 };

  it("are the quality filter when there are no others", () => {
    expect(rowFilters(sourceOf({ quality_filter }))).toEqual([
      { on: "dataset", dataset: "/q", column: null, level: null, op: "eq", operands: [[0, 0]], keep: true },
    ]);
    expect(rowFilters(sourceOf({}))).toEqual([]);
  });

  it("replace the quality filter, even when the list is empty", () => {
    expect(rowFilters(sourceOf({ quality_filter, filters: [] }))).toEqual([]);
    const filters = [{ dataset: "/c", op: "ne", value: -2, column: 0 }];
    expect(rowFilters(sourceOf({ quality_filter, filters }))).toEqual([
      { on: "dataset", dataset: "/c", column: 0, level: null, op: "ne", operands: [[-2, 0]], keep: true },
    ]);
  });
});

describe("an expression filter", () => {
  /** Points at heights 1 … 4, the third of bad quality. */
  const granule = points([-175, 0, 1], [-175, 0, 2], [-175, 0, 3, 1], [-175, 0, 4]);
  const result = async (...filters: Record<string, Json>[]) => {
    const world = createScene({ a: granule });
    const summary = await execute(
      world,
      plan(world, createConfig(world, { source: { filters } }), createMap({ 0: ["a"] })),
    );
    return { kept: summary.total_obs, filtered: summary.dropped.filtered };
  };

  it("keeps the rows for which it is true, and counts the others", async () => {
    expect(await result({ expression: "h > 2" })).toEqual({ kept: 2, filtered: 2 });
  });

  it("keeps the others with keep: false", async () => {
    expect(await result({ expression: "h > 2", keep: false })).toEqual({ kept: 2, filtered: 2 });
    expect(await result({ expression: "h > 3", keep: false })).toEqual({ kept: 3, filtered: 1 });
  });

  it("goes together with structured filters, in any order", async () => {
    const good = { dataset: "/{group}/q", op: "eq", value: 0 };
    expect(await result(good, { expression: "h > 2" })).toEqual({ kept: 1, filtered: 3 });
    expect(await result({ expression: "h > 2" }, good)).toEqual({ kept: 1, filtered: 3 });
  });

  it("that is no condition over the columns is refused by the plan", () => {
    const config = createConfig(scene, { source: { filters: [{ expression: "q > 2" }] } });
    expect(() => plan(scene, config, createMap({ 0: ["a"] }))).toThrow(/no column q/);
  });
});

describe("a filter over a two-dimensional dataset", () => {
  const two = { "/g/c": { values: Int8Array.of(0, 1, -2, 1, 0, 1), width: 2 } };
  const granule = { ...points([-175, 0, 1], [-175, 0, 2], [-175, 0, 3]), ...two };
  const run = async (filter: Record<string, Json>) => {
    const world = createScene({ a: granule });
    const config = createConfig(world, { source: { filters: [{ dataset: "/{group}/c", ...filter }] } });
    return (await execute(world, plan(world, config, createMap({ 0: ["a"], 1: ["a"] })))).results;
  };

  it("tests its column", async () => {
    const [first] = await run({ op: "ne", value: -2, column: 0 });
    expect(first).toMatchObject({ total_obs: 2, dropped: { filtered: 1 } });
    expect((await run({ op: "ne", value: 1, column: 1 }))[0]).toMatchObject({
      total_obs: 0,
      empty: expect.any(String),
    });
  });

  it.each([
    ["lacks a column", { op: "ne", value: 0 }],
    ["has one too far", { op: "ne", value: 0, column: 2 }],
  ])("that %s is told by its own code, shard by shard", async (_what, filter) => {
    const results = await run(filter);
    expect(results.map(({ error }) => error?.code)).toEqual(["FILTER_COLUMN", "FILTER_COLUMN"]);
  });

  it("in one granule only does not keep the other shards from being done", async () => {
    const odd = { ...granule, "/g/c": { values: Int8Array.of(0, 0, 0) } };
    const world = createScene({ odd, a: granule });
    const filters = [{ dataset: "/{group}/c", op: "ne", value: -2, column: 0 }];
    const config = createConfig(world, { source: { filters } });
    const map = createMap({ 0: ["odd"], 1: ["a"] });
    expect(await execute(world, plan(world, config, map))).toMatchObject({ cells_error: 1, cells_left: 0 });
  });

  it("has no column when it is one-dimensional", async () => {
    const world = createScene({ a: points([-175, 0, 1]) });
    const filters = [{ dataset: "/{group}/q", op: "eq", value: 0, column: 0 }];
    const config = createConfig(world, { source: { filters } });
    const { results } = await execute(world, plan(world, config, createMap({ 0: ["a"] })));
    expect(results[0]?.error?.code).toBe("FILTER_COLUMN");
  });
});
