/** Files that open but are damaged inside. */
import fs from "node:fs";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";

import { opened, openedByLibrary } from "./opened.js";
import { stackReasons } from "../src/library.js";
import { LAYOUTS, createScratch } from "./scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());
afterEach(() => vi.restoreAllMocks());

const WHOLE = { start: 0, stop: 1000 };
/** A zlib header as HDF5's deflate filter at level 4 writes it. */
const ZLIB_HEADER = Buffer.from([0x78, 0x5e]);
/** The type byte of a header message of big_endian/f8: HDF5 2.0 compiled to WebAssembly traps on any other value. */
const TRAP_AT = 46_464;

/** A granule in which the stored chunk bytes of every gzip dataset are scrambled. */
function withDamagedChunks(name: string): string {
  return scratch.layouts(name, (bytes) => {
    for (let at = bytes.indexOf(ZLIB_HEADER); at >= 0; at = bytes.indexOf(ZLIB_HEADER, at + 2)) {
      bytes.fill(0xff, at, at + 2);
    }
    return bytes;
  });
}

function withTrap(name: string): string {
  return scratch.layouts(name, (bytes) => {
    bytes[TRAP_AT] = 1;
    return bytes;
  });
}

describe("a damaged chunk", () => {
  it("is refused on reading, and the rest of the granule stays readable", async () => {
    const granule = await opened(withDamagedChunks("chunks.h5"));
    expect(await granule.describe("chunked/f4")).toMatchObject({ shape: [1000] });
    await expect(granule.read("chunked/f4", WHOLE)).rejects.toMatchObject({
      code: "GRANULE_CORRUPT",
      why: expect.stringContaining("compressed chunk"),
      details: { dataset: "/chunked/f4" },
    });
    expect(await granule.read("contiguous/f4", { start: 7, stop: 8 })).toEqual(Float32Array.of(7));
    await granule.close();
  });

  it("prints nothing", async () => {
    const path = withDamagedChunks("quiet.h5");
    const written = vi.spyOn(fs, "writeSync");
    const logged = vi.spyOn(console, "error");
    const granule = await opened(path);
    await expect(granule.read("chunked/f8", WHOLE)).rejects.toMatchObject({ code: "GRANULE_CORRUPT" });
    expect(await granule.describe("contiguous/f4/below")).toBeNull();
    await granule.close();
    expect(written).not.toHaveBeenCalled();
    expect(logged).not.toHaveBeenCalled();
  });

  it("is refused for one wrong byte, and only in its own dataset", async () => {
    const path = scratch.layouts("one-byte.h5", (bytes) => {
      const inFirstChunk = bytes.indexOf(ZLIB_HEADER) + 9;
      bytes.writeUInt8((bytes.readUInt8(inFirstChunk) + 1) % 256, inFirstChunk);
      return bytes;
    });
    const granule = await opened(path);
    const outcomes = await Promise.all(
      ["f4", "f8", "i1", "i4", "i8", "u2", "twice"].map((name) =>
        granule.read(`chunked/${name}`, WHOLE).then(
          () => "read",
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome !== "read")).toEqual(["GRANULE_CORRUPT"]);
    await granule.close();
  });
});

describe("a damaged group", () => {
  it("is refused rather than taken for absent", async () => {
    const path = scratch.layouts("links.h5", (bytes) => {
      const symbolTableNode = Buffer.from("SNOD");
      for (let at = bytes.indexOf(symbolTableNode); at >= 0; at = bytes.indexOf(symbolTableNode, at + 4)) {
        bytes.write("DONS", at);
      }
      return bytes;
    });
    const granule = await opened(path);
    await expect(granule.describe("chunked/f4")).rejects.toMatchObject({ code: "GRANULE_CORRUPT" });
    await expect(granule.read("chunked/f4", WHOLE)).rejects.toMatchObject({ code: "GRANULE_CORRUPT" });
    await granule.close();
  });
});

describe("damage that brings the library down", () => {
  it("is refused, and granules opened before and after are read as ever", async () => {
    const before = await openedByLibrary(LAYOUTS);
    const damaged = await openedByLibrary(withTrap("trap.h5"));
    expect(await before.read("contiguous/compact", { start: 0, stop: 1 })).toEqual(Int32Array.of(3));
    await expect(damaged.describe("big_endian/f8")).rejects.toMatchObject({
      code: "GRANULE_CORRUPT",
      cause: expect.objectContaining({ name: "RuntimeError" }),
    });
    expect(await before.read("contiguous/compact", { start: 2, stop: 3 })).toEqual(Int32Array.of(4));
    expect(await damaged.read("contiguous/compact", { start: 2, stop: 3 })).toEqual(Int32Array.of(4));
    const after = await openedByLibrary(LAYOUTS);
    expect(await after.read("contiguous/compact", { start: 1, stop: 2 })).toEqual(Int32Array.of(1));
    await Promise.all([before.close(), damaged.close(), after.close()]);
  });

  it("does not reach reads that were asked for at the same time", async () => {
    const [before, damaged] = [
      await openedByLibrary(LAYOUTS),
      await openedByLibrary(withTrap("trap-meanwhile.h5")),
    ];
    const one = { start: 0, stop: 1 };
    const [refused, ...reads] = await Promise.allSettled([
      damaged.describe("big_endian/f8"),
      before.read("contiguous/compact", one),
      before.read("contiguous/compact", one),
      before.describe("chunked/f4"),
    ]);
    expect(refused).toMatchObject({ status: "rejected", reason: { code: "GRANULE_CORRUPT" } });
    expect(reads.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    await Promise.all([before.close(), damaged.close()]);
    await expect(before.describe("chunked/f4")).rejects.toBeInstanceOf(TypeError);
  });

  it.runIf(fs.existsSync("/proc/self/fd"))("leaves no file open", async () => {
    const openFiles = () => fs.readdirSync("/proc/self/fd").length;
    const path = withTrap("trap-again.h5");
    const atFirst = openFiles();
    for (let i = 0; i < 3; i++) {
      const damaged = await openedByLibrary(path);
      await expect(damaged.describe("big_endian/f8")).rejects.toMatchObject({ code: "GRANULE_CORRUPT" });
      await damaged.close();
    }
    expect(openFiles()).toBeLessThanOrEqual(atFirst);
  });
});

it("reads the reasons of an HDF5 error stack, outermost first", () => {
  const stack = [
    "HDF5-DIAG: Error detected in HDF5 (2.0.0):",
    "  #000: /src/H5D.c line 1061 in H5Dread(): can't synchronously read data",
    "    major: Dataset",
    "    minor: Read failed",
    "  #001: /src/H5Zdeflate.c line 151 in H5Z__filter_deflate(): inflate() failed",
  ].join("\n");
  expect(stackReasons(stack)).toEqual(["can't synchronously read data", "inflate() failed"]);
  expect(stackReasons("")).toEqual([]);
});
