/** What h5wasm writes is read back: any type, any chunks, any range. */
import fc from "fast-check";
import * as h5wasm from "h5wasm/node";
import { afterAll, expect, it } from "vitest";

import { opened } from "./opened.js";
import { createScratch } from "./scratch.js";
import { runs } from "../../../vitest.effort.mjs";

const scratch = createScratch();
afterAll(() => scratch.remove());

const arrays = fc.oneof(
  fc.int8Array({ minLength: 1, maxLength: 60 }),
  fc.uint8Array({ minLength: 1, maxLength: 60 }),
  fc.int16Array({ minLength: 1, maxLength: 60 }),
  fc.uint16Array({ minLength: 1, maxLength: 60 }),
  fc.int32Array({ minLength: 1, maxLength: 60 }),
  fc.uint32Array({ minLength: 1, maxLength: 60 }),
  fc.float32Array({ minLength: 1, maxLength: 60 }),
  fc.float64Array({ minLength: 1, maxLength: 60 }),
);

it("reads any range of any dataset, chunked or not", async () => {
  await h5wasm.ready;
  const path = scratch.path("any.h5");
  await fc.assert(
    fc.asyncProperty(
      arrays,
      fc.nat(70),
      fc.nat(60),
      fc.nat(60),
      fc.boolean(),
      async (data, chunk, a, b, compress) => {
        const file = new h5wasm.File(path, "w");
        file.create_group("gt1l").create_group("land_ice_segments");
        file.create_dataset({
          name: "gt1l/land_ice_segments/values",
          data,
          ...(chunk > 0 ? { chunks: [Math.min(chunk, data.length)] } : {}),
          ...(chunk > 0 && compress ? { compression: 4 } : {}),
        });
        file.close();
        const granule = await opened(path);
        const start = Math.min(a, b, data.length);
        const stop = Math.min(Math.max(a, b), data.length);
        const read = await granule.read("/gt1l/land_ice_segments/values", { start, stop });
        await granule.close();
        expect(read).toEqual(data.slice(start, stop));
      },
    ),
    { numRuns: runs(150) },
  );
});

it("reads a range of several blocks, cut on chunk bounds, in order", async () => {
  await h5wasm.ready;
  const rows = 2_500_000;
  const data = Float64Array.from({ length: rows }, (_, row) => row);
  const path = scratch.path("long.h5");
  const file = new h5wasm.File(path, "w");
  file.create_dataset({ name: "rows", data, chunks: [10_000] });
  file.close();
  const granule = await opened(path);
  const [start, stop] = [12_345, rows - 7];
  const read = await granule.read("rows", { start, stop });
  await granule.close();
  expect(read).toHaveLength(stop - start);
  expect(read.every((value, i) => value === start + i)).toBe(true);
});
