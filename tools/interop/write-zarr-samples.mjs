// Writes sample stores with the built @zagg/zarr; check_zarr.py opens them. Usage: write-zarr-samples.mjs FOLDER
import { join } from "node:path";
import { dtypes, isFloat, allocate } from "@zagg/core";
import { zarr } from "@zagg/zarr";
import { fileStore } from "@zagg/zarr/fs";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: write-zarr-samples.mjs FOLDER");

/** Value number i of an array; check_zarr.py has the same formula. */
function sample(dtype, i) {
  if (dtype === "uint64") return 2n ** 64n - 2n - BigInt(i);
  if (dtype === "int64") return -(2n ** 63n) + BigInt(i);
  if (dtype === "bool") return i % 2;
  if (isFloat(dtype)) return i % 7 === 3 ? NaN : i * 0.1 - 50;
  return i + 1;
}

const fillOf = (dtype) =>
  isFloat(dtype) ? NaN : dtype === "uint64" ? 2n ** 64n - 1n : dtype === "bool" ? 1 : 0;

const lines = dtypes.flatMap((dtype) =>
  [true, false].flatMap((sharded) =>
    ["zstd", "none"].map((compression) => ({
      path: `lines/${dtype}_${sharded ? "sharded" : "plain"}_${compression}`,
      dtype,
      shape: [64],
      blockShape: [16],
      chunkShape: [4],
      sharded,
      compression,
      dimensions: ["cells"],
      fillValue: fillOf(dtype),
      attributes: { units: "m", note: "étude", nested: { range: [0, 1.5] } },
    })),
  ),
);
const tiles = [true, false].map((sharded) => ({
  ...lines[0],
  path: `tiles/${sharded ? "sharded" : "plain"}`,
  dtype: "float32",
  shape: [16, 24],
  blockShape: [8, 12],
  chunkShape: [4, 6],
  sharded,
  dimensions: ["y", "x"],
  fillValue: NaN,
}));
const spheres = [19, 29].map((order) => ({
  ...lines[0],
  path: `order${order}/cell_ids`,
  dtype: "uint64",
  shape: [12 * 4 ** order],
  blockShape: [4 ** 10],
  chunkShape: [4 ** 8],
  sharded: true,
  compression: "zstd",
  fillValue: 0,
}));
const fills = [
  ["nan", "float32", NaN],
  ["inf", "float32", Infinity],
  ["minus_inf", "float64", -Infinity],
  ["tenth", "float32", 0.1],
  ["minus_zero", "float64", -0],
  ["int64_min", "int64", -(2n ** 63n)],
  ["uint64_max", "uint64", 2n ** 64n - 1n],
].map(([name, dtype, fillValue]) => ({ ...lines[0], path: `fills/${name}`, dtype, fillValue }));
const scalar = {
  ...lines[0],
  path: "crs",
  dtype: "int32",
  shape: [],
  blockShape: [],
  chunkShape: [],
  sharded: false,
  dimensions: [],
  fillValue: 0,
};

const arrays = [...lines, ...tiles, ...spheres, ...fills, scalar];
const groups = ["lines", "tiles", "order19", "order29", "fills"].map((path) => ({
  path,
  attributes: { path },
}));
const hierarchy = { groups: [{ path: "", attributes: { title: "samples" } }, ...groups], arrays };

const work = await fileStore.begin(join(folder, "samples.zarr"), "samples");
await zarr.begin(work.store, hierarchy);
for (const array of lines) {
  const full = allocate(array.dtype, 16);
  for (let i = 0; i < 16; i++) full[i] = sample(array.dtype, i);
  await zarr.writeBlock(work.store, array, [1], full);
  const sparse = allocate(array.dtype, 16).fill(
    array.dtype.endsWith("64") && !isFloat(array.dtype) ? BigInt(array.fillValue) : array.fillValue,
  );
  for (let i = 8; i < 12; i++) sparse[i] = sample(array.dtype, i);
  await zarr.writeBlock(work.store, array, [2], sparse);
}
for (const array of tiles) {
  // Block (1, 0), chunk-major: the value is the cell's row-major index in the array.
  const values = [];
  for (const chunk of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]) {
    for (let y = 0; y < 4; y++)
      for (let x = 0; x < 6; x++) values.push((8 + chunk[0] * 4 + y) * 24 + chunk[1] * 6 + x);
  }
  await zarr.writeBlock(work.store, array, [1, 0], Float32Array.from(values));
}
for (const array of spheres) {
  const last = array.shape[0] / array.blockShape[0] - 1;
  const values = new BigUint64Array(array.blockShape[0]);
  for (let i = 0; i < values.length; i++) values[i] = 2n ** 63n + BigInt(i);
  await zarr.writeBlock(work.store, array, [last], values);
}
await zarr.writeBlock(work.store, scalar, [], Int32Array.of(4326));
await zarr.finish(work.store, hierarchy);
await work.commit();
console.log(`wrote ${arrays.length} arrays to ${join(folder, "samples.zarr")}`);
