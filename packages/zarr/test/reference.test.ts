/** Byte for byte against a hierarchy that zarr-python wrote: fixtures/PROVENANCE.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fillElement, isFloat, spellFillValue, type ArraySpec, type DType } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { formatJson } from "../src/metadata/exact-json.js";
import {
  arrayMetadata,
  encodeChunk,
  encodeShard,
  groupMetadata,
  memoryStore,
  parseShardIndex,
  readHierarchy,
  zarr,
} from "../src/index.js";
import { fileStore } from "../src/fs.js";
import { arraySpec } from "./sample-arrays.js";

const folder = join(import.meta.dirname, "fixtures", "reference");
const text = (path: string) => readFileSync(join(folder, path), "utf8");
const bytes = (path: string) => new Uint8Array(readFileSync(join(folder, path)));

const plain = arraySpec({
  path: "g/plain",
  shape: [16],
  sharded: false,
  dimensions: ["cells"],
  attributes: { units: "m" },
});
const line = arraySpec({
  path: "g/line",
  dtype: "uint64",
  shape: [32],
  dimensions: ["cells"],
  fillValue: "18446744073709551615",
});
const tiles = arraySpec({
  path: "g/tiles",
  dtype: "int16",
  shape: [8, 8],
  blockShape: [4, 4],
  chunkShape: [2, 2],
  compression: "zstd",
  dimensions: ["y", "x"],
  fillValue: -7,
});
const scalar = arraySpec({
  path: "g/scalar",
  dtype: "int32",
  shape: [],
  blockShape: [],
  chunkShape: [],
  sharded: false,
  fillValue: 0,
});

const fills: Readonly<Partial<Record<DType, readonly (number | bigint)[]>>> = {
  bool: [1, 0],
  int8: [-128],
  uint8: [255],
  int64: [-(2n ** 63n), 2n ** 53n + 1n],
  uint64: [2n ** 64n - 1n],
  float32: [0, -0, 0.1, 1e30, 1e-7, 1e16, Infinity, -Infinity, NaN],
  float64: [0, -0, 0.1, 1e30, 1e-7, 1e15, 1e16, 1e22, 123456789, 5e-324],
};
const filled = Object.entries(fills).flatMap(([dtype, values]) =>
  values.map((value, index): readonly [string, ArraySpec] => [
    `${dtype}_${index}`,
    arraySpec({
      dtype: dtype as DType,
      shape: [12 * 4 ** 29],
      sharded: false,
      dimensions: ["cells"],
      fillValue: spellFillValue(value),
    }),
  ]),
);

describe("metadata", () => {
  it.each([plain, line, tiles, scalar].map((array) => [array.path, array] as const))(
    "of %s is what zarr-python writes",
    (path, array) => {
      expect(formatJson(arrayMetadata(array))).toBe(text(`${path}/zarr.json`));
    },
  );

  it("of a group is what zarr-python writes", () => {
    const group = { path: "g", attributes: { title: "café", orders: [11, 13, 19] } };
    expect(formatJson(groupMetadata(group))).toBe(text("g/zarr.json"));
  });

  it.each(filled)(
    "with 12·4^29 cells and the fill value of fills/%s is what zarr-python writes",
    (name, array) => {
      expect(formatJson(arrayMetadata(array))).toBe(text(`fills/${name}/zarr.json`));
    },
  );
});

describe("stored bytes", () => {
  it("of an uncompressed chunk are those of zarr-python", async () => {
    expect(await encodeChunk(plain, Float32Array.of(1.5, -2.25, NaN, 0))).toEqual(bytes("g/plain/c/0"));
    expect(await encodeChunk(plain, Float32Array.of(-0, 3e38, NaN, NaN))).toEqual(bytes("g/plain/c/1"));
  });

  it("of a shard with an absent chunk are those of zarr-python", async () => {
    const values = new BigUint64Array(16).fill(2n ** 64n - 1n);
    values.set([0n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 2n]);
    for (let index = 0; index < 8; index++) values[8 + index] = 2n ** 63n + BigInt(index);
    expect(await encodeShard(line, values)).toEqual(bytes("g/line/c/0"));
  });

  it("of an array without dimensions are those of zarr-python", async () => {
    const store = memoryStore().open("memory://reference");
    await zarr.writeBlock(store, scalar, [], Int32Array.of(4326));
    expect(await store.get("g/scalar/c")).toEqual(bytes("g/scalar/c"));
  });

  it("of a compressed shard of zarr-python hold the chunks that its index names", async () => {
    const { default: Zstd } = await import("numcodecs/zstd");
    const codec = Zstd.fromConfig({ id: "zstd" });
    const shard = bytes("g/tiles/c/0/1");
    const { offsets, lengths } = parseShardIndex(shard, 4);
    const chunks = await Promise.all(
      Array.from(offsets, async (offset, chunk) => {
        const stored = await codec.decode(shard.slice(offset, offset + lengths[chunk]!));
        return [...new Int16Array(stored.slice().buffer)];
      }),
    );
    expect(chunks).toEqual([
      [4, 5, 12, 13],
      [6, 7, 14, 15],
      [20, 21, -7, -7],
      [22, 23, -7, -7],
    ]);
  });
});

describe("readHierarchy", () => {
  it("describes what zarr-python wrote without consolidated metadata", async () => {
    const found = await readHierarchy(fileStore.open(folder));
    expect(found.consolidated).toBe(false);
    expect(found.groups.map(({ path }) => path)).toEqual(["", "fills", "g"]);
    expect(found.groups[2]?.attributes).toEqual({ title: "café", orders: [11, 13, 19] });
    expect(found.arrays.find(({ path }) => path === "g/tiles")).toEqual({
      path: "g/tiles",
      dtype: "int16",
      shape: [8, 8],
      storedShape: [4, 4],
      chunkShape: [2, 2],
      codecs: ["bytes", "zstd"],
      dimensions: ["y", "x"],
      fillValue: -7,
      attributes: {},
      objects: 2,
      bytes: bytes("g/tiles/c/0/0").length + bytes("g/tiles/c/0/1").length,
    });
  });

  it("reads every fill value of zarr-python", async () => {
    const { arrays } = await readHierarchy(fileStore.open(folder));
    for (const [name, { dtype, fillValue }] of filled) {
      const value = fillElement(dtype, fillValue);
      const expected = isFloat(dtype)
        ? Number.isFinite(value)
          ? dtype === "float32"
            ? Math.fround(Number(value))
            : value
          : String(value)
        : dtype === "bool"
          ? value === 1
          : value;
      expect(arrays.find(({ path }) => path === `fills/${name}`)?.fillValue).toEqual(expected);
    }
  });
});
