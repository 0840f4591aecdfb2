/** Datasets of a form that the walk does not know: HDF5 itself reads them, beside those that the walk reads. */
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { byteSource } from "@zagg/sources";
import { expect, it } from "vitest";
import { hdf5 } from "../src/index.js";
import { SPOOL_PREFIX } from "../src/local-copy.js";
import { rampOf, walkBytes } from "./format/walks.js";

const VIRTUAL = "/values/virtual";
const WALKED = "/types/<f8";
const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith(SPOOL_PREFIX)).length;

it("reads them, in the order in which they are asked, through a copy that goes with the granule", async () => {
  const source = byteSource("granule.h5", walkBytes("new"));
  const before = copies();
  const granule = await hdf5.open(source);
  const whole = { start: 0, stop: 23 };
  expect(await granule.readMany([{ path: WALKED, ...whole }])).toEqual([Float64Array.from(rampOf(23))]);
  expect(copies()).toBe(before);
  expect(await granule.describeMany([VIRTUAL, "/none", WALKED])).toMatchObject([
    { shape: [23], dtype: "int32" },
    null,
    { shape: [23], dtype: "float64" },
  ]);
  expect(copies()).toBe(before + 1);
  const asked = [WALKED, VIRTUAL, WALKED].map((path) => ({ path, ...whole }));
  expect(await granule.readMany(asked)).toEqual([
    Float64Array.from(rampOf(23)),
    Int32Array.from(rampOf(23)),
    Float64Array.from(rampOf(23)),
  ]);
  expect(await granule.readExact!(asked.slice(1, 2))).toEqual([Int32Array.from(rampOf(23))]);
  await granule.close();
  expect(copies()).toBe(before);
});
