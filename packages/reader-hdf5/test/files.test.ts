/** What `open` says of a file before anything is read of it. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { opened } from "./opened.js";
import { LAYOUTS, createScratch } from "./scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const FIRST_ROW = { start: 0, stop: 1 };

async function firstValue(href: string): Promise<number | undefined> {
  const granule = await opened(href);
  try {
    return (await granule.read("contiguous/compact", FIRST_ROW))[0];
  } finally {
    await granule.close();
  }
}

describe("what a file is", () => {
  it("reads the end of a file with a user block in front", async () => {
    const path = scratch.layouts("user-block.h5", (bytes) => withUserBlock(bytes, 1024));
    expect(await firstValue(path)).toBe(3);
  });

  it.each([
    ["an empty file", "", "empty"],
    ["text", "not HDF5 at all\n".repeat(100), "signature"],
    ["a netCDF-3 file", "CDF\u0001".padEnd(600, "\0"), "signature"],
  ])("refuses %s", async (name, bytes, why) => {
    await expect(opened(scratch.write(`${name}.h5`, bytes))).rejects.toMatchObject({
      code: "GRANULE_FORMAT",
      why: expect.stringContaining(why),
    });
  });

  it("refuses a file cut off anywhere", async () => {
    const whole = readFileSync(LAYOUTS);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        const path = scratch.write("cut.h5", whole.subarray(0, length));
        await expect(opened(path)).rejects.toMatchObject({ code: "GRANULE_FORMAT" });
      }),
      { numRuns: 40, examples: [[1], [7], [8], [40], [whole.length - 1]] },
    );
  });

  it("says how many bytes of a truncated file are there", async () => {
    const path = scratch.layouts("truncated.h5", (bytes) => bytes.subarray(0, 70_000));
    await expect(opened(path)).rejects.toMatchObject({ why: expect.stringContaining("70000") });
  });

  it("refuses a superblock of a version to come", async () => {
    const path = scratch.layouts("future.h5", (bytes) => patched(bytes, 8, 4));
    await expect(opened(path)).rejects.toMatchObject({ code: "GRANULE_FORMAT" });
  });
});

function patched(bytes: Buffer, at: number, value: number): Buffer {
  bytes[at] = value;
  return bytes;
}

/** Moves a file behind a user block: addresses stay relative to the base address, the end of file does not. */
function withUserBlock(bytes: Buffer, blockBytes: number): Buffer {
  const baseAt = 24;
  const endAt = 40;
  bytes.writeBigUInt64LE(BigInt(blockBytes), baseAt);
  bytes.writeBigUInt64LE(BigInt(bytes.length + blockBytes), endAt);
  return Buffer.concat([Buffer.alloc(blockBytes), bytes]);
}
