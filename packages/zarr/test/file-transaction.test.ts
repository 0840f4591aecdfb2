import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileStore } from "../src/fs.js";
import { bytesOf, keysOf, root, textOf } from "./stored-keys.js";

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "zagg-transaction-")));
  target = join(folder, "out.zarr");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const putOld = () => fileStore.open(target).put("old", bytesOf("old"));
const unwritable = { code: "STORE_UNWRITABLE" };

describe("begin", () => {
  it("makes a hidden sibling at once, and nothing at the target", async () => {
    const work = await fileStore.begin(target, "7");
    expect(work.workUri).toBe(join(folder, ".out.zarr.7.partial"));
    expect(await readdir(folder)).toEqual([".out.zarr.7.partial"]);
  });

  it("keeps an id that is no file name within the folder", async () => {
    const { workUri } = await fileStore.begin(target, "../2026-01-01T00:00:00.5Z");
    expect(workUri).toBe(join(folder, ".out.zarr.%2E%2E%2F2026-01-01T00%3A00%3A00%2E5Z.partial"));
  });

  it("refuses a target that is a file, or under one", async () => {
    await writeFile(target, "thesis");
    await expect(fileStore.begin(target, "1")).rejects.toMatchObject(unwritable);
    await expect(fileStore.begin(join(target, "x"), "1")).rejects.toMatchObject(unwritable);
    await expect(fileStore.begin(join(target, "x", "y"), "1")).rejects.toMatchObject(unwritable);
    expect(await readdir(folder)).toEqual(["out.zarr"]);
    expect(await readFile(target, "utf8")).toBe("thesis");
  });

  it("refuses the root, and the current folder or one that holds it", async () => {
    for (const path of ["/", ".", "..", process.cwd()]) {
      await expect(fileStore.begin(path, "1")).rejects.toMatchObject(unwritable);
    }
  });

  it("refuses a mount point, which no rename can replace", async () => {
    await expect(fileStore.begin("/proc", "1")).rejects.toMatchObject(unwritable);
  });

  it("refuses a link that leads to itself", async () => {
    await symlink("out.zarr", target);
    await expect(fileStore.begin(target, "1")).rejects.toMatchObject(unwritable);
  });

  it("refuses a file that stands where the work would", async () => {
    await writeFile(join(folder, ".out.zarr.1.partial"), "");
    await expect(fileStore.begin(target, "1")).rejects.toMatchObject(unwritable);
  });
});

describe("commit", () => {
  it("leaves the store and nothing beside it, temporary files of killed processes included", async () => {
    await putOld();
    const work = await fileStore.begin(`${target}//`, "1");
    await work.store.put("g/new", bytesOf("new"));
    await writeFile(join(work.workUri, "g", ".zagg-01234567-89ab-cdef-0123-456789abcdef.tmp"), "half");
    await work.commit(root);
    expect(await readdir(folder)).toEqual(["out.zarr"]);
    expect(await readdir(target)).toEqual(["g", "root"]);
    expect(await readdir(join(target, "g"))).toEqual(["new"]);
  });

  it("replaces an empty folder", async () => {
    await mkdir(target);
    const work = await fileStore.begin(target, "1");
    await work.store.put("new", bytesOf("new"));
    await work.commit(root);
    expect(await keysOf(fileStore.open(target))).toEqual(["new", "root"]);
  });

  it("writes through a link to a folder, and the link stays", async () => {
    await mkdir(join(folder, "disk"));
    await fileStore.open(join(folder, "disk/real")).put("old", bytesOf("old"));
    await symlink("disk/real", target);
    const work = await fileStore.begin(target, "1");
    await work.store.put("new", bytesOf("new"));
    await work.commit(root);
    expect((await lstat(target)).isSymbolicLink()).toBe(true);
    expect(await readdir(join(folder, "disk/real"))).toEqual(["new", "root"]);
    expect(await readdir(join(folder, "disk"))).toEqual(["real"]);
  });

  it("writes through a link to a folder that is not there yet", async () => {
    await symlink("disk/real", target);
    const work = await fileStore.begin(target, "1");
    await work.store.put("new", bytesOf("new"));
    await work.commit(root);
    expect(await readdir(join(folder, "disk/real"))).toEqual(["new", "root"]);
  });

  it("keeps the target and the work when the work is gone, or the target became a file", async () => {
    await putOld();
    const lost = await fileStore.begin(target, "lost");
    await rm(lost.workUri, { recursive: true });
    await expect(lost.commit(root)).rejects.toMatchObject(unwritable);
    expect(await keysOf(fileStore.open(target))).toEqual(["old"]);

    const work = await fileStore.begin(target, "1");
    await work.store.put("new", bytesOf("new"));
    await rm(target, { recursive: true });
    await writeFile(target, "thesis");
    await expect(work.commit(root)).rejects.toMatchObject(unwritable);
    expect(await readFile(target, "utf8")).toBe("thesis");
    expect(await keysOf(work.store)).toEqual(["new"]);
  });
});

describe("after a crash in a commit", () => {
  it("between the two renames, the next begin puts the old store back", async () => {
    await putOld();
    await fileStore.begin(target, "1");
    await rename(target, join(folder, ".out.zarr.1.replaced"));
    await fileStore.begin(target, "2");
    expect(await textOf(fileStore.open(target), "old")).toBe("old");
    expect(await readdir(folder)).not.toContain(".out.zarr.1.replaced");
  });

  it("before the old store is removed, the next begin removes it", async () => {
    await putOld();
    await fileStore.open(join(folder, ".out.zarr.1.replaced")).put("older", bytesOf("older"));
    await fileStore.begin(target, "2");
    expect(await keysOf(fileStore.open(target))).toEqual(["old"]);
    expect(await readdir(folder)).not.toContain(".out.zarr.1.replaced");
  });

  it("nothing is taken from a target whose name begins the same", async () => {
    await fileStore.open(join(folder, ".out.zarr.1.replaced")).put("theirs", bytesOf("x"));
    await fileStore.begin(join(folder, "out"), "1");
    expect(await readdir(folder)).toContain(".out.zarr.1.replaced");
  });
});
