/** Commits in which the file system refuses a step, which only a stand-in for it can be made to do. */
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fileStore } from "../src/fs.js";
import { bytesOf, keysOf, root } from "./stored-keys.js";

/** Calls of `rename` and `rm` that are to fail, as `rename <from> <to>` or `rm <path>`. */
const refused = vi.hoisted(() => new Set<string>());

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const refuse = (call: string) => {
    if (refused.has(call)) throw Object.assign(new Error(call), { code: "EIO" });
  };
  return {
    ...real,
    rename: async (from: string, to: string) => {
      refuse(`rename ${from} ${to}`);
      return real.rename(from, to);
    },
    rm: async (path: string, options: object) => {
      refuse(`rm ${path}`);
      return real.rm(path, options);
    },
  };
});

let folder: string;
let target: string;
let work: string;
let replaced: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "zagg-commit-")));
  target = join(folder, "out.zarr");
  work = join(folder, ".out.zarr.1.partial");
  replaced = join(folder, ".out.zarr.1.replaced");
  await fileStore.open(target).put("old", bytesOf("old"));
});
afterEach(async () => {
  refused.clear();
  await rm(folder, { recursive: true });
});

async function commitNew(): Promise<void> {
  const transaction = await fileStore.begin(target, "1");
  await transaction.store.put("new", bytesOf("new"));
  await transaction.commit(root);
}

describe("a commit", () => {
  it("that cannot move the old store aside leaves it, and keeps the work", async () => {
    refused.add(`rename ${target} ${replaced}`);
    await expect(commitNew()).rejects.toMatchObject({ code: "STORE_UNWRITABLE" });
    expect(await keysOf(fileStore.open(target))).toEqual(["old"]);
    expect(await keysOf(fileStore.open(work))).toEqual(["new", "root"]);
  });

  it("that cannot put the new store in place puts the old one back, keeps the work, and can be repeated", async () => {
    refused.add(`rename ${work} ${target}`);
    await expect(commitNew()).rejects.toMatchObject({ code: "STORE_UNWRITABLE" });
    expect(await keysOf(fileStore.open(target))).toEqual(["old"]);
    expect(await keysOf(fileStore.open(work))).toEqual(["new", "root"]);
    refused.clear();
    await commitNew();
    expect(await keysOf(fileStore.open(target))).toEqual(["new", "root"]);
    expect(await readdir(folder)).toEqual(["out.zarr"]);
  });

  it("that can put neither in place says where the old store is, and the next begin puts it back", async () => {
    refused.add(`rename ${work} ${target}`).add(`rename ${replaced} ${target}`);
    await expect(commitNew()).rejects.toMatchObject({
      code: "STORE_UNWRITABLE",
      mend: expect.stringContaining(replaced) as string,
    });
    expect(await keysOf(fileStore.open(replaced))).toEqual(["old"]);
    refused.clear();
    expect((await fileStore.begin(target, "1")).resumed).toBe(true);
    expect(await keysOf(fileStore.open(target))).toEqual(["old"]);
  });

  it("that cannot remove the old store says that the new one is in place", async () => {
    refused.add(`rm ${replaced}`);
    await expect(commitNew()).rejects.toMatchObject({
      code: "STORE_UNWRITABLE",
      path: replaced,
      why: expect.stringContaining("in place") as string,
    });
    expect(await keysOf(fileStore.open(target))).toEqual(["new", "root"]);
  });
});
