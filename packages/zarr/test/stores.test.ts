/** The laws of the store contract, for every store that is shipped here. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreFactory } from "@zagg/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileStore } from "../src/fs.js";
import { memoryStore } from "../src/index.js";
import { bytesOf, keysOf, root, textOf } from "./stored-keys.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "zagg-stores-"));
});
afterAll(() => rm(folder, { recursive: true }));

let counter = 0;
const kinds: readonly (readonly [string, () => { factory: StoreFactory; uri: string }])[] = [
  ["memory", () => ({ factory: memoryStore(), uri: "memory://out" })],
  ["file, by path", () => ({ factory: fileStore, uri: join(folder, `out-${counter++}`) })],
  ["file, by URI", () => ({ factory: fileStore, uri: `file://${folder}/out%20${counter++}` })],
  [
    "file, below folders that are not there",
    () => ({ factory: fileStore, uri: join(folder, `${counter++}/a/b`) }),
  ],
];

describe.each(kinds)("a store in %s", (_name, create) => {
  it("gives back what was put, whole, and the last of what was put twice", async () => {
    const { factory, uri } = create();
    const store = factory.open(uri);
    await store.put("g/a/c/0", bytesOf("first"));
    await store.put("g/a/c/0", bytesOf("2nd"));
    expect(await textOf(store, "g/a/c/0")).toBe("2nd");
    expect(await textOf(factory.open(`${uri}/`), "g/a/c/0")).toBe("2nd");
  });

  it("holds an object of no bytes, which is not the same as none", async () => {
    const { factory, uri } = create();
    const store = factory.open(uri);
    await store.put("empty", new Uint8Array());
    expect(await store.get("empty")).toHaveLength(0);
    expect(await store.get("none")).toBeUndefined();
  });

  it("has nothing at a prefix of a key, nor below one", async () => {
    const { factory, uri } = create();
    const store = factory.open(uri);
    await store.put("a/b", bytesOf("x"));
    expect(await store.get("a")).toBeUndefined();
    expect(await store.get("a/b/c")).toBeUndefined();
    await store.delete("a");
    await store.delete("a/b/c");
    expect(await textOf(store, "a/b")).toBe("x");
  });

  it("deletes, and does not mind when there is nothing", async () => {
    const { factory, uri } = create();
    const store = factory.open(uri);
    await store.delete("none/at/all");
    await store.put("a", bytesOf("x"));
    await store.delete("a");
    expect(await store.get("a")).toBeUndefined();
    expect(await keysOf(store)).toEqual([]);
  });

  it("lists keys by prefix, which may end within a name", async () => {
    const { factory, uri } = create();
    const store = factory.open(uri);
    expect(await keysOf(store)).toEqual([]);
    for (const key of ["zarr.json", "a/b", "a/bc/d", "ab", ".hidden"]) await store.put(key, bytesOf(key));
    expect(await keysOf(store)).toEqual([".hidden", "a/b", "a/bc/d", "ab", "zarr.json"]);
    expect(await keysOf(store, "a")).toEqual(["a/b", "a/bc/d", "ab"]);
    expect(await keysOf(store, "a/")).toEqual(["a/b", "a/bc/d"]);
    expect(await keysOf(store, "a/b")).toEqual(["a/b", "a/bc/d"]);
    expect(await keysOf(store, "a/bc/")).toEqual(["a/bc/d"]);
    expect(await keysOf(store, "x/y")).toEqual([]);
  });

  it("keeps its own copy of the bytes", async () => {
    const { factory, uri } = create();
    const store = factory.open(uri);
    const bytes = bytesOf("abc");
    await store.put("k", bytes);
    bytes.fill(0);
    (await store.get("k"))?.fill(0);
    expect(await textOf(store, "k")).toBe("abc");
  });

  it("leaves one of the objects whole when many are put at one key at once", async () => {
    const { factory, uri } = create();
    const store = factory.open(uri);
    const sizes = Array.from({ length: 20 }, (_, index) => 50_000 + index);
    await Promise.all(sizes.map((size, index) => store.put("same/key", new Uint8Array(size).fill(index))));
    const found = (await store.get("same/key")) ?? new Uint8Array();
    const writer = found[0]!;
    expect(found).toEqual(new Uint8Array(sizes[writer]!).fill(writer));
    expect(await keysOf(store)).toEqual(["same/key"]);
  });

  it.each(["", "/a", "a//b", "a/", "../a", "a/../b", "./a", "a\\b", "a\u0000", "a\nb"])(
    "refuses the key %j",
    async (key) => {
      const { factory, uri } = create();
      const store = factory.open(uri);
      const refusal = { code: "STORE_KEY_INVALID" };
      await expect(store.put(key, new Uint8Array())).rejects.toMatchObject(refusal);
      await expect(store.get(key)).rejects.toMatchObject(refusal);
      await expect(store.delete(key)).rejects.toMatchObject(refusal);
    },
  );

  it.each(["/", "../", "a/../", "a//", "../a"])("refuses the prefix %j", async (prefix) => {
    const { factory, uri } = create();
    await expect(keysOf(factory.open(uri), prefix)).rejects.toMatchObject({ code: "STORE_KEY_INVALID" });
  });

  describe("in a transaction", () => {
    it("leaves the target as it was until the commit, which puts the work there whole", async () => {
      const { factory, uri } = create();
      const store = factory.open(uri);
      await store.put("old/object", bytesOf("old"));
      const work = await factory.begin(uri, "run.1");
      expect(work.resumed).toBe(false);
      await factory.open(work.workUri).put("new/object", bytesOf("new"));
      expect(await keysOf(store)).toEqual(["old/object"]);
      await work.commit(root);
      expect(await keysOf(store)).toEqual(["new/object", "root"]);
      expect(await textOf(store, "new/object")).toBe("new");
      expect(await keysOf(factory.open(work.workUri))).toEqual([]);
    });

    it("commits to a target that was not there", async () => {
      const { factory, uri } = create();
      const work = await factory.begin(uri, "1");
      await work.store.put("a", bytesOf("x"));
      expect(await keysOf(factory.open(uri))).toEqual([]);
      await work.commit(root);
      expect(await keysOf(factory.open(uri))).toEqual(["a", "root"]);
    });

    it("drops the work on abort, and the target stays", async () => {
      const { factory, uri } = create();
      await factory.open(uri).put("old", bytesOf("old"));
      const work = await factory.begin(uri, "1");
      await work.store.put("new", bytesOf("new"));
      await work.abort();
      await work.abort();
      expect(await keysOf(factory.open(uri))).toEqual(["old"]);
      expect((await factory.begin(uri, "1")).resumed).toBe(false);
    });

    it("finds the work of an interrupted transaction of the same id, and no other", async () => {
      const { factory, uri } = create();
      await (await factory.begin(uri, "run/1")).store.put("half", bytesOf("x"));
      expect((await factory.begin(uri, "run/2")).resumed).toBe(false);
      const again = await factory.begin(`${uri}/`, "run/1");
      expect(again.resumed).toBe(true);
      expect(await keysOf(again.store)).toContain("half");
    });

    it("commits again to the same end", async () => {
      const { factory, uri } = create();
      const work = await factory.begin(uri, "1");
      await work.store.put("a", bytesOf("x"));
      await work.commit(root);
      await work.commit(root);
      expect(await keysOf(factory.open(uri))).toEqual(["a", "root"]);
    });

    it("needs an id", async () => {
      const { factory, uri } = create();
      await expect(factory.begin(uri, "")).rejects.toThrow(RangeError);
    });
  });
});

describe("memoryStore", () => {
  it("shares nothing between two factories, nor between two names", async () => {
    const one = memoryStore();
    await one.open("memory://a").put("k", bytesOf("x"));
    expect(await keysOf(memoryStore().open("memory://a"))).toEqual([]);
    expect(await keysOf(one.open("memory://b"))).toEqual([]);
  });

  it.each(["memory://", "memory:///", "out.zarr"])("refuses %j, which names none", (uri) => {
    expect(() => memoryStore().open(uri)).toThrow(expect.objectContaining({ code: "STORE_URI_INVALID" }));
  });
});
