/** Payloads of variable length: written, read back, and as zarr-python writes them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allocate, type ArraySpec, type DType, type ObjectStore, type RaggedBlock } from "@zagg/core";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { fileStore } from "../src/fs.js";
import { encodeShard, memoryStore, declaredElements, openRagged, readHierarchy, zarr } from "../src/index.js";
import { arraySpec, hierarchyOf } from "./sample-arrays.js";
import { keysOf, putAll } from "./stored-keys.js";

const reference = join(import.meta.dirname, "fixtures", "ragged");
const line = arraySpec({
  path: "line",
  shape: [16],
  blockShape: [8],
  chunkShape: [4],
  compression: "zstd",
  dimensions: ["d0"],
  ragged: { innerShape: [2] },
});

let store: ObjectStore;
beforeEach(() => {
  store = memoryStore().open("memory://ragged");
});

/** Payloads of so many elements per cell, with numbers that tell where they stand. */
function blockOf(counts: readonly number[], numbersEach: number, dtype: DType): RaggedBlock {
  const offsets = new Int32Array(counts.length + 1);
  for (const [cell, count] of counts.entries()) offsets[cell + 1] = offsets[cell]! + count;
  const values = allocate(dtype, offsets.at(-1)! * numbersEach);
  const isWide = values instanceof BigInt64Array || values instanceof BigUint64Array;
  for (let i = 0; i < values.length; i++)
    values[i] = isWide ? BigInt(i % 100) : dtype === "bool" ? i % 2 : i % 100;
  return { offsets, values };
}

/** What zarr-python was given: `make_ragged.py`. */
function referenceBlock(counts: readonly number[], firstCell: number): RaggedBlock {
  const { offsets } = blockOf(counts, 2, "float32");
  const values = counts.flatMap((count, i) =>
    Array.from({ length: count }, (_, k) => [firstCell + i + k / 4, k + 1]).flat(),
  );
  return { offsets, values: Float32Array.from(values) };
}

interface Described {
  readonly attributes: { readonly ragged: unknown };
}

describe("a ragged array", () => {
  it("is written byte for byte as zarr-python writes it", async () => {
    const block = referenceBlock([0, 1, 2, 0, 0, 0, 0, 0], 0);
    expect(await encodeShard(line, block)).toEqual(new Uint8Array(readFileSync(join(reference, "line/c/0"))));
    await zarr.begin(store, hierarchyOf(line));
    const own = JSON.parse(new TextDecoder().decode(await store.get("line/zarr.json"))) as Described;
    const theirs = JSON.parse(readFileSync(join(reference, "line/zarr.json"), "utf8")) as Described;
    expect({ ...own, attributes: {} }).toEqual({ ...theirs, attributes: {} });
    // The reference is of the version before, which had an object there.
    expect(JSON.parse(own.attributes.ragged as string)).toEqual({
      ...(theirs.attributes.ragged as object),
      spec: "zagg-ragged/2",
    });
  });

  it("declares its elements as text, or in the version before as an object", () => {
    const elements = { dtype: "float32", inner_shape: [2], order: "C", endian: "little" };
    const told = { dtype: "float32", innerShape: [2] };
    const older = { spec: "zagg-ragged/1", ...elements };
    const newer = { spec: "zagg-ragged/2", ...elements };
    expect(declaredElements({ ragged: JSON.stringify(newer) })).toEqual(told);
    expect(declaredElements({ ragged: older })).toEqual(told);
    for (const ragged of [
      newer,
      JSON.stringify(older),
      JSON.stringify({ ...newer, spec: "zagg-ragged/3" }),
      JSON.stringify({ ...newer, endian: "big" }),
      JSON.stringify({ ...newer, dtype: "float16" }),
      JSON.stringify({ ...newer, inner_shape: [1.5] }),
      "ragged",
      null,
    ])
      expect(declaredElements({ ragged })).toBeUndefined();
    expect(declaredElements({})).toBeUndefined();
  });

  it("is read as zarr-python wrote it, with what is not stored empty", async () => {
    const array = await openRagged(fileStore.open(reference), "line");
    expect(array).toMatchObject({ dtype: "float32", innerShape: [2], shape: [16], chunkShape: [4] });
    expect(await array.readChunk([0])).toEqual(referenceBlock([0, 1, 2, 0], 0));
    for (const chunk of [1, 2, 3])
      expect(await array.readChunk([chunk])).toEqual(blockOf([0, 0, 0, 0], 2, "float32"));
  });

  it("of another writer is read when its elements are told, and refused when not", async () => {
    const other = fileStore.open(reference);
    await expect(openRagged(other, "tiles")).rejects.toMatchObject({ code: "ARRAY_UNSUPPORTED" });
    const array = await openRagged(other, "tiles", { dtype: "float32", innerShape: [2] });
    const cells = [8, 9, 12, 13];
    const { offsets, values } = await array.readChunk([1, 0]);
    expect([...offsets]).toEqual(
      [0, 1, 4, 8, 9].map((_, i) => cells.slice(0, i).reduce((sum, c) => sum + ((c * 7) % 5), 0)),
    );
    expect([...values]).toEqual(
      cells.flatMap((c) => Array.from({ length: (c * 7) % 5 }, (_, k) => [c + k / 4, k + 1]).flat()),
    );
  });

  /** The array `line`, its metadata changed and its one object put elsewhere. */
  async function elsewhere(change: object, key: string, array: ArraySpec = line) {
    await zarr.begin(store, hierarchyOf(array));
    await zarr.writeBlock(store, array, [0], referenceBlock([0, 1, 2, 0, 0, 0, 0, 0], 0));
    const metadata = JSON.parse(new TextDecoder().decode(await store.get("line/zarr.json"))) as object;
    await store.put("line/zarr.json", new TextEncoder().encode(JSON.stringify({ ...metadata, ...change })));
    const bytes = (await store.get("line/c/0")) as Uint8Array;
    await store.delete("line/c/0");
    await store.put(`line/${key}`, bytes);
    return openRagged(store, "line");
  }

  it.each([
    [{ name: "default", configuration: { separator: "." } }, "c.0"],
    [{ name: "default" }, "c/0"],
    [{ name: "v2", configuration: { separator: "/" } }, "0"],
    [{ name: "v2" }, "0"],
  ])("is found where the key encoding %j puts it", async (chunk_key_encoding, key) => {
    const array = await elsewhere({ chunk_key_encoding }, key);
    expect(await array.readChunk([0])).toEqual(referenceBlock([0, 1, 2, 0], 0));
  });

  it.each([
    ["keys of an unknown encoding", { chunk_key_encoding: { name: "hashed" } }],
    ["cells that are not empty where they are not stored", { fill_value: "YWJjZGVmZ2g=" }],
    [
      "an index without a checksum",
      {
        codecs: [
          {
            name: "sharding_indexed",
            configuration: { chunk_shape: [4], codecs: ["vlen-bytes"], index_codecs: [{ name: "bytes" }] },
          },
        ],
      },
    ],
  ])("is refused with %s, rather than read as empty", async (_what, change) => {
    await expect(elsewhere(change, "c/0")).rejects.toMatchObject({ code: "ARRAY_UNSUPPORTED" });
  });

  const shapes: readonly (Partial<ArraySpec> & { readonly block: readonly number[] })[] = [
    { shape: [16], blockShape: [8], chunkShape: [4], block: [1], sharded: true },
    { shape: [16], blockShape: [8], chunkShape: [4], block: [1], sharded: false },
    { shape: [4, 8], blockShape: [2, 4], chunkShape: [1, 2], block: [1, 1], sharded: true },
  ];
  it("gives back what was written, for every dtype, element shape and layout", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...shapes),
        fc.constantFrom<DType>("bool", "int8", "uint16", "int32", "int64", "uint64", "float32", "float64"),
        fc.constantFrom([], [2], [3, 2]),
        fc.constantFrom("none" as const, "zstd" as const),
        fc.array(fc.nat({ max: 9 }), { minLength: 8, maxLength: 8 }),
        async ({ block, ...shape }, dtype, innerShape, compression, counts) => {
          const array = arraySpec({ ...shape, dtype, compression, ragged: { innerShape }, fillValue: 0 });
          const numbersEach = innerShape.reduce((product, extent) => product * extent, 1);
          const written = blockOf(counts, numbersEach, dtype);
          const own = memoryStore().open("memory://property");
          await zarr.begin(own, hierarchyOf(array));
          await zarr.writeBlock(own, array, block, written);
          const read = await openRagged(own, array.path);
          const found = await Promise.all(chunksOf(array, block).map((index) => read.readChunk(index)));
          expect(found.flatMap(({ values }) => [...values])).toEqual([...written.values]);
          expect(
            found.flatMap(({ offsets }) => [...offsets.subarray(1)].map((end, i) => end - offsets[i]!)),
          ).toEqual(counts);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("stores nothing of a block without payloads, and removes what stood there", async () => {
    await zarr.writeBlock(store, line, [0], referenceBlock([0, 1, 0, 0, 0, 0, 0, 0], 0));
    expect(await keysOf(store)).toEqual(["line/c/0"]);
    expect(await zarr.writeBlock(store, line, [0], referenceBlock([0, 0, 0, 0, 0, 0, 0, 0], 0))).toBe(0);
    expect(await keysOf(store)).toEqual([]);
  });

  it("refuses a block that does not fit", async () => {
    const good = referenceBlock([0, 1, 2, 0, 0, 0, 0, 0], 0);
    const write = (block: unknown) => zarr.writeBlock(store, line, [0], block as RaggedBlock);
    await expect(write(new Float32Array(8))).rejects.toThrow(TypeError);
    await expect(write({ ...good, values: new Float64Array(6) })).rejects.toThrow(TypeError);
    await expect(write({ ...good, values: new Float32Array(5) })).rejects.toThrow(RangeError);
    await expect(write({ ...good, offsets: good.offsets.subarray(1) })).rejects.toThrow(RangeError);
    await expect(write({ ...good, offsets: Int32Array.of(0, 2, 1, 3, 3, 3, 3, 3, 3) })).rejects.toThrow(
      RangeError,
    );
    expect(await keysOf(store)).toEqual([]);
  });

  it("is refused with elements of no extent", async () => {
    const array = { ...line, ragged: { innerShape: [0] } };
    await expect(zarr.begin(store, hierarchyOf(array))).rejects.toMatchObject({ code: "HIERARCHY_INVALID" });
  });

  it("is described by its data type, codecs and attribute", async () => {
    await zarr.begin(store, hierarchyOf(line));
    await putAll(store, zarr.root(hierarchyOf(line)));
    const { arrays } = await readHierarchy(store);
    expect(arrays).toMatchObject([
      {
        dtype: "variable_length_bytes",
        codecs: ["vlen-bytes", "zstd"],
        attributes: { ragged: expect.any(String) },
      },
    ]);
  });
});

describe("a damaged ragged array", () => {
  const plain = { ...line, sharded: false, compression: "none" } as const satisfies ArraySpec;
  const chunk = "line/c/0";
  async function damaged(array: ArraySpec, change: (bytes: Uint8Array) => Uint8Array) {
    await zarr.begin(store, hierarchyOf(array));
    await zarr.writeBlock(store, array, [0], referenceBlock([0, 1, 2, 0, 0, 0, 0, 0], 0));
    await store.put(chunk, change((await store.get(chunk)) as Uint8Array));
    return (await openRagged(store, "line")).readChunk([0]);
  }

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ["cut in its last payload", (bytes) => bytes.subarray(0, -5)],
    ["cut before a length", (bytes) => bytes.subarray(0, 5)],
    ["empty", () => new Uint8Array(0)],
    ["of another number of payloads", (bytes) => bytes.with(0, 5)],
    ["with a length beyond its end", (bytes) => bytes.with(11, 0x7f)],
    ["with bytes after its last payload", (bytes) => Uint8Array.of(...bytes, 0)],
    ["with a payload of half an element", (bytes) => bytes.with(8, 4)],
  ])("is refused when its chunk is %s", async (_, change) => {
    await expect(damaged(plain, change)).rejects.toMatchObject({ code: "CHUNK_CORRUPT" });
  });

  it("is refused when its chunk is no whole frame", async () => {
    const compressed = { ...plain, compression: "zstd" } as const;
    await expect(damaged(compressed, (bytes) => bytes.subarray(0, 12))).rejects.toMatchObject({
      code: "CHUNK_CORRUPT",
    });
  });

  it("is refused when its shard's index does not hold", async () => {
    await expect(damaged(line, (bytes) => bytes.subarray(0, -1))).rejects.toMatchObject({
      code: "SHARD_CORRUPT",
    });
  });

  it("is refused when it is not there, is no array of bytes, or its metadata is no JSON", async () => {
    await expect(openRagged(store, "line")).rejects.toMatchObject({ code: "ARRAY_MISSING" });
    await zarr.begin(store, hierarchyOf(arraySpec({ path: "line" })));
    await expect(openRagged(store, "line")).rejects.toMatchObject({ code: "ARRAY_UNSUPPORTED" });
    await store.put("line/zarr.json", new TextEncoder().encode("{"));
    await expect(openRagged(store, "line")).rejects.toMatchObject({ code: "METADATA_CORRUPT" });
  });

  it("has no chunk beyond its shape", async () => {
    await zarr.begin(store, hierarchyOf(line));
    const array = await openRagged(store, "line");
    for (const index of [[4], [-1], [0.5], [], [0, 0]])
      await expect(array.readChunk(index)).rejects.toThrow(RangeError);
  });
});

/** Numbers of the chunks of a block, row-major. */
function chunksOf({ blockShape, chunkShape }: ArraySpec, block: readonly number[]): readonly number[][] {
  return blockShape.reduce<number[][]>(
    (indexes, extent, axis) => {
      const count = extent / chunkShape[axis]!;
      return indexes.flatMap((index) =>
        Array.from({ length: count }, (_, i) => [...index, block[axis]! * count + i]),
      );
    },
    [[]],
  );
}
