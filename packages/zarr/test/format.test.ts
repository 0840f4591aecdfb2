import type { ArraySpec, HierarchySpec, ObjectStore } from "@zagg/core";
import { beforeEach, describe, expect, it } from "vitest";
import { memoryStore, zarr } from "../src/index.js";
import { arraySpec, hierarchyOf, valuesOf } from "./sample-arrays.js";
import { keysOf, putAll } from "./stored-keys.js";

const json = async (store: ObjectStore, key: string) =>
  JSON.parse(new TextDecoder().decode(await store.get(key))) as Record<string, unknown>;

let store: ObjectStore;
beforeEach(() => {
  store = memoryStore().open("memory://s");
});

describe("begin and root", () => {
  const hierarchy = hierarchyOf(arraySpec({ path: "g/z" }), arraySpec({ path: "g/a" }));

  it("write the root last, so that an unfinished store does not open", async () => {
    await zarr.begin(store, hierarchy);
    expect(await keysOf(store)).toEqual(["g/a/zarr.json", "g/z/zarr.json", "g/zarr.json"]);
    await putAll(store, zarr.root(hierarchy));
    expect(await keysOf(store)).toContain("zarr.json");
  });

  it("take away the root of an earlier, finished run", async () => {
    await zarr.begin(store, hierarchy);
    await putAll(store, zarr.root(hierarchy));
    await zarr.begin(store, hierarchy);
    expect(await store.get("zarr.json")).toBeUndefined();
  });

  it("write the same bytes when repeated", async () => {
    const snapshot = async () =>
      Object.fromEntries(
        await Promise.all((await keysOf(store)).map(async (key) => [key, await store.get(key)])),
      );
    await zarr.begin(store, hierarchy);
    await putAll(store, zarr.root(hierarchy));
    const first = await snapshot();
    await zarr.begin(store, hierarchy);
    await putAll(store, zarr.root(hierarchy));
    await putAll(store, zarr.root(hierarchy));
    expect(await snapshot()).toEqual(first);
  });

  it("consolidate in listed order, groups before arrays and siblings together", async () => {
    const arrays = ["x/a", "y/a", "x/b", "top"].map((path) => arraySpec({ path }));
    await putAll(store, zarr.root(hierarchyOf(...arrays)));
    expect(Object.keys(membersOf(await json(store, "zarr.json")))).toEqual([
      "x",
      "y",
      "top",
      "x/a",
      "x/b",
      "y/a",
    ]);
  });

  it("consolidate shallow before deep, whatever is listed first", async () => {
    const groups = ["", "r", "r/s", "t"].map((path) => ({ path, attributes: {} }));
    const arrays = ["r/s/x", "t/z", "r/s/w"].map((path) => arraySpec({ path }));
    await putAll(store, zarr.root({ groups, arrays }));
    expect(Object.keys(membersOf(await json(store, "zarr.json")))).toEqual([
      "r",
      "t",
      "r/s",
      "t/z",
      "r/s/x",
      "r/s/w",
    ]);
  });

  it("consolidate in the root alone, with the documents that stand in the members", async () => {
    await zarr.begin(store, hierarchy);
    await putAll(store, zarr.root(hierarchy));
    expect(await json(store, "g/zarr.json")).toEqual({ attributes: {}, zarr_format: 3, node_type: "group" });
    const root = await json(store, "zarr.json");
    expect(membersOf(root)["g/a"]).toEqual(await json(store, "g/a/zarr.json"));
    expect(root["consolidated_metadata"]).toMatchObject({ kind: "inline", must_understand: false });
  });

  it("make a root without attributes when none is listed", async () => {
    await putAll(store, zarr.root({ groups: [], arrays: [] }));
    expect((await json(store, "zarr.json"))["attributes"]).toEqual({});
  });
});

describe("a hierarchy that cannot be stored", () => {
  const refused: readonly (readonly [string, HierarchySpec])[] = [
    [
      "two arrays of one path",
      { groups: [{ path: "g", attributes: {} }], arrays: [arraySpec(), arraySpec()] },
    ],
    ["an array whose group is not listed", { groups: [], arrays: [arraySpec()] }],
    ["an array at the root", { groups: [], arrays: [arraySpec({ path: "" })] }],
    ["a reserved name", hierarchyOf(arraySpec({ path: "__a" }))],
    ["an empty name", { groups: [{ path: "g/", attributes: {} }], arrays: [] }],
    ["a name of dots", hierarchyOf(arraySpec({ path: ".." }))],
    ["an attribute that is NaN", hierarchyOf(arraySpec({ attributes: { nested: [{ deep: NaN }] } }))],
    [
      "a group attribute that is infinite",
      { groups: [{ path: "g", attributes: { a: Infinity } }], arrays: [] },
    ],
    ["ranks that differ", hierarchyOf(arraySpec({ chunkShape: [4, 4] }))],
    ["a missing dimension name", hierarchyOf(arraySpec({ dimensions: [] }))],
    ["a negative extent", hierarchyOf(arraySpec({ shape: [-1] }))],
    ["a fractional extent", hierarchyOf(arraySpec({ shape: [1.5] }))],
    ["an empty chunk", hierarchyOf(arraySpec({ chunkShape: [0] }))],
    ["chunks that do not tile the block", hierarchyOf(arraySpec({ chunkShape: [5] }))],
    [
      "a chunk that is too large to compress",
      hierarchyOf(arraySpec({ compression: "zstd", blockShape: [2 ** 28], chunkShape: [2 ** 28] })),
    ],
    ["a fill value that the dtype cannot hold", hierarchyOf(arraySpec({ dtype: "uint8", fillValue: -1 }))],
  ];

  it.each(refused)("is refused before anything is written: %s", async (_name, hierarchy) => {
    await store.put("zarr.json", new Uint8Array(1));
    await expect(zarr.begin(store, hierarchy)).rejects.toMatchObject({ code: "HIERARCHY_INVALID" });
    expect(() => zarr.root(hierarchy)).toThrow(expect.objectContaining({ code: "HIERARCHY_INVALID" }));
    expect(await keysOf(store)).toEqual(["zarr.json"]);
    expect(await store.get("zarr.json")).toHaveLength(1);
  });

  it("is refused with the path of the member", async () => {
    await expect(
      zarr.begin(store, hierarchyOf(arraySpec({ path: "g/bad", shape: [-1] }))),
    ).rejects.toMatchObject({
      path: "g/bad",
    });
  });
});

describe("writeBlock", () => {
  const sharded = arraySpec();
  const plain = arraySpec({ sharded: false });
  const values = valuesOf("float32", 16, (index) => (index < 8 ? NaN : index));

  it("stores one object per block when sharded, and returns its bytes", async () => {
    const bytes = await zarr.writeBlock(store, sharded, [3], values);
    expect(await keysOf(store)).toEqual(["g/a/c/3"]);
    expect(await store.get("g/a/c/3")).toHaveLength(bytes);
    expect(bytes).toBe(2 * 4 * 4 + 4 * 16 + 4);
  });

  it("stores one object per chunk otherwise, but for chunks of nothing but fill", async () => {
    expect(await zarr.writeBlock(store, plain, [3], values)).toBe(2 * 4 * 4);
    expect(await keysOf(store)).toEqual(["g/a/c/14", "g/a/c/15"]);
  });

  it("numbers the chunks of a block in two dimensions", async () => {
    const shape = { shape: [8, 12], blockShape: [4, 6], chunkShape: [2, 3] };
    await zarr.writeBlock(store, arraySpec({ ...shape, sharded: false }), [1, 1], new Float32Array(24));
    expect(await keysOf(store)).toEqual(["g/a/c/2/2", "g/a/c/2/3", "g/a/c/3/2", "g/a/c/3/3"]);
  });

  it.each([
    ["sharded", sharded],
    ["an object per chunk", plain],
  ])(
    "stores nothing for a block of nothing but fill, and removes what an earlier run left there: %s",
    async (_name, array: ArraySpec) => {
      await zarr.writeBlock(store, array, [0], new Float32Array(16));
      expect(await zarr.writeBlock(store, array, [0], new Float32Array(16).fill(NaN))).toBe(0);
      expect(await keysOf(store)).toEqual([]);
    },
  );

  it("writes the same bytes when repeated, compressed as well", async () => {
    const array = arraySpec({ compression: "zstd" });
    const noise = valuesOf("float32", 16, (index) => Math.sin(index * 1e6));
    await zarr.writeBlock(store, array, [0], noise);
    const first = await store.get("g/a/c/0");
    await zarr.writeBlock(store, array, [0], noise);
    expect(await store.get("g/a/c/0")).toEqual(first);
  });

  it("gives every compressed chunk its content size, which numcodecs needs to read it", async () => {
    await zarr.writeBlock(store, arraySpec({ sharded: false, compression: "zstd" }), [3], values);
    const frame = (await store.get("g/a/c/14")) ?? new Uint8Array();
    expect([...frame.subarray(0, 4)]).toEqual([0x28, 0xb5, 0x2f, 0xfd]);
    const singleSegment = 0x20;
    const checksum = 0x04;
    expect((frame[4] ?? 0) & (singleSegment | checksum)).toBe(singleSegment);
    expect(frame[5]).toBe(4 * 4);
  });

  it("leaves the values as they were", async () => {
    const before = values.slice();
    await zarr.writeBlock(store, sharded, [0], values);
    expect(values).toEqual(before);
  });

  it.each([[[4]], [[-1]], [[0.5]], [[0, 0]], [[]]])(
    "refuses the block %j of an array of four",
    async (block) => {
      await expect(zarr.writeBlock(store, sharded, block, values)).rejects.toThrow(RangeError);
    },
  );

  it("refuses chunk numbers that a double cannot tell apart", async () => {
    const array = arraySpec({ shape: [2 ** 60], sharded: false });
    const block = 2 ** 53 - 1;
    await expect(zarr.writeBlock(store, array, [block], new Float32Array(16))).rejects.toThrow(RangeError);
    expect(await keysOf(store)).toEqual([]);
  });

  it("takes values in shared memory", async () => {
    for (const compression of ["none", "zstd"] as const) {
      for (const isSharded of [true, false]) {
        const array = arraySpec({ compression, sharded: isSharded });
        const shared = new Float32Array(new SharedArrayBuffer(64)).fill(1.5);
        expect(await zarr.writeBlock(store, array, [0], shared)).toBe(
          await zarr.writeBlock(store, array, [1], new Float32Array(16).fill(1.5)),
        );
      }
    }
  });

  it("takes a last block that reaches beyond the array", async () => {
    expect(await zarr.writeBlock(store, arraySpec({ shape: [17] }), [1], values)).toBeGreaterThan(0);
  });

  it("refuses too few values, and values of another type", async () => {
    for (const array of [sharded, plain]) {
      await expect(zarr.writeBlock(store, array, [0], values.subarray(1))).rejects.toThrow(RangeError);
      await expect(zarr.writeBlock(store, array, [0], new Float64Array(16))).rejects.toThrow(TypeError);
    }
    expect(await keysOf(store)).toEqual([]);
  });

  it("waits for every write of a block before it reports that one failed", async () => {
    const written: string[] = [];
    const failing: ObjectStore = {
      ...store,
      async put(key) {
        if (key === "g/a/c/0") throw new Error("no");
        await new Promise((resolve) => setTimeout(resolve, 20));
        written.push(key);
      },
    };
    await expect(zarr.writeBlock(failing, plain, [0], new Float32Array(16))).rejects.toThrow("no");
    expect(written.sort()).toEqual(["g/a/c/1", "g/a/c/2", "g/a/c/3"]);
  });
});

describe("recognizes", () => {
  const put = (key: string, text: string) => store.put(key, new TextEncoder().encode(text));

  it("knows a store that it wrote", async () => {
    await putAll(store, zarr.root(hierarchyOf()));
    expect(await zarr.recognizes(store)).toBe(true);
  });

  it.each([".zgroup", ".zarray"])("knows a Zarr 2 store by its %s", async (key) => {
    await put(key, "{}");
    expect(await zarr.recognizes(store)).toBe(true);
  });

  it.each(["[]", "null", "{", '{"name": "x"}'])(
    "does not take a zarr.json that holds %s for Zarr",
    async (text) => {
      await put("zarr.json", text);
      expect(await zarr.recognizes(store)).toBe(false);
    },
  );

  it("does not know an empty store, or one of other files", async () => {
    expect(await zarr.recognizes(store)).toBe(false);
    await put("thesis.txt", "…");
    expect(await zarr.recognizes(store)).toBe(false);
  });
});

function membersOf(document: Record<string, unknown>): Record<string, unknown> {
  return (document["consolidated_metadata"] as { metadata: Record<string, unknown> }).metadata;
}
