/** Every storage layout and element type of fixtures/layouts.h5, which h5py wrote. */
import type { Column } from "@zagg/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { opened, type Opened } from "./opened.js";
import { LAYOUTS } from "./scratch.js";

const ROWS = 1000;
const FLOAT32_MAX = Math.fround(3.4028234663852886e38);

let granule: Opened;
beforeAll(async () => {
  granule = await opened(LAYOUTS);
});
afterAll(() => granule.close());

function ramp(value: (row: number) => number): number[] {
  return Array.from({ length: ROWS }, (_, row) => value(row));
}

function plain(column: Column): number[] {
  return Array.from(column);
}

describe("storage layouts", () => {
  it.each([
    ["chunked/f4", "float32", 64, ramp((i) => (i - 500) / 8)],
    ["chunked/f8", "float64", 64, ramp((i) => (i - 500) / 8)],
    ["chunked/i1", "int8", 64, ramp((i) => (i % 100) - 50)],
    ["chunked/i4", "int32", 64, ramp((i) => (i % 100) - 50)],
    ["chunked/i8", "int64", 64, ramp((i) => (i % 100) - 50)],
    ["chunked/u2", "uint16", 64, ramp((i) => i % 100)],
    ["chunked/twice", "int32", 300, ramp((i) => i)],
    ["contiguous/f4", "float32", null, ramp((i) => i)],
    ["big_endian/f4", "float32", 100, ramp((i) => i)],
    ["big_endian/f8", "float64", 100, ramp((i) => i)],
    ["big_endian/i2", "int16", 100, ramp((i) => i)],
    ["big_endian/i8", "int64", 100, ramp((i) => i)],
    ["other/alias", "float32", null, ramp((i) => i)],
  ] as const)("reads %s as %s", async (path, dtype, chunkRows, values) => {
    expect(await granule.describe(path)).toMatchObject({ shape: [ROWS], dtype, chunkRows });
    expect(plain(await granule.read(path, { start: 0, stop: ROWS }))).toEqual(values);
    const inside = { start: 63, stop: 641 };
    expect(plain(await granule.read(path, inside))).toEqual(values.slice(inside.start, inside.stop));
  });

  it("reads a compact dataset", async () => {
    expect(await granule.read("/contiguous/compact", { start: 0, stop: 4 })).toEqual(
      Int32Array.of(3, 1, 4, 1),
    );
  });

  it("reads chunks that were never written as HDF5's own fill value", async () => {
    expect(await granule.read("chunked/unwritten", { start: 2, stop: 5 })).toEqual(
      Float32Array.of(-1, -1, -1),
    );
  });

  it("reads one column of a two-dimensional dataset", async () => {
    expect(await granule.describe("chunked/table")).toEqual({
      shape: [ROWS, 5],
      dtype: "int8",
      fillValue: 127,
      chunkRows: 128,
    });
    for (const column of [0, 3, 4]) {
      const read = await granule.read("chunked/table", { start: 100, stop: 300, column });
      expect(read).toEqual(Int8Array.from(ramp((i) => ((10 * i) % 90) + column).slice(100, 300)));
    }
  });

  it("reads several columns at once, in any order", async () => {
    const columns = [4, 0, 3, 0];
    const read = await granule.readMany(
      columns.map((column) => ({ path: "chunked/table", start: 100, stop: 300, column })),
    );
    expect(read).toEqual(
      columns.map((column) => Int8Array.from(ramp((i) => ((10 * i) % 90) + column).slice(100, 300))),
    );
  });

  it("reads nothing from an empty range or an empty dataset", async () => {
    expect(await granule.read("chunked/f4", { start: 5, stop: 5 })).toEqual(new Float32Array(0));
    expect(await granule.describe("contiguous/empty")).toMatchObject({ shape: [0], dtype: "float32" });
    expect(await granule.read("contiguous/empty", { start: 0, stop: 0 })).toEqual(new Float32Array(0));
  });

  it("reads boolean and other enumerations as their numbers", async () => {
    expect(await granule.describe("other/truth")).toMatchObject({ dtype: "bool" });
    expect(await granule.read("other/truth", { start: 0, stop: 3 })).toEqual(Uint8Array.of(1, 0, 1));
    expect(await granule.read("other/level", { start: 0, stop: 2 })).toEqual(Int8Array.of(2, 0));
  });

  it("takes paths with or without a leading slash, and with slashes too many", async () => {
    for (const path of ["chunked/f4", "/chunked/f4", "//chunked///f4/"]) {
      expect(await granule.describe(path)).toMatchObject({ shape: [ROWS], dtype: "float32" });
      expect(await granule.read(path, { start: 1, stop: 2 })).toEqual(Float32Array.of(-499 / 8));
    }
  });
});

describe("what is no numeric dataset", () => {
  it.each([
    ["an absent path", "nope"],
    ["an absent group", "gt9x/land_ice_segments/h_li"],
    ["a group", "chunked"],
    ["the root", "/"],
    ["an empty path", ""],
    ["a path below a dataset", "contiguous/f4/x/y"],
    ["a link that leads nowhere", "other/dangling"],
    ["text of fixed length", "other/text"],
    ["text of variable length", "other/words"],
    ["records", "other/pairs"],
    ["a dataset without a shape", "contiguous/nothing"],
  ])("describes %s as null, and refuses to read it", async (_, path) => {
    expect(await granule.describe(path)).toBeNull();
    await expect(granule.read(path, { start: 0, stop: 0 })).rejects.toMatchObject({
      code: "DATASET_MISSING",
    });
  });
});

describe("fill values", () => {
  it.each([
    ["big_endian/i2", -999],
    ["big_endian/f8", -999],
    ["fill/scalar", FLOAT32_MAX],
    ["fill/array", FLOAT32_MAX],
    ["fill/nan", NaN],
    ["fill/text", null],
    ["fill/pair", null],
    ["chunked/f4", null],
  ])("describes the fill value of %s", async (path, fillValue) => {
    expect((await granule.describe(path))?.fillValue).toBe(fillValue);
  });

  it.each(["fill/scalar", "fill/array", "fill/i8", "fill/u8"])(
    "reads a filled row of %s as exactly the number it describes",
    async (path) => {
      const column = await granule.read(path, { start: 0, stop: 3 });
      expect(plain(column)).toEqual([1, (await granule.describe(path))?.fillValue, 3]);
    },
  );

  it("rounds a fill value of double precision to the precision of its dataset", async () => {
    const fillValue = (await granule.describe("fill/wider"))?.fillValue;
    expect(fillValue).toBe(Math.fround(0.1));
    expect((await granule.read("fill/wider", { start: 0, stop: 1 }))[0]).toBe(fillValue);
  });
});

describe("64-bit integers", () => {
  it("reads those up to 2^53 exactly, as doubles", async () => {
    expect(await granule.read("wide/exact", { start: 0, stop: 7 })).toEqual(
      Float64Array.of(-(2 ** 53), -(2 ** 32) - 1, -1, 0, 1, 2 ** 32 + 5, 2 ** 53),
    );
    expect(await granule.read("wide/unsigned", { start: 0, stop: 4 })).toEqual(
      Float64Array.of(0, 2 ** 31, 2 ** 32, 2 ** 53),
    );
  });

  it("reads those beyond as they are, where they are asked for exactly", async () => {
    const ranges = [
      { path: "wide/above", start: 0, stop: 3 },
      { path: "wide/below", start: 0, stop: 2 },
      { path: "wide/unsigned_above", start: 0, stop: 1 },
      { path: "contiguous/f4", start: 1, stop: 2 },
    ];
    expect(await granule.readExact!(ranges)).toEqual([
      BigInt64Array.of(0n, 1n, 2n ** 53n + 1n),
      BigInt64Array.of(0n, -(2n ** 53n) - 1n),
      BigUint64Array.of(2n ** 63n),
      Float32Array.of(1),
    ]);
  });

  it.each([
    ["wide/above", 3, 2],
    ["wide/below", 2, 1],
    ["wide/unsigned_above", 1, 0],
  ])("refuses %s, and names the row", async (path, stop, row) => {
    await expect(granule.read(path, { start: 0, stop })).rejects.toMatchObject({
      code: "DATASET_PRECISION",
      details: { dataset: `/${path}`, row },
    });
    const before = await granule.read(path, { start: 0, stop: row });
    expect(before).toHaveLength(row);
  });
});

describe("ranges that do not fit", () => {
  it.each([
    ["a column of one dimension", "contiguous/f4", { start: 0, stop: 1, column: 0 }],
    ["no column of two dimensions", "chunked/table", { start: 0, stop: 1 }],
    ["a column beyond the last", "chunked/table", { start: 0, stop: 1, column: 5 }],
    ["a negative column", "chunked/table", { start: 0, stop: 1, column: -1 }],
    ["a fraction of a column", "chunked/table", { start: 0, stop: 1, column: 0.5 }],
    ["three dimensions", "contiguous/cube", { start: 0, stop: 1, column: 0 }],
    ["a single value", "contiguous/scalar", { start: 0, stop: 0 }],
    ["rows beyond the last", "contiguous/f4", { start: 999, stop: 1001 }],
  ])("refuses %s", async (_, path, range) => {
    await expect(granule.read(path, range)).rejects.toMatchObject({ code: "DATASET_SHAPE" });
  });

  it.each([
    [-1, 3],
    [3, 2],
    [0.5, 3],
    [0, NaN],
  ])("refuses rows %d to %d as a programmer's mistake", async (start, stop) => {
    await expect(granule.read("contiguous/f4", { start, stop })).rejects.toBeInstanceOf(RangeError);
  });
});

it("refuses a link into another file", async () => {
  await expect(granule.describe("other/abroad")).rejects.toMatchObject({ code: "DATASET_TYPE" });
});

it("reads half floats as single ones", async () => {
  expect(await granule.describe("other/half")).toMatchObject({ dtype: "float32" });
  expect(await granule.read("other/half", { start: 0, stop: 3 })).toBeInstanceOf(Float32Array);
});

it("reads what h5py compresses by lzf", async () => {
  expect(plain(await granule.read("other/lzf", { start: 0, stop: 10 }))).toEqual(ramp((i) => i).slice(0, 10));
});
