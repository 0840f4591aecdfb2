/** Random number types against HDF5's own conversion, on another processor. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

import { readSamples } from "./number-samples.js";
import { createScratch } from "./scratch.js";
import { pythonWith } from "../../../vitest.python.mjs";
import { seeds } from "../../../vitest.effort.mjs";

const script = fileURLToPath(new URL("fixtures/make-numbers.py", import.meta.url));
/** Datasets of a file; there are two files. */
const DATASETS = 400;
/** At most this share is of types that are refused, or of integers beyond 2^53. */
const REFUSED = 0.2;

const scratch = createScratch();
afterAll(() => scratch.remove());

const python = pythonWith("h5py");

describe.skipIf(python === null)("numbers of any type", () => {
  it.each(seeds())("are what HDF5 converts them to, seed %i", async (seed) => {
    const folder = scratch.path(`seed-${seed}`);
    mkdirSync(folder);
    execFileSync(python!, [script, folder, String(seed), String(DATASETS)]);
    const { read, refused, wrong } = await readSamples(folder);
    rmSync(folder, { recursive: true });
    console.log(`seed ${seed}: ${read} datasets read, ${refused.length} refused`);
    expect(wrong).toEqual([]);
    expect(read + refused.length).toBe(2 * DATASETS);
    expect(refused.length).toBeLessThan(2 * DATASETS * REFUSED);
  });
});
