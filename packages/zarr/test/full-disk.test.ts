/** A disk that really fills: a small file system in memory, where this process may mount one. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fileStore } from "../src/fs.js";
import { zarr } from "../src/index.js";
import { arraySpec, hierarchyOf } from "./sample-arrays.js";
import { keysOf } from "./stored-keys.js";

const SIZE = 1 << 20;
const folder = mkdtempSync(join(tmpdir(), "zagg-full-disk-"));
const disk = join(folder, "disk");
mkdirSync(disk);
const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", disk]).status === 0;

afterAll(() => {
  if (isMounted) spawnSync("umount", [disk]);
  rmSync(folder, { recursive: true });
});

const array = arraySpec({
  dtype: "uint8",
  shape: [2 ** 22],
  blockShape: [2 ** 18],
  chunkShape: [2 ** 16],
  fillValue: 0,
});
const noFill = new Uint8Array(2 ** 18).fill(1);

describe.runIf(isMounted)("on a disk that fills", () => {
  it("a write fails with STORE_FULL, what was written stays whole, and nothing half-written is left", async () => {
    const transaction = await fileStore.begin(join(disk, "out.zarr"), "1");
    await zarr.begin(transaction.store, hierarchyOf(array));
    const writeAll = async () => {
      for (let block = 0; block < 16; block++)
        await zarr.writeBlock(transaction.store, array, [block], noFill);
    };
    await expect(writeAll()).rejects.toMatchObject({ code: "STORE_FULL" });
    const blocks = await keysOf(transaction.store, "g/a/c/");
    expect(blocks.length).toBeGreaterThan(0);
    for (const key of blocks) expect(await transaction.store.get(key)).toHaveLength(2 ** 18 + 4 * 16 + 4);
    const files = await readdir(transaction.workUri, { recursive: true });
    expect(files.filter((name) => name.includes(".tmp"))).toEqual([]);
    await transaction.abort();
    expect(await readdir(disk)).toEqual([]);
  });

  it("the root of the disk cannot be a target, as no rename can replace it", async () => {
    await expect(fileStore.begin(disk, "1")).rejects.toMatchObject({ code: "STORE_UNWRITABLE" });
    expect(await readdir(folder)).toEqual(["disk"]);
  });
});
