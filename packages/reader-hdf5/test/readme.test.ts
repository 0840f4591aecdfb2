/** The example of the README runs as it stands there. */
import { readFileSync } from "node:fs";
import { fileSource } from "@zagg/sources/file";
import * as h5wasm from "h5wasm/node";
import { afterAll, expect, it, vi } from "vitest";

import { hdf5 } from "../src/index.js";
import { createScratch } from "./scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const FILL = Math.fround(3.4028234663852886e38);

it("counts the segments that have a height", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  expect(example.trim().split("\n").length).toBeLessThan(15);

  await h5wasm.ready;
  const path = scratch.path("granule.h5");
  const file = new h5wasm.File(path, "w");
  file.create_group("gt1l").create_group("land_ice_segments");
  const data = Float32Array.of(10, FILL, 12);
  const heights = file.create_dataset({ name: "gt1l/land_ice_segments/h_li", data });
  heights.create_attribute("_FillValue", Float32Array.of(FILL));
  file.close();

  const log = vi.fn();
  const body = example.replace(/^import .*$/gm, "").replace("granule.h5", path);
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
    ...source: string[]
  ) => (reader: typeof hdf5, source: typeof fileSource, console: { log: typeof log }) => Promise<void>;
  await new AsyncFunction("hdf5", "fileSource", "console", body)(hdf5, fileSource, { log });
  expect(log).toHaveBeenCalledWith("2 of 3 segments have a height");
});
