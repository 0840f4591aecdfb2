import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate, splitInteger, splitIntegers, type DType } from "@zagg/core";
import { groupByPosition, permuteRows } from "../src/index.js";
import { castCells, shownNumber } from "../src/kernels/cast.js";
import { coordinatesDeg, countInvalid } from "@zagg/core/internal";
import { RowColumn, commonType } from "../src/shard/read/row-column.js";

/** Positions of up to 200 rows in up to 20 cells. */
const grouping = fc
  .integer({ min: 1, max: 20 })
  .chain((cells) =>
    fc.record({ cells: fc.constant(cells), positions: fc.array(fc.nat(cells - 1), { maxLength: 200 }) }),
  );

describe("coordinates", () => {
  const scratch = () => new Float64Array(9).fill(7);

  it("are NaN where the reader gave the fill value, which it keeps", () => {
    const values = Float64Array.of(0, -0.1, 5, -0.1);
    expect([...coordinatesDeg(values, -0.1, scratch())]).toEqual([0, NaN, 5, NaN]);
    expect([...values]).toEqual([0, -0.1, 5, -0.1]);
  });

  it("are compared with the fill value in their own type", () => {
    const singles = Float32Array.of(0.1, 0.2);
    expect([...coordinatesDeg(singles, 0.1, scratch())]).toEqual([NaN, Math.fround(0.2)]);
    expect([...coordinatesDeg(Float64Array.from(singles), 0.1, scratch())]).toEqual([...singles]);
    expect([...coordinatesDeg(Int16Array.of(-99, 5), -99, scratch())]).toEqual([NaN, 5]);
  });

  it.each([null, NaN, 100])("are those that were read when none is the fill value %s", (fillValue) => {
    const values = Float64Array.of(NaN, 1, Infinity);
    expect(coordinatesDeg(values, fillValue, scratch())).toBe(values);
    expect([...coordinatesDeg(Float32Array.from(values), fillValue, scratch())]).toEqual([...values]);
    expect(coordinatesDeg(new Float32Array(0), fillValue, scratch())).toHaveLength(0);
  });
});

describe("grouping", () => {
  it("equals a stable sort by cell", () => {
    fc.assert(
      fc.property(grouping, ({ cells, positions }) => {
        const places = Int32Array.from(positions);
        const offsets = new Int32Array(cells + 1);
        const populated = groupByPosition(places, places.length, offsets);
        const rows = Float64Array.from(positions.keys());
        const sorted = new Float64Array(rows.length);
        permuteRows(rows, places, rows.length, sorted);

        const naive = Array.from({ length: cells }, (_none, cell) =>
          [...positions.keys()].filter((row) => positions[row] === cell),
        );
        expect([...sorted]).toEqual(naive.flat());
        expect([...offsets]).toEqual(
          naive.reduce<number[]>((sums, own) => [...sums, sums.at(-1)! + own.length], [0]),
        );
        expect(populated).toBe(new Set(positions).size);
      }),
    );
  });

  it("takes the leading rows only, and no rows", () => {
    const places = Int32Array.of(1, 0, 99);
    const offsets = new Int32Array(3).fill(7);
    expect(groupByPosition(places, 2, offsets)).toBe(2);
    expect([[...places], [...offsets]]).toEqual([
      [1, 0, 99],
      [0, 1, 2],
    ]);
    expect(groupByPosition(places, 0, offsets)).toBe(0);
    expect([...offsets]).toEqual([0, 0, 0]);
  });

  it.each([-1, 2])(
    "refuses the position %i outside two cells, and leaves the positions alone",
    (position) => {
      const places = Int32Array.of(0, position);
      expect(() => groupByPosition(places, 2, new Int32Array(3))).toThrow(RangeError);
      expect([...places]).toEqual([0, position]);
    },
  );

  it("refuses more rows than there are positions", () => {
    expect(() => groupByPosition(new Int32Array(1), 2, new Int32Array(2))).toThrow(RangeError);
  });
});

describe("casting to a dtype", () => {
  const cast = (dtype: DType, value: number) => {
    const out = allocate(dtype, 3);
    out.fill((dtype.endsWith("64") && !dtype.startsWith("f") ? 7n : 7) as never);
    const broken = castCells(dtype, { values: Float64Array.of(value, -99) }, Int32Array.of(0, 2, 2), out, 1);
    return broken >= 0 ? `cell ${broken}` : Array.from(out as Float64Array);
  };

  it.each<[DType, number, readonly (number | bigint)[] | string]>([
    ["float64", 0.1, [7, 0.1, 7]],
    ["float32", 0.1, [7, Math.fround(0.1), 7]],
    ["float32", NaN, [7, NaN, 7]],
    ["float32", 1e39, [7, Infinity, 7]],
    ["int8", -128.9, [7, -128, 7]],
    ["int8", -129, "cell 0"],
    ["uint8", 255.9, [7, 255, 7]],
    ["uint8", -0.9, [7, 0, 7]],
    ["uint8", 256, "cell 0"],
    ["int32", 2.7, [7, 2, 7]],
    ["int32", 2 ** 31, "cell 0"],
    ["uint32", 2 ** 32 - 1, [7, 2 ** 32 - 1, 7]],
    ["int16", NaN, "cell 0"],
    ["uint32", Infinity, "cell 0"],
    ["uint64", 2 ** 63, [7n, 2n ** 63n, 7n]],
    ["uint64", 2 ** 64, "cell 0"],
    ["uint64", -1, "cell 0"],
    ["int64", -(2 ** 63), [7n, -(2n ** 63n), 7n]],
    ["int64", 2 ** 63, "cell 0"],
    ["int64", NaN, "cell 0"],
    ["bool", 0.5, [7, 1, 7]],
    ["bool", 0, [7, 0, 7]],
    ["bool", NaN, "cell 0"],
  ])("%s of %d, and leaves cells without rows as they are", (dtype, value, expected) => {
    // -0 is 0 in every integer dtype.
    const result = cast(dtype, value);
    expect(Array.isArray(result) ? result.map((item) => (item === 0 ? 0 : item)) : result).toEqual(expected);
  });

  it.each<[DType, bigint, readonly bigint[] | string]>([
    ["int64", 2n ** 53n + 1n, [2n ** 53n + 1n]],
    ["int64", -(2n ** 63n) + 1n, [-(2n ** 63n) + 1n]],
    ["int64", 2n ** 63n - 1n, [2n ** 63n - 1n]],
    ["int64", 2n ** 63n + 1n, "2^63 + 1 does not fit"],
    ["uint64", 2n ** 64n - 1n, [2n ** 64n - 1n]],
    ["uint64", -1n - 2n ** 54n, "-2^54 - 1 does not fit"],
  ])("%s of %d, of which a double lacks something", (dtype, integer, expected) => {
    const [value, lacks] = splitInteger(integer);
    const out = allocate(dtype, 1) as BigInt64Array;
    const computed = { values: Float64Array.of(value), rest: Int16Array.of(lacks) };
    const broken = castCells(dtype, computed, Int32Array.of(0, 1), out, 0);
    expect(broken < 0 ? [...out] : broken).toEqual(typeof expected === "string" ? 0 : expected);
    expect(shownNumber(computed, 0)).toBe(String(integer));
  });
});

describe("invalid points", () => {
  it("have a coordinate that is not finite, or a latitude outside ±90", () => {
    const lon = Float64Array.of(0, NaN, Infinity, 540, 0, 0, 0, -0);
    const lat = Float64Array.of(0, 0, 0, 0, 90.000001, -90, NaN, 90);
    expect(countInvalid(lon, lat)).toBe(4);
    expect(countInvalid(new Float64Array(0), new Float64Array(0))).toBe(0);
  });
});

describe("a growing column", () => {
  const rows = Int32Array.from({ length: 10_000 }, (_none, i) => i);
  const filled = (value: number) => new Float32Array(10_000).fill(value);

  it("holds what was appended, past its first capacity", () => {
    const column = new RowColumn();
    for (let i = 0; i < 5; i++) column.append(filled(i), rows, 10_000);
    const { values } = column.take();
    expect(values).toBeInstanceOf(Float32Array);
    expect([values.length, values[0], values[49_999]]).toEqual([50_000, 0, 4]);
    expect(column.length).toBe(0);
  });

  it("appends the selected rows only", () => {
    const column = new RowColumn();
    column.append(Float64Array.of(5, 6, 7, 8), Int32Array.of(0, 3, 1), 2);
    expect([...column.take().values]).toEqual([5, 8]);
  });

  it("widens to hold both types, and rewinds to the type and the values it had", () => {
    const column = new RowColumn();
    column.append(Float32Array.of(0.1), rows, 1);
    const mark = column.mark();
    column.append(Float64Array.of(0.2), rows, 1);
    column.rewind(mark);
    const { values } = column.take();
    expect(values).toEqual(Float32Array.of(0.1));
  });

  it("rewinds to nothing", () => {
    const column = new RowColumn();
    const mark = column.mark();
    column.append(Float64Array.of(1), rows, 1);
    column.rewind(mark);
    column.append(Int8Array.of(2), rows, 1);
    expect(column.take().values).toEqual(Int8Array.of(2));
  });

  it("holds what doubles lack to integers from the first row that is beyond 2^53 on, and forgets it with that row", () => {
    const column = new RowColumn();
    const append = (integers: readonly bigint[], taken: readonly number[]) => {
      const { values, rest } = splitIntegers(BigUint64Array.from(integers));
      column.append(values, Int32Array.from(taken), taken.length, rest);
    };
    column.append(Int32Array.of(-5), rows, 1);
    append([7n, 2n ** 64n - 1n], [0]);
    const mark = column.mark();
    append([2n ** 64n - 3n, 2n ** 63n + 1n], [1, 0]);
    column.append(Int8Array.of(3), rows, 1);
    expect(column.take()).toEqual({
      values: Float64Array.of(-5, 7, 2 ** 63, 2 ** 64, 3),
      rest: Int16Array.of(0, 0, 1, -3, 0),
    });
    append([2n ** 60n], [0]);
    expect(column.take().rest).toEqual(Int16Array.of(0));
    column.append(Float64Array.of(-5, 7), rows, 2);
    append([2n ** 60n], [0]);
    column.rewind(mark);
    expect(column.take()).toEqual({ values: Float64Array.of(-5, 7), rest: null });
  });

  it.each([
    [Float32Array, Float64Array, Float64Array],
    [Int8Array, Float32Array, Float32Array],
    [Uint16Array, Float32Array, Float32Array],
    [Int32Array, Float32Array, Float64Array],
    [Int8Array, Float64Array, Float64Array],
    [Int8Array, Uint8Array, Int16Array],
    [Uint16Array, Int8Array, Int32Array],
    [Uint32Array, Int8Array, Float64Array],
    [Uint8Array, Uint32Array, Uint32Array],
    [Int16Array, Int8Array, Int16Array],
    [Int32Array, Uint16Array, Int32Array],
  ])("finds a type for both of %o and %o", (a, b, expected) => {
    expect(commonType(a, b)).toBe(expected);
    expect(commonType(b, a)).toBe(expected);
  });
});
