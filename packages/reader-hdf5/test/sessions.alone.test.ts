/** Several granules at once, and their closing. */
import { existsSync, readdirSync } from "node:fs";
import { afterAll, expect, it } from "vitest";

import { opened } from "./opened.js";
import { loadLibrary } from "../src/library.js";
import { LAYOUTS, createScratch } from "./scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const OPENINGS = 500;

it("reads several granules that are open at once", async () => {
  const granules = await Promise.all(
    [1, 2, 3].map((number) =>
      opened(
        scratch.layouts(`number-${number}.h5`, (bytes) => {
          bytes.writeInt32LE(number, bytes.indexOf(Buffer.from(Int32Array.of(3, 1, 4, 1).buffer)));
          return bytes;
        }),
      ),
    ),
  );
  const first = await Promise.all(
    granules.map((granule) => granule.read("contiguous/compact", { start: 0, stop: 1 })),
  );
  expect(first.map(([value]) => value)).toEqual([1, 2, 3]);
  await Promise.all(granules.map((granule) => granule.close()));
});

it("keeps a granule open when another opening of the same file is closed", async () => {
  const [one, other] = [await opened(LAYOUTS), await opened(LAYOUTS)];
  await one.close();
  expect(await other.read("chunked/i4", { start: 60, stop: 62 })).toEqual(Int32Array.of(10, 11));
  await other.close();
});

it("finds a file that took the place of one it read before", async () => {
  const path = scratch.layouts("replaced.h5");
  const before = await opened(path);
  await before.close();
  scratch.layouts("replaced.h5", (bytes) => {
    bytes.writeInt32LE(8, bytes.indexOf(Buffer.from(Int32Array.of(3, 1, 4, 1).buffer)));
    return bytes;
  });
  const after = await opened(path);
  expect(await after.read("contiguous/compact", { start: 0, stop: 1 })).toEqual(Int32Array.of(8));
  await after.close();
});

it("is closed twice without harm, and refuses to be used after", async () => {
  const granule = await opened(LAYOUTS);
  await granule.close();
  await granule.close();
  await expect(granule.describe("chunked/f4")).rejects.toBeInstanceOf(TypeError);
  await expect(granule.read("chunked/f4", { start: 0, stop: 1 })).rejects.toBeInstanceOf(TypeError);
});

it(`opens and closes ${OPENINGS} times without keeping files or memory`, async () => {
  const folder = "/proc/self/fd";
  const openFiles = () => (existsSync(folder) ? readdirSync(folder).length : 0);
  const once = async () => {
    const granule = await opened(LAYOUTS);
    await granule.describe("other/words");
    await granule.read("big_endian/i8", { start: 0, stop: 1000 });
    await granule.close();
  };
  await once();
  const { library } = await loadLibrary();
  const [filesAtFirst, heapAtFirst] = [openFiles(), library.Module.HEAPU8.length];
  for (let i = 0; i < OPENINGS; i++) await once();
  expect(openFiles()).toBeLessThanOrEqual(filesAtFirst);
  expect(library.Module.HEAPU8.length).toBe(heapAtFirst);
});
