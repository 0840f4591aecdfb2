/** The reader keeps the contract, on files that h5wasm writes. */
import { readFileSync } from "node:fs";
import { allocate, type DatasetEncoding } from "@zagg/core";
import { readerContract, type ContractDataset } from "@zagg/core/testing";
import { byteSource } from "@zagg/sources";
import { fileSource } from "@zagg/sources/file";
import * as h5wasm from "h5wasm/node";
import { afterAll, describe, expect, it } from "vitest";

import { hdf5 } from "../src/index.js";
import { opened } from "./opened.js";
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

async function make(datasets: readonly ContractDataset[]): Promise<Uint8Array> {
  await h5wasm.ready;
  const path = scratch.path(nextName());
  const file = new h5wasm.File(path, "w");
  for (const { path: name, dtype, shape, values, fillValue, chunkRows, encoding } of datasets) {
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
    if (encoding !== undefined) writeEncoding(dataset, dtype, encoding);
  }
  file.close();
  return readFileSync(path);
}

/** As netCDF files have it. */
function writeEncoding(
  dataset: h5wasm.Dataset,
  dtype: ContractDataset["dtype"],
  { missing, sign, packing, valid }: DatasetEncoding,
): void {
  if (missing.length > 0) {
    const numbers = allocate(dtype, missing.length);
    const isWide = dtype === "int64" || dtype === "uint64";
    missing.forEach((number, i) => (numbers[i] = isWide ? BigInt(number) : Number(number)));
    dataset.create_attribute("missing_value", numbers, [missing.length], dtypes[dtype]);
  }
  if (sign !== null) dataset.create_attribute("_Unsigned", String(sign === "unsigned"));
  if (packing !== null) {
    const kind = dtypes[packing.dtype];
    dataset.create_attribute("scale_factor", packing.scale, [], kind);
    dataset.create_attribute("add_offset", packing.offset, [], kind);
  }
  const { min = null, max = null } = valid ?? {};
  if (min !== null && max !== null) dataset.create_attribute("valid_range", [min, max], [2], "<d");
  else if (min !== null) dataset.create_attribute("valid_min", min, [], "<d");
}

const encodings = ["missing", "sign", "packing", "valid"] as const;
const common = { describe, it, expect, reader: hdf5, make, format: { encodings } };

describe("from files", () => {
  readerContract({
    ...common,
    source: async (bytes) => fileSource.open(scratch.write(nextName(), bytes)),
  });
});

describe("from memory", () => {
  readerContract(common);

  it("refuses bytes that are cut off", async () => {
    const bytes = await make([]);
    await expect(hdf5.open(byteSource("cut.h5", bytes.subarray(0, 99)))).rejects.toMatchObject({
      code: "GRANULE_FORMAT",
      path: "cut.h5",
    });
  });
});

it("refuses what was written to since it was opened", async () => {
  const bytes = await make([]);
  const path = scratch.write(nextName(), bytes);
  const granule = await opened(path);
  expect(await granule.readMany([])).toEqual([]);
  scratch.write(path.slice(path.lastIndexOf("/") + 1), Buffer.concat([bytes, Buffer.alloc(8)]));
  await expect(granule.readMany([])).rejects.toMatchObject({ code: "GRANULE_CHANGED" });
  await granule.close();
});
