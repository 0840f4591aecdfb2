import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  granuleHref,
  granuleHrefs,
  mergeShardMaps,
  parseShardMap,
  relativeHref,
  type GranuleRecord,
} from "../src/index.js";

const all: GranuleRecord = { id: "g", s3: "s3://b/g.h5", https: "https://h/g.h5", file: "g.h5" };
const inFile = (file: string, base: string): string =>
  granuleHref({ id: "g", s3: null, https: null, file }, { base });

describe("choosing an href", () => {
  it.each([
    ["file", "/maps/g.h5"],
    ["s3", "s3://b/g.h5"],
    ["https", "https://h/g.h5"],
    [undefined, "/maps/g.h5"],
  ] as const)("takes the one that the driver %s names", (driver, href) => {
    expect(granuleHref(all, { driver, base: "/maps" })).toBe(href);
  });

  it("takes the first of file, s3, https when the named one is null, empty or absent", () => {
    expect(granuleHref({ ...all, file: "" }, { driver: "file", base: "/maps" })).toBe("s3://b/g.h5");
    expect(granuleHref({ ...all, s3: null }, { driver: "s3", base: "/maps" })).toBe("/maps/g.h5");
    const { file: _file, ...remote } = all;
    expect(granuleHref({ ...remote, s3: null }, { driver: "s3", base: "/maps" })).toBe("https://h/g.h5");
  });

  it("refuses a record without any, by name", () => {
    expect(() => granuleHref({ id: "lost.h5", s3: null, https: "" }, { base: "." })).toThrow(
      expect.objectContaining({
        code: "GRANULE_NO_HREF",
        message: expect.stringContaining("lost.h5") as string,
      }),
    );
  });

  it.each([
    ["a/g.h5", "/maps", "/maps/a/g.h5"],
    ["../data/g.h5", "/home/maps/", "/home/data/g.h5"],
    ["./g.h5", "maps", "maps/g.h5"],
    ["../g.h5", "maps", "g.h5"],
    ["../g.h5", "", "../g.h5"],
    ["g.h5", ".", "g.h5"],
    ["../data/g.h5", "s3://bucket/maps", "s3://bucket/data/g.h5"],
    ["g.h5", "s3://bucket", "s3://bucket/g.h5"],
    ["../g 1#2.h5", "file:///a/maps/", "file:///a/g 1#2.h5"],
    ["../data/g.h5", "C:\\maps", "C:/data/g.h5"],
    ["../../../g.h5", "/maps", "/g.h5"],
  ])("resolves the relative file %s against the map's folder %s", (file, base, href) => {
    expect(inFile(file, base)).toBe(href);
  });

  it.each(["/data/g.h5", "file:///data/g.h5", "https://h/a/../g.h5?x=a//b", "C:\\data\\g.h5"])(
    "leaves the absolute file %s as it is",
    (file) => {
      expect(inFile(file, "/maps")).toBe(file);
    },
  );
});

describe("writing an href relative to the map", () => {
  it.each([
    ["/home/u/maps", "/home/u/data/g.h5", "../data/g.h5"],
    ["/home/u", "/home/u/g.h5", "g.h5"],
    ["/home/u/./x/..", "/home/u/g.h5", "g.h5"],
    ["maps", "data/g.h5", "../data/g.h5"],
    ["", "data/g.h5", "data/g.h5"],
    ["../maps", "../data/g.h5", "../data/g.h5"],
    ["file:///home/u/maps", "file:///home/u/g.h5", "../g.h5"],
    ["file:///home/maps", "file:///mnt/g.h5", "file:///mnt/g.h5"],
    ["s3://b/maps", "s3://b/data/g.h5", "../data/g.h5"],
    ["/home/u/maps", "/mnt/data/g.h5", "/mnt/data/g.h5"],
    ["/home/u/maps", "s3://b/g.h5", "s3://b/g.h5"],
    ["s3://a/maps", "s3://b/g.h5", "s3://b/g.h5"],
    ["maps", "/data/g.h5", "/data/g.h5"],
    ["/maps/g.h5", "/maps/g.h5/g.h5", "g.h5"],
  ])("from %s, %s is %s", (from, to, href) => {
    expect(relativeHref(from, to)).toBe(href);
  });

  it("refuses what depends on the current folder", () => {
    expect(() => relativeHref("/maps", "data/g.h5")).toThrow(RangeError);
    expect(() => relativeHref("../maps", "data/g.h5")).toThrow(RangeError);
  });

  it("is undone by resolving against the same folder", () => {
    const segment = fc.constantFrom("a", "b", "c d", "x.h5", "é");
    const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join("/"));
    const root = fc.constantFrom("/", "", "s3://bucket/", "D:/");
    fc.assert(
      fc.property(root, path, path, (start, folder, file) => {
        const href = relativeHref(start + folder, start + file);
        expect(inFile(href, start + folder)).toBe(start + file);
      }),
    );
  });
});

describe("hrefs by scheme", () => {
  const record: GranuleRecord = {
    id: "id://never",
    s3: null,
    https: "https://h/g.h5",
    file: "g.h5",
    gs: "gs://bucket/g.h5",
    az: "AZ://account/g.h5",
    note: "see https://h/readme",
    other: "s3://b/g.h5",
    updated: "2024-01-01T00:00:00Z",
    "not a scheme": "not a scheme://x",
    bytes: 7,
  };

  it("are the members that are called by the scheme of their URI, the usual ones first", () => {
    expect(granuleHrefs(record)).toEqual([
      { scheme: "file", href: "g.h5" },
      { scheme: "https", href: "https://h/g.h5" },
      { scheme: "gs", href: "gs://bucket/g.h5" },
      { scheme: "az", href: "AZ://account/g.h5" },
    ]);
  });

  it.each([
    ["gs", "gs://bucket/g.h5"],
    ["az", "AZ://account/g.h5"],
    ["id", "/maps/g.h5"],
    ["other", "/maps/g.h5"],
    ["ftp", "/maps/g.h5"],
  ])("are chosen by the driver %s", (driver, href) => {
    expect(granuleHref(record, { driver, base: "/maps" })).toBe(href);
  });

  it("are the last resort when there are none of file, s3 and https", () => {
    const { file: _file, ...others } = record;
    expect(granuleHref({ ...others, https: null }, { base: "/maps" })).toBe("gs://bucket/g.h5");
  });

  it("over http stand under https, as catalogs have them", () => {
    const over = { id: "g", s3: "bucket/g.h5", https: "http://h/g.h5" };
    expect(granuleHrefs(over)).toEqual([{ scheme: "https", href: "http://h/g.h5" }]);
  });

  it("are kept in maps and filled in when maps are merged", () => {
    const signature = { type: "x" };
    const text = (granule: object): string =>
      JSON.stringify({ metadata: {}, grid_signature: signature, shard_keys: [1], granules: [[granule]] });
    const one = { id: "g", s3: null, https: null };
    const other = { ...one, gs: "gs://b/g", note: "az://not/one" };
    const maps = [one, other].map((granule, i) => ({ name: `${i}`, map: parseShardMap(text(granule)) }));
    expect(maps[1]!.map.granules[0]![0]).toEqual(other);
    expect(mergeShardMaps(maps).map.granules[0]![0]).toEqual({ ...one, gs: "gs://b/g" });
  });
});
