/** Everything that is written is read back by zarrita, an independent implementation. */
import { dtypes, isFloat, type ArraySpec, type ObjectStore, type TypedArray } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as zarrita from "zarrita";
import { memoryStore, zarr } from "../src/index.js";
import { arraySpec, blockOrder, hierarchyOf, positions, valuesOf } from "./sample-arrays.js";
import { openArray, readable, readAll } from "./zarrita-oracle.js";
import { runs } from "../../../vitest.effort.mjs";
import { putAll } from "./stored-keys.js";

const layouts = {
  "one dimension": { shape: [48], blockShape: [16], chunkShape: [4] },
  "two dimensions": { shape: [12, 8], blockShape: [6, 8], chunkShape: [3, 2] },
  "no dimension": { shape: [], blockShape: [], chunkShape: [] },
} as const;

const cases = dtypes.flatMap((dtype) =>
  Object.entries(layouts).flatMap(([layout, extents]) =>
    [true, false].flatMap((sharded) =>
      (["zstd", "none"] as const).map((compression): readonly [string, ArraySpec] => [
        `${dtype}, ${layout}, ${sharded ? "sharded" : "an object per chunk"}, compression ${compression}`,
        arraySpec({
          ...extents,
          dtype,
          sharded,
          compression,
          dimensions: extents.shape.map((_, axis) => `d${axis}`),
          fillValue: isFloat(dtype) ? "NaN" : 1,
        }),
      ]),
    ),
  ),
);

describe("zarrita reads", () => {
  it.each(cases)("%s", async (_name, array) => {
    const store = memoryStore().open("memory://s");
    const length = array.shape.reduce((product, extent) => product * extent, 1);
    const written = valuesOf(array.dtype, length, (index) => (index % 5 === 0 ? -0 : index * 1.5 - 9));
    await writeArray(store, array, written);
    const expected = Array.from(written as Iterable<number | bigint>, (value) =>
      array.dtype === "bool" ? value === 1 : value,
    );
    expect(await readAll(store, array.path)).toEqual(expected);
  });

  it("the fill value where chunks and blocks are absent", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        fc.constantFrom("zstd" as const, "none" as const),
        async (isStored, sharded, compression) => {
          const array = arraySpec({
            ...layouts["one dimension"],
            dtype: "int32",
            sharded,
            compression,
            fillValue: -1,
          });
          const store = memoryStore().open("memory://s");
          const written = valuesOf("int32", 48, (index) =>
            isStored[Math.floor(index / 4)] === true ? index : -1,
          );
          await writeArray(store, array, written);
          expect(await readAll(store, array.path)).toEqual(Array.from(written as Int32Array));
        },
      ),
      { numRuns: runs(40, 10) },
    );
  });

  it("the last cells of an array of 12·4^29", async () => {
    const cells = 12 * 4 ** 29;
    const block = 4 ** 8;
    const array = arraySpec({
      dtype: "uint64",
      shape: [cells],
      blockShape: [block],
      chunkShape: [block / 4],
      fillValue: 0,
    });
    const store = memoryStore().open("memory://s");
    await zarr.begin(store, hierarchyOf(array));
    const values = BigUint64Array.from({ length: block }, (_, index) => 2n ** 64n - 1n - BigInt(index));
    await zarr.writeBlock(store, array, [cells / block - 1], values);
    const opened = await openArray(store, array.path);
    expect(opened.shape).toEqual([cells]);
    const { data } = await zarrita.get(opened, [zarrita.slice(cells - block, cells)]);
    expect(data).toEqual(values);
  });

  it("the consolidated metadata, names and attributes included", async () => {
    const array = arraySpec({
      attributes: { units: "m", valid_range: [0.5, 2 ** 60] },
      fillValue: "Infinity",
    });
    const store = memoryStore().open("memory://s");
    const hierarchy = {
      groups: [
        { path: "", attributes: { title: "été" } },
        { path: "g", attributes: { dggs: { refinement_level: 12 } } },
      ],
      arrays: [array],
    };
    await zarr.begin(store, hierarchy);
    await putAll(store, zarr.root(hierarchy));
    const consolidated = await zarrita.withConsolidatedMetadata(readable(store), { format: "v3" });
    expect(consolidated.contents()).toEqual([
      { path: "/", kind: "group" },
      { path: "/g", kind: "group" },
      { path: "/g/a", kind: "array" },
    ]);
    const root = await zarrita.open.v3(consolidated, { kind: "group" });
    expect(root.attrs).toEqual({ title: "été" });
    const opened = await zarrita.open.v3(root.resolve("g/a"), { kind: "array" });
    expect(opened.attrs).toEqual(array.attributes);
    expect(opened.dimensionNames).toEqual(["d0"]);
    expect(opened.fillValue).toBe(Infinity);
  });
});

async function writeArray(store: ObjectStore, array: ArraySpec, values: TypedArray): Promise<void> {
  const hierarchy = hierarchyOf(array);
  await zarr.begin(store, hierarchy);
  const blocks = positions(array.shape.map((extent, axis) => extent / array.blockShape[axis]!));
  for (const block of blocks) {
    const order = blockOrder(array, block);
    const inBlock = values.slice(0, order.length);
    order.forEach((from, to) => (inBlock[to] = values[from] as never));
    await zarr.writeBlock(store, array, block, inBlock);
  }
  await putAll(store, zarr.root(hierarchy));
}
