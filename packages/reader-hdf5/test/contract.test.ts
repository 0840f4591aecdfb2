/** The reader keeps the contract, on files that h5wasm writes. */
import { readFileSync } from "node:fs";
import { readerContract, type ContractDataset } from "@zagg/core/testing";
import * as h5wasm from "h5wasm/node";
import { afterAll, describe, expect, it } from "vitest";

import { hdf5 } from "../src/index.js";
import { createScratch } from "./scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

/** Dtypes in the notation of h5wasm, which is that of Python's struct. */
const dtypes = {
  bool: "<b",
  int8: "<b",
  uint8: "<B",
  int16: "<h",
  uint16: "<H",
  int32: "<i",
  uint32: "<I",
  int64: "<q",
  uint64: "<Q",
  float32: "<f",
  float64: "<d",
} as const;

let files = 0;
const nextName = () => `granule-${files++}.h5`;

async function make(datasets: readonly ContractDataset[]): Promise<string> {
  await h5wasm.ready;
  const path = scratch.path(nextName());
  const file = new h5wasm.File(path, "w");
  for (const { path: name, dtype, shape, values, fillValue, chunkRows } of datasets) {
    const folders = name.split("/").slice(1, -1);
    for (const [depth] of folders.entries()) {
      const folder = `/${folders.slice(0, depth + 1).join("/")}`;
      if (file.get(folder) === null) file.create_group(folder);
    }
    const dataset = file.create_dataset({
      name,
      data: values,
      shape: [...shape],
      dtype: dtypes[dtype],
      ...(chunkRows === null ? {} : { chunks: [chunkRows, ...shape.slice(1)], compression: 4 }),
    });
    if (fillValue !== null) {
      const single = values.slice(0, 1).fill(fillValue as never);
      dataset.create_attribute("_FillValue", single, [], dtypes[dtype]);
    }
  }
  file.close();
  return path;
}

readerContract({
  describe,
  it,
  expect,
  reader: hdf5,
  make,
  files: {
    bytes: async (href) => readFileSync(href),
    write: async (bytes) => scratch.write(nextName(), bytes),
    missing: async () => scratch.path(nextName()),
  },
});
