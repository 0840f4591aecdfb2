import type { ObjectStore } from "@zagg/core";
import { beforeEach, describe, expect, it } from "vitest";
import { memoryStore, readHierarchy, zarr } from "../src/index.js";
import { arraySpec, hierarchyOf } from "./sample-arrays.js";
import { putAll } from "./stored-keys.js";

let store: ObjectStore;
beforeEach(() => {
  store = memoryStore().open("memory://s");
});
const put = (key: string, text: string) => store.put(key, new TextEncoder().encode(text));

describe("readHierarchy", () => {
  const count = arraySpec({
    path: "12/count",
    dtype: "uint64",
    fillValue: "18446744073709551615",
    compression: "zstd",
  });
  const mean = arraySpec({ path: "12/mean", sharded: false, attributes: { units: "m" } });
  const hierarchy = hierarchyOf(count, mean);

  it("gives back what was written", async () => {
    await zarr.begin(store, hierarchy);
    const countBytes = await zarr.writeBlock(store, count, [1], new BigUint64Array(16));
    const meanBytes = await zarr.writeBlock(store, mean, [1], new Float32Array(16));
    await putAll(store, zarr.root(hierarchy));
    const found = await readHierarchy(store);
    expect(found.consolidated).toBe(true);
    expect(found.groups).toEqual([
      { path: "", attributes: {} },
      { path: "12", attributes: {} },
    ]);
    const common = { shape: [64], chunkShape: [4], dimensions: ["d0"] };
    expect(found.arrays).toEqual([
      {
        ...common,
        path: "12/count",
        dtype: "uint64",
        storedShape: [16],
        codecs: ["bytes", "zstd"],
        fillValue: 2n ** 64n - 1n,
        attributes: {},
        objects: 1,
        bytes: countBytes,
      },
      {
        ...common,
        path: "12/mean",
        dtype: "float32",
        storedShape: [4],
        codecs: ["bytes"],
        fillValue: "NaN",
        attributes: { units: "m" },
        objects: 4,
        bytes: meanBytes,
      },
    ]);
    expect(found.objects).toBe(5 + 4);
    expect(found.bytes).toBeGreaterThan(countBytes + meanBytes);
  });

  it("asks for sizes, and reads no object but the metadata", async () => {
    await zarr.begin(store, hierarchy);
    await zarr.writeBlock(store, mean, [1], new Float32Array(16));
    await putAll(store, zarr.root(hierarchy));
    const read: string[] = [];
    const watched: ObjectStore = { ...store, get: async (key) => (read.push(key), store.get(key)) };
    expect(await readHierarchy(watched)).toEqual(await readHierarchy(store));
    expect(read).toEqual(["zarr.json"]);
  });

  it("gives the same without consolidated metadata, in order of path", async () => {
    await zarr.begin(store, hierarchy);
    await put("zarr.json", '{"zarr_format": 3, "node_type": "group", "attributes": {}}');
    const found = await readHierarchy(store);
    expect(found.consolidated).toBe(false);
    expect(found.arrays.map(({ path }) => path)).toEqual(["12/count", "12/mean"]);
  });

  it("describes an array at the root, and types and grids that zagg does not write", async () => {
    await put(
      "zarr.json",
      JSON.stringify({
        zarr_format: 3,
        node_type: "array",
        shape: [2],
        data_type: { name: "numpy.datetime64", configuration: {} },
        chunk_grid: { name: "rectangular" },
        codecs: ["vlen-utf8"],
      }),
    );
    await put("c/0", "xyz");
    expect((await readHierarchy(store)).arrays).toEqual([
      {
        path: "",
        dtype: "numpy.datetime64",
        shape: [2],
        storedShape: null,
        chunkShape: null,
        codecs: ["vlen-utf8"],
        dimensions: null,
        fillValue: null,
        attributes: {},
        objects: 1,
        bytes: 3,
      },
    ]);
  });

  it("says that a store without a root is not Zarr", async () => {
    await zarr.begin(store, hierarchy);
    await expect(readHierarchy(store)).rejects.toMatchObject({ code: "STORE_NOT_ZARR" });
  });

  it.each(["{", "[]", "null", '{"zarr_format": 2}', '{"zarr_format": 3, "node_type": "array"}'])(
    "refuses the root %s",
    async (text) => {
      await put("zarr.json", text);
      await expect(readHierarchy(store)).rejects.toMatchObject({ code: "METADATA_CORRUPT" });
    },
  );

  it("refuses consolidated metadata whose member is not an object", async () => {
    const members = { kind: "inline", metadata: { a: 1 } };
    await put(
      "zarr.json",
      JSON.stringify({ zarr_format: 3, node_type: "group", consolidated_metadata: members }),
    );
    await expect(readHierarchy(store)).rejects.toMatchObject({ code: "METADATA_CORRUPT" });
  });
});
