// Writes sample stores with the built @zagg/zarr; check_zarr.py opens them. Usage: write-zarr-samples.mjs FOLDER
import { join } from "node:path";
import { allocate, dtypes, isFloat, spellFillValue } from "@zagg/core";
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
  isFloat(dtype) ? "NaN" : dtype === "uint64" ? spellFillValue(2n ** 64n - 1n) : dtype === "bool" ? 1 : 0;

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
  fillValue: "NaN",
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
].map(([name, dtype, value]) => ({
  ...lines[0],
  path: `fills/${name}`,
  dtype,
  fillValue: spellFillValue(value),
}));
/** Payloads of a cell: check_zarr.py has the same formulas. */
const raggedCount = (cell) => (cell * 7) % 5;
const raggedNumber = (dtype, i) => (dtype.endsWith("64") && !isFloat(dtype) ? BigInt(i % 100) : i % 2);
const ragged = dtypes.flatMap((dtype) =>
  [true, false].map((sharded) => ({
    ...lines[0],
    path: `ragged/${dtype}_${sharded ? "sharded" : "plain"}`,
    dtype,
    shape: [8, 12],
    blockShape: [4, 6],
    chunkShape: [2, 3],
    sharded,
    compression: sharded ? "zstd" : "none",
    dimensions: ["y", "x"],
    ragged: { innerShape: dtype === "bool" ? [] : [2] },
  })),
);
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

const arrays = [...lines, ...tiles, ...spheres, ...fills, ...ragged, scalar];
const groups = ["lines", "tiles", "order19", "order29", "fills", "ragged"].map((path) => ({
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
for (const array of ragged) {
  // Block (1, 1), chunk-major; cells are numbered row-major in the array.
  const cells = [0, 1].flatMap((chunkY) =>
    [0, 1].flatMap((chunkX) =>
      [0, 1].flatMap((y) => [0, 1, 2].map((x) => (4 + 2 * chunkY + y) * 12 + 6 + 3 * chunkX + x)),
    ),
  );
  const numbersEach = array.ragged.innerShape[0] ?? 1;
  const offsets = new Int32Array(cells.length + 1);
  cells.forEach((cell, i) => (offsets[i + 1] = offsets[i] + raggedCount(cell)));
  const values = allocate(array.dtype, offsets[cells.length] * numbersEach);
  cells.forEach((cell, i) => {
    for (let k = 0; k < raggedCount(cell) * numbersEach; k++)
      values[offsets[i] * numbersEach + k] = raggedNumber(array.dtype, cell + k);
  });
  await zarr.writeBlock(work.store, array, [1, 1], { offsets, values });
}
await zarr.writeBlock(work.store, scalar, [], Int32Array.of(4326));
await work.commit(zarr.root(hierarchy));
console.log(`wrote ${arrays.length} arrays to ${join(folder, "samples.zarr")}`);
