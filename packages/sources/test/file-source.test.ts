/** Files of this machine as sources. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { sourceContract } from "@zagg/core/testing";
import { afterAll, describe, expect, it } from "vitest";
import { missing, unreadable } from "../src/failures.js";
import { fileSource } from "../src/file.js";

const folder = mkdtempSync(join(tmpdir(), "zagg-sources-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const newPath = (): string => join(folder, `file-${files++}`);
function write(bytes: Uint8Array | string, path = newPath()): string {
  writeFileSync(path, bytes);
  return path;
}

sourceContract({
  describe,
  it,
  expect,
  factory: fileSource,
  make: async (bytes) => write(bytes),
  missing: async () => newPath(),
  change: async (uri, bytes) => void write(bytes, uri),
});

async function firstByte(uri: string): Promise<number | undefined> {
  const source = await fileSource.open(uri);
  const [bytes] = await source.read([{ start: 0, stop: 1 }]);
  await source.close();
  return bytes?.[0];
}

describe("where a file is", () => {
  it("opens an absolute path, a relative path and a file URI", async () => {
    const path = write("A");
    for (const uri of [path, relative(process.cwd(), path), pathToFileURL(path).href])
      expect(await firstByte(uri)).toBe(65);
  });

  it("opens a name with blanks, percent signs, number signs and letters beyond ASCII", async () => {
    const path = write("A", join(folder, "süd 100%25 #1? ✓.h5"));
    expect(await firstByte(path)).toBe(65);
    expect(await firstByte(pathToFileURL(path).href)).toBe(65);
  });

  it("gives its absolute path, to be shown and for libraries that open files", async () => {
    const path = write("A");
    const source = await fileSource.open(relative(process.cwd(), path));
    expect(source).toMatchObject({ uri: path, localPath: path, size: 1 });
    await source.close();
  });

  it.each(["absent.h5", "absent/absent.h5"])("says that %s is missing", async (name) => {
    const path = join(folder, name);
    await expect(fileSource.open(path)).rejects.toMatchObject({ code: "GRANULE_MISSING", path });
  });

  it("says that a path below a file is missing", async () => {
    await expect(fileSource.open(`${write("A")}/x.h5`)).rejects.toMatchObject({ code: "GRANULE_MISSING" });
  });

  it("says that a folder cannot be read", async () => {
    mkdirSync(join(folder, "folder.h5"));
    await expect(fileSource.open(join(folder, "folder.h5"))).rejects.toMatchObject({
      code: "GRANULE_UNREADABLE",
      why: expect.stringContaining("folder") as string,
    });
  });

  it.runIf(process.platform === "linux")("does not wait for what a pipe may bring", async () => {
    const path = newPath();
    execFileSync("mkfifo", [path]);
    await expect(fileSource.open(path)).rejects.toMatchObject({ code: "GRANULE_UNREADABLE" });
  });

  it.runIf(process.getuid?.() !== 0 && process.platform !== "win32")(
    "says that a file without permission cannot be read",
    async () => {
      const path = write("A");
      chmodSync(path, 0);
      await expect(fileSource.open(path)).rejects.toMatchObject({ code: "GRANULE_UNREADABLE" });
    },
  );

  it("refuses a remote granule, and keeps its user and query out of the message", async () => {
    const secret = "https://someone:hidden@host/granule.h5?token=hidden";
    const refusal = await fileSource.open(secret).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "GRANULE_UNREADABLE", path: "https://host/granule.h5" });
    expect(JSON.stringify(refusal)).not.toContain("hidden");
  });

  it.runIf(process.platform !== "win32")("refuses a file URI of another machine", async () => {
    await expect(fileSource.open("file://elsewhere/granule.h5")).rejects.toMatchObject({
      code: "GRANULE_UNREADABLE",
    });
  });
});

it.each([
  ["EMFILE", true],
  ["ESTALE", true],
  ["EACCES", undefined],
  ["EIO", undefined],
])("a granule that cannot be opened for %s may be read later: %s", (code, transient) => {
  const cause = Object.assign(new Error(code), { code });
  const error = unreadable("a.h5", "w", "m", cause);
  expect(error).toMatchObject({ code: "GRANULE_UNREADABLE", transient });
  expect(missing("a.h5", cause).transient).toBeUndefined();
});

describe("a file that changes", () => {
  it("is noticed though it has as many bytes as before", async () => {
    const path = write("AAAA");
    const source = await fileSource.open(path);
    const { atime, mtime } = statSync(path);
    write("BBBB", path);
    utimesSync(path, atime, new Date(mtime.getTime() + 1000));
    await expect(source.read([{ start: 0, stop: 1 }])).rejects.toMatchObject({ code: "GRANULE_CHANGED" });
    await expect(source.read([])).rejects.toMatchObject({ code: "GRANULE_CHANGED" });
    await source.close();
  });

  it("stays what it was when another file takes its name", async () => {
    const path = write("AAAA");
    const source = await fileSource.open(path);
    renameSync(write("BBBB"), path);
    expect((await source.read([{ start: 0, stop: 1 }]))[0]).toEqual(Uint8Array.of(65));
    await source.close();
    expect(await firstByte(path)).toBe(66);
  });
});
