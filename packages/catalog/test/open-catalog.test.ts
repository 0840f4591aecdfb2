import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openCatalog, writeCatalog } from "../src/fs.js";
import type { CatalogItem } from "../src/index.js";
import { granulesIn, itemsIn } from "./parquet-files.js";

const folder = mkdtempSync(join(tmpdir(), "zagg-catalog-"));
afterAll(() => rmSync(folder, { recursive: true }));

const feature = {
  type: "Feature",
  id: "A",
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  },
  properties: { datetime: "2020-01-01T00:00:00Z" },
  assets: { data: { href: "A.h5", roles: ["data"] } },
};
const umm = {
  GranuleUR: "U",
  SpatialExtent: {
    HorizontalSpatialDomain: {
      Orbit: {
        AscendingCrossing: 0,
        StartLatitude: 0,
        StartDirection: "A",
        EndLatitude: 27,
        EndDirection: "A",
      },
    },
  },
  RelatedUrls: [{ URL: "https://data.example.org/U.h5", Type: "GET DATA" }],
};

function written(name: string, value: string | object | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    value instanceof Uint8Array || typeof value === "string" ? value : JSON.stringify(value),
  );
  return path;
}

describe("openCatalog", () => {
  it("knows what a file is by what it holds", async () => {
    const items = (
      await itemsIn(await openCatalog(written("a.txt", { features: [feature], bbox: [0, 0, 1, 1] })))
    ).items;
    await writeCatalog(join(folder, "b.json"), [items], {
      metadata: { source: "test" },
      assets: ["data_file"],
    });
    const opened = await Promise.all(
      [join(folder, "a.txt"), join(folder, "b.json"), written("c.parquet", { items: [{ umm }] })].map(
        (path) => openCatalog(path),
      ),
    );
    expect(opened.map(({ format, entries, metadata }) => [format, entries, metadata])).toEqual([
      ["stac", 1, { source: "STAC items", bbox: [0, 0, 1, 1] }],
      ["stac-geoparquet", 1, { source: "test", total_granules: 1 }],
      ["umm-json", 1, { source: "UMM-JSON" }],
    ]);
    for (const catalog of opened) expect((await granulesIn(catalog))[0]?.problem).toBeUndefined();
    expect((await itemsIn(opened[1]!)).items).toEqual(items);
    expect(readdirSync(folder).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  it("tells of entries that are no granule, and counts them", async () => {
    const catalog = await openCatalog(
      written("bad.json", {
        features: [feature, { ...feature, id: 7 }, { ...feature, id: "B", assets: {} }],
      }),
    );
    expect(catalog.entries).toBe(3);
    expect((await itemsIn(catalog)).problems.map(({ id, error }) => [id, error.code])).toEqual([
      ["entry 1", "CATALOG_ITEM"],
    ]);
    const problems = (await granulesIn(catalog)).map(({ record, problem }) => [record.id, problem?.code]);
    expect(problems.sort()).toEqual([
      ["A", undefined],
      ["B", "CATALOG_NO_DATA"],
      ["entry 1", "CATALOG_ITEM"],
    ]);
  });

  it("can be read again from the start", async () => {
    const catalog = await openCatalog(written("again.json", { features: [feature] }));
    expect(await itemsIn(catalog)).toEqual(await itemsIn(catalog));
  });

  it.each([
    ["a web page", "<!DOCTYPE html><html></html>", "CATALOG_FORMAT"],
    ["nothing", "", "CATALOG_FORMAT"],
    ["other JSON", { type: "Catalog", links: [] }, "CATALOG_FORMAT"],
    ["a number", "7", "CATALOG_FORMAT"],
    ["the beginning of a Parquet file", "PAR1xxxx", "CATALOG_PARQUET"],
  ])("refuses %s with a code and the file's name", async (_what, value, code) => {
    const path = written("refused", value);
    await expect(openCatalog(path)).rejects.toMatchObject({ code, path });
  });

  it("names the file in errors that come as it is read on", async () => {
    const path = written("damaged.parquet", "");
    const item = {
      ...feature,
      collection: null,
      bbox: null,
      start: null,
      end: null,
      updated: null,
      bytes: null,
    };
    await writeCatalog(path, [[item as unknown as CatalogItem]], { metadata: { source: "test" } });
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(255, 4, bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8)));
    const opened = await openCatalog(path);
    await expect(itemsIn(opened)).rejects.toMatchObject({ code: "CATALOG_PARQUET", path });
    rmSync(path);
    await expect(granulesIn(opened)).rejects.toMatchObject({ path });
  });

  it("reads JSON that begins with a byte order mark", async () => {
    const catalog = await openCatalog(
      written("mark.json", `\uFEFF${JSON.stringify({ features: [feature] })}`),
    );
    expect(catalog.entries).toBe(1);
  });

  it("says when there is no such file", async () => {
    await expect(openCatalog(join(folder, "absent"))).rejects.toMatchObject({ code: "CATALOG_UNREADABLE" });
    await expect(openCatalog(folder)).rejects.toMatchObject({ code: "CATALOG_UNREADABLE" });
  });
});

describe("writeCatalog", () => {
  it("leaves the old file as it was when the new one cannot be written", async () => {
    const path = written("kept.parquet", "old");
    const item = {
      id: "A",
      assets: {},
      geometry: { type: "Polygon", coordinates: 7 },
    } as unknown as CatalogItem;
    await expect(writeCatalog(path, [[item]], { metadata: { source: "test" } })).rejects.toMatchObject({
      code: "CATALOG_GEOMETRY",
    });
    expect(readFileSync(path, "utf8")).toBe("old");
    const blocked = writeCatalog(join(path, "below", "a.parquet"), [], { metadata: { source: "test" } });
    await expect(blocked).rejects.toMatchObject({ code: "CATALOG_UNWRITABLE" });
  });
});
