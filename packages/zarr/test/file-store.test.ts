import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unreadable, writeError } from "../src/fs/file-errors.js";
import { fileStore } from "../src/fs.js";
import { bytesOf, keysOf } from "./stored-keys.js";

const isPrivileged = process.getuid?.() === 0;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "zagg-file-store-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a file store", () => {
  it("writes a file per object, and no other", async () => {
    await fileStore.open(folder).put("g/a/c/0", bytesOf("x"));
    expect(await readdir(folder, { recursive: true })).toEqual(["g", "g/a", "g/a/c", "g/a/c/0"]);
  });

  it("does not list the temporary files that a killed process left", async () => {
    await writeFile(join(folder, ".zagg-01234567-89ab-cdef-0123-456789abcdef.tmp"), "half");
    expect(await keysOf(fileStore.open(folder))).toEqual([]);
  });

  it("lists links that lead nowhere, so that a folder of them is not taken for empty", async () => {
    await symlink("nowhere", join(folder, "link"));
    expect(await keysOf(fileStore.open(folder))).toEqual(["link"]);
  });

  it("names a path by its absolute form, without a trailing slash", () => {
    expect(fileStore.open(`${folder}/x/../y//`).uri).toBe(join(folder, "y"));
    expect(fileStore.open(`FILE://${folder}/a%20b/`).uri).toBe(join(folder, "a b"));
    expect(fileStore.open("out.zarr").uri).toBe(join(process.cwd(), "out.zarr"));
  });

  it.each(["", " ", "s3://bucket/out.zarr", "file://host.example/share", "file:///a%2Fb"])(
    "refuses the URI %j",
    (uri) => {
      expect(() => fileStore.open(uri)).toThrow(expect.objectContaining({ code: "STORE_URI_INVALID" }));
    },
  );

  it("says that a path under a file cannot be written, and leaves nothing", async () => {
    await writeFile(join(folder, "file"), "x");
    const store = fileStore.open(join(folder, "file", "out"));
    await expect(store.put("a/b", bytesOf("x"))).rejects.toMatchObject({ code: "STORE_UNWRITABLE" });
    expect(await store.get("a/b")).toBeUndefined();
    expect(await readdir(folder)).toEqual(["file"]);
  });

  it("says that an object cannot take the place of a folder, and leaves no temporary file", async () => {
    const store = fileStore.open(folder);
    await store.put("a/b", bytesOf("x"));
    await expect(store.put("a", bytesOf("y"))).rejects.toMatchObject({ code: "STORE_UNWRITABLE" });
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it("says that a name is too long", async () => {
    const key = "n".repeat(300);
    await expect(fileStore.open(folder).put(key, bytesOf("x"))).rejects.toMatchObject({
      code: "STORE_UNWRITABLE",
      why: "the name is too long",
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("says of an object that is there but cannot be read that it cannot, not that it is absent", async () => {
    await symlink("loop", join(folder, "loop"));
    const store = fileStore.open(folder);
    await expect(store.get("loop")).rejects.toMatchObject({ code: "STORE_UNREADABLE" });
    await expect(store.size("loop")).rejects.toMatchObject({ code: "STORE_UNREADABLE" });
  });

  it.runIf(!isPrivileged)("says that a folder without permission cannot be written or read", async () => {
    const store = fileStore.open(folder);
    await store.put("a", bytesOf("x"));
    await chmod(folder, 0o000);
    try {
      await expect(store.put("b", bytesOf("x"))).rejects.toMatchObject({ code: "STORE_UNWRITABLE" });
      await expect(store.get("a")).rejects.toMatchObject({ code: "STORE_UNREADABLE" });
      await expect(keysOf(store)).rejects.toMatchObject({ code: "STORE_UNREADABLE" });
    } finally {
      await chmod(folder, 0o700);
    }
  });

  it.runIf(existsSync("/proc/version"))(
    "says that a place which takes no files cannot be written",
    async () => {
      const store = fileStore.open("/proc/zagg-out");
      await expect(store.put("a", bytesOf("x"))).rejects.toMatchObject({ code: "STORE_UNWRITABLE" });
      await expect(fileStore.begin("/proc/zagg-out", "1")).rejects.toMatchObject({
        code: "STORE_UNWRITABLE",
      });
    },
  );

  it.each(["ENOSPC", "EDQUOT", "EFBIG"])("takes %s for a full disk", (code) => {
    expect(writeError("/x", Object.assign(new Error(code), { code }))).toMatchObject({ code: "STORE_FULL" });
  });

  it.each(["EACCES", "EROFS", "ENOTDIR", "EPERM", "EIO"])(
    "takes %s for a place that cannot be written",
    (code) => {
      const error = Object.assign(new Error(code), { code });
      expect(writeError("/x", error)).toMatchObject({ code: "STORE_UNWRITABLE", path: "/x", cause: error });
    },
  );

  it.each(["EMFILE", "EBUSY", "ESTALE", "ETIMEDOUT"])("takes %s for what may pass", (code) => {
    const error = Object.assign(new Error(code), { code });
    expect(writeError("/x", error)).toMatchObject({ code: "STORE_UNWRITABLE", transient: true });
    expect(unreadable("/x", error)).toMatchObject({ code: "STORE_UNREADABLE", transient: true });
    const stays = Object.assign(new Error("EACCES"), { code: "EACCES" });
    expect([writeError("/x", stays).transient, unreadable("/x", stays).transient]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("reads through a link to a folder", async () => {
    await mkdir(join(folder, "real"));
    await symlink("real", join(folder, "link"));
    await fileStore.open(join(folder, "link")).put("a", bytesOf("x"));
    expect(await keysOf(fileStore.open(join(folder, "real")))).toEqual(["a"]);
  });
});
