/** What attributes of HDF5 files say of stored numbers. */
import type { DatasetInfo } from "@zagg/core";
import * as h5wasm from "h5wasm/node";
import { afterAll, beforeAll, expect, it } from "vitest";

import { opened, type Opened } from "./opened.js";
import { LAYOUTS, createScratch } from "./scratch.js";

const scratch = createScratch();
let granule: Opened;

beforeAll(async () => {
  await h5wasm.ready;
  const path = scratch.path("attributes.h5");
  const file = new h5wasm.File(path, "w");
  const dataset = (name: string, data: h5wasm.Dataset["value"]) =>
    file.create_dataset({ name, data: data as Int16Array });
  const packed = dataset("packed", Int16Array.of(4500, -3000));
  packed.create_attribute("scale_factor", Float32Array.of(0.01), [1]);
  packed.create_attribute("_FillValue", -32_768, [], "<h");
  packed.create_attribute("missing_value", Float64Array.of(-9999, 7), [2]);
  packed.create_attribute("units", "degrees");
  const bytes = dataset("bytes", Int8Array.of(-1));
  bytes.create_attribute("_Unsigned", "true");
  const odd = dataset("odd", Int16Array.of(1));
  odd.create_attribute("scale_factor", "0.01");
  odd.create_attribute("add_offset", ["a", "b"], [2], "S4");
  odd.create_attribute("_FillValue", "none", [], "S8");
  odd.create_attribute("valid_range", 1, [], "<h");
  odd.create_attribute("missing_value", Int8Array.of(), [0], "<b");
  file.close();
  granule = await opened(path);
});
afterAll(async () => {
  await granule.close();
  scratch.remove();
});

it("describes attributes of any shape and type, and leaves the numbers as they are stored", async () => {
  expect(await granule.describe("packed")).toEqual({
    shape: [2],
    dtype: "int16",
    fillValue: -32_768,
    chunkRows: null,
    encoding: {
      missing: [-9999, 7],
      sign: null,
      packing: { scale: Math.fround(0.01), offset: 0, dtype: "float32" },
      valid: null,
      problems: [],
    },
  } satisfies DatasetInfo);
  expect(await granule.read("packed", { start: 0, stop: 2 })).toEqual(Int16Array.of(4500, -3000));
  expect(await granule.describe("bytes")).toMatchObject({ dtype: "int8", encoding: { sign: "unsigned" } });
});

it("names every attribute that cannot be meant", async () => {
  const info = await granule.describe("odd");
  expect(info?.fillValue).toBeNull();
  expect(info?.encoding?.problems.map(({ attribute, what }) => `${attribute} ${what}`)).toEqual([
    '_FillValue is the text "none", and the dataset holds int16',
    "missing_value is empty",
    'scale_factor is the text "0.01", and must be one finite number that is not 0',
    'add_offset is 2 values ("a", "b"), and must be one finite number',
    "valid_range is 1, and must be two numbers",
  ]);
});

it("takes a fill value that is no attribute for what unwritten elements are", async () => {
  const layouts = await opened(LAYOUTS);
  expect(await layouts.describe("chunked/unwritten")).toMatchObject({ fillValue: null });
  expect((await layouts.describe("chunked/unwritten"))?.encoding).toBeUndefined();
  await layouts.close();
});
