/** Chunks of fixtures/packed.h5, whole and damaged: HDF5 reads beyond the end of a chunk that says it has more bits. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

import { opened } from "./opened.js";
import { createScratch } from "./scratch.js";

const PACKED = fileURLToPath(new URL("fixtures/packed.h5", import.meta.url));
const ROWS = { start: 0, stop: 40 };

const scratch = createScratch();
afterAll(() => scratch.remove());

const ramp = Array.from({ length: 40 }, (_, row) => row);

it("reads whole chunks, from any row to any other", async () => {
  const granule = await opened(PACKED);
  expect([...(await granule.read("integers", ROWS))]).toEqual(ramp.map((row) => row + 1000));
  expect([...(await granule.read("integers", { start: 15, stop: 33 }))]).toEqual(
    ramp.slice(15, 33).map((row) => row + 1000),
  );
  expect([...(await granule.read("floats", ROWS))]).toEqual(ramp.map((row) => row / 4));
  expect([...(await granule.read("bits", ROWS))]).toEqual(ramp.map((row) => row - 20));
  expect([...(await granule.read("unwritten", ROWS))]).toEqual(ramp.map(() => -5));
  const columns = await granule.readMany([2, 0, 1].map((column) => ({ path: "table", ...ROWS, column })));
  expect(columns.map((column) => [...column])).toEqual(
    [2, 0, 1].map((at) => ramp.map((row) => row + 40 * at)),
  );
  await granule.close();
});

describe("a damaged chunk", () => {
  /** The first chunk of `integers`: 5 bits a number, 1000 the least. */
  const HEAD = Buffer.from([5, 0, 0, 0, 8, 0xe8, 3]);
  it.each([
    ["more bits", 0, 6],
    ["fewer bits", 0, 4],
    ["more bits than its numbers", 0, 40],
    ["another size of its least value", 4, 3],
  ])("is refused when it says it has %s, and the next one is read", async (what, at, value) => {
    const bytes = readFileSync(PACKED);
    bytes[bytes.indexOf(HEAD) + at] = value;
    const granule = await opened(scratch.write(`${what}.h5`, bytes));
    await expect(granule.read("integers", ROWS)).rejects.toMatchObject({
      code: "GRANULE_CORRUPT",
      details: { dataset: "/integers" },
    });
    expect([...(await granule.read("integers", { start: 16, stop: 18 }))]).toEqual([1016, 1017]);
    expect([...(await granule.read("bits", { start: 0, stop: 1 }))]).toEqual([-20]);
    await granule.close();
  });

  it("is refused when its index says that it is shorter", async () => {
    const bytes = readFileSync(PACKED);
    // The key of a chunk in a B-tree: its length, the filters left out, and where it is in the dataset.
    const key = Buffer.alloc(24);
    key[0] = 39;
    const at = bytes.indexOf(key);
    expect(at).toBeGreaterThan(0);
    bytes[at] = 30;
    const granule = await opened(scratch.write("short.h5", bytes));
    await expect(granule.read("bits", ROWS)).rejects.toMatchObject({ code: "GRANULE_CORRUPT" });
    await granule.close();
  });
});
