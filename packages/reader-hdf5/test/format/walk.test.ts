/** Every structure of the format, as h5py wrote it in its oldest and in its newest form. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Hdf5File } from "../../src/format/open.js";
import { Damage, Unsupported } from "../../src/format/problems.js";
import { datasetAt, openBytes, ramp, rampOf, walkBytes, WALKS, wholeOf } from "./walks.js";

const NUMBERS = {
  "<i1": Int8Array,
  "<u1": Uint8Array,
  "<i2": Int16Array,
  ">i2": Int16Array,
  "<u2": Uint16Array,
  "<i4": Int32Array,
  ">i4": Int32Array,
  "<u4": Uint32Array,
  "<i8": BigInt64Array,
  ">i8": BigInt64Array,
  "<u8": BigUint64Array,
  "<f2": Float32Array,
  ">f2": Float32Array,
  "<f4": Float32Array,
  ">f4": Float32Array,
  "<f8": Float64Array,
  ">f8": Float64Array,
  i12: Int16Array,
  u50: BigUint64Array,
  i24: Int32Array,
  bias: Float64Array,
  bfloat16: Float32Array,
} as const;

const CHUNKED = {
  single: [20, 6],
  "single-gzip": [20, 6],
  fixed: [31, 9],
  "fixed-limits": [31, 9],
  growing: [100, 4],
  "growing-second": [4, 100],
  "growing-both": [20, 30],
  "growing-both-gzip": [60, 60],
  three: [5, 6, 7],
  implicit: [31, 9],
} as const;

describe.each(WALKS)("the walk through the %s structures", (name) => {
  let file: Hdf5File;
  beforeAll(async () => {
    file = await openBytes(walkBytes(name));
  });

  it.each(Object.entries(NUMBERS))("reads numbers of type %s", async (type, array) => {
    const numbers = await wholeOf(file, `types/${type}`);
    expect(numbers).toBeInstanceOf(array);
    expect(Array.from(numbers, Number)).toEqual(rampOf(23));
  });

  it.each(Object.entries(CHUNKED))("finds the chunks of %s", async (path, shape) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    expect(Array.from(await wholeOf(file, `chunks/${path}`), Number)).toEqual(rampOf(count));
  });

  it.each([
    ["fixed-pages", 2500],
    ["growing-pages", 9000],
  ])("finds the chunks of %s, whose index has pages", async (path, count) => {
    expect(Array.from(await wholeOf(file, `chunks/${path}`), Number)).toEqual(rampOf(count));
  });

  it.each([
    "gzip",
    "shuffle",
    "shuffle-2",
    "fletcher",
    "fletcher-odd",
    "all",
    "lzf",
    "offset-i1",
    "offset-i8",
  ])("undoes the filters of %s", async (path) => {
    expect(Array.from(await wholeOf(file, `filters/${path}`), Number)).toEqual(rampOf(100));
  });

  it("undoes scale and offset of numbers among which the fill value is", async () => {
    expect(Array.from(await wholeOf(file, "filters/offset-fill"), Number)).toEqual(rampOf(100));
  });

  it("gives floats packed by decimals as HDF5 rounds them", async () => {
    const single = await wholeOf(file, "filters/offset-f4");
    const double = await wholeOf(file, "filters/offset-f8");
    for (let i = 0; i < 100; i++) {
      expect(Number(single[i])).toBeCloseTo(ramp(i) / 10 - 3, 5);
      expect(Number(double[i])).toBeCloseTo(ramp(i) / 10 - 3, 12);
    }
  });

  it.each(["i12", "u50"])("undoes the n-bit filter of %s", async (path) => {
    expect(Array.from(await wholeOf(file, `filters/nbit-${path}`), Number)).toEqual(rampOf(23));
  });

  it("leaves out what a dataset that was made smaller has lost", async () => {
    const numbers = Array.from(await wholeOf(file, "chunks/shrunk"), Number);
    expect(numbers).toEqual(Array.from({ length: 44 }, (_, i) => ramp(10 * Math.floor(i / 4) + (i % 4))));
  });

  it("gives the fill value where nothing was written", async () => {
    const numbers = Array.from(await wholeOf(file, "chunks/part"), Number);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, i) => (i < 30 || i >= 45 ? -5 : ramp(i - 30))));
  });

  it("reads a part of a dataset that is larger than any memory", async () => {
    const dataset = await datasetAt(file, "chunks/huge");
    const selection = { start: [2 ** 39 - 1], count: [3] };
    expect(await file.readNumbers([{ dataset, selection }])).toEqual([Float32Array.of(0, 5, 0)]);
  });

  it("reads any part of a dataset of three dimensions", async () => {
    const dataset = await datasetAt(file, "chunks/three");
    const [, rows, columns] = CHUNKED.three;
    for (const [start, count] of [
      [
        [1, 2, 3],
        [3, 3, 2],
      ],
      [
        [0, 0, 6],
        [5, 6, 1],
      ],
      [
        [4, 5, 0],
        [1, 1, 7],
      ],
      [
        [2, 1, 1],
        [0, 3, 3],
      ],
    ] as const) {
      const [numbers] = await file.readNumbers([{ dataset, selection: { start, count } }]);
      const expected: number[] = [];
      for (let i = start[0]; i < start[0] + count[0]; i++)
        for (let j = start[1]; j < start[1] + count[1]; j++)
          for (let k = start[2]; k < start[2] + count[2]; k++)
            expected.push(ramp((i * rows + j) * columns + k));
      expect(Array.from(numbers!, Number)).toEqual(expected);
    }
  });

  it.each([3, 40])("lists %i members and attributes", async (count) => {
    const group = await file.object(`members/of-${count}`);
    if (group?.kind !== "group") throw new Error("no group");
    const numbers = Array.from({ length: count }, (_, i) => i);
    expect((await group.members()).toSorted()).toEqual(
      numbers.map((i) => `member with a long name ${i}`).toSorted(),
    );
    const attributes = new Map((await group.attributes()).map(({ name: key, value }) => [key, value]));
    for (const i of numbers) {
      expect(attributes.get(`attribute ${i}`)).toBe(1.5 * i);
      expect(await wholeOf(file, `members/of-${count}/member with a long name ${i}`)).toEqual(
        Int16Array.of(i),
      );
    }
    if (count === 40) expect(attributes.get("long")).toBe("é".repeat(4000));
  });

  it("follows links by path, from the root and from their group", async () => {
    expect(await wholeOf(file, "members/soft")).toEqual(Int32Array.from(rampOf(23)));
    expect(await wholeOf(file, "members/relative")).toEqual(Int16Array.of(2));
    expect(await wholeOf(file, "//members/./typed/")).toEqual(Int32Array.from(rampOf(5)));
  });

  it("finds nothing where a link leads nowhere, or a path through a dataset", async () => {
    expect(await file.object("members/nowhere")).toBeUndefined();
    expect(await file.object("members/none")).toBeUndefined();
    expect(await file.object("types/<i4/below")).toBeUndefined();
  });

  it("refuses links in a circle and into other files", async () => {
    await expect(file.object("members/circle")).rejects.toThrow(Damage);
    await expect(file.object("members/outside")).rejects.toThrow(Unsupported);
  });

  it("reads text, records, sequences and references", async () => {
    const all = async (path: string) => {
      const dataset = await datasetAt(file, path);
      const { shape } = dataset.stored.space;
      return file.readValues({ dataset, selection: { start: shape.map(() => 0), count: shape } });
    };
    expect(await all("values/texts")).toEqual(["a", "", "zürich"]);
    expect(await all("values/fixed")).toEqual(["abc", "defghi", ""]);
    expect(await all("values/record")).toEqual([
      { a: 1, b: 2.5, s: "ab", v: Int16Array.of(1, 2, 3) },
      { a: -3, b: 4.5, s: "", v: Int16Array.of(4, 5, 6) },
    ]);
    expect(await all("values/runs")).toEqual([Int32Array.of(1, 2, 3), new Int32Array(0), Int32Array.of(5)]);
    expect(await all("values/enum")).toEqual(Int16Array.of(0, 2, 1));
    expect(await all("values/one")).toEqual(BigInt64Array.of(42n));
    expect(await all("values/reference")).toEqual([{ address: expect.any(Number) as number }, null]);
    expect((await datasetAt(file, "values/none")).stored.space.isNull).toBe(true);
  });

  it("reads attributes of text and numbers", async () => {
    const attributes = await (await datasetAt(file, "values/one")).attributes();
    expect(Object.fromEntries(attributes.map(({ name: key, value }) => [key, value]))).toEqual({
      text: "m s-1",
      texts: ["a", "bc"],
      fixed: "abc",
      range: Float32Array.of(-90, 90),
      none: null,
    });
  });
});
