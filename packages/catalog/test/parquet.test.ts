import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errorToJson, type JsonObject } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColumnSource } from "hyparquet-writer";
import { granuleOf, openParquetCatalog, wkbFromGeoJson, type CatalogItem } from "../src/index.js";
import { anyItem } from "./arbitraries.js";
import { encoded, foreign, granulesIn, itemsIn, sourceOf } from "./parquet-files.js";
import { runs } from "../../../vitest.effort.mjs";

const open = (bytes: Uint8Array) => openParquetCatalog(sourceOf(bytes));
const square = {
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ],
  ],
} as JsonObject;

function item(id: string, parts: Partial<CatalogItem> = {}): CatalogItem {
  return {
    id,
    collection: "ATL06_006",
    geometry: square,
    bbox: [0, 0, 1, 1],
    start: "2019-02-21T12:19:05.196Z",
    end: "2019-02-21T12:24:16.042123Z",
    assets: {
      data: { href: `https://data.example.org/${id}.h5`, roles: ["data"] },
      data_s3: { href: `s3://bucket/${id}.h5` },
    },
    updated: "2021-11-23T06:14:29Z",
    bytes: 62_069_498,
    ...parts,
  };
}

/** Names of assets that items here have beside the standard ones. */
const assets = ["data_file", "thumbnail", "B02"];

describe("stac-geoparquet", () => {
  it("gives every item back, whatever its parts and however the rows are grouped", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyItem, { maxLength: 7 }),
        fc.integer({ min: 1, max: 8 }),
        async (items, rowGroupRows) => {
          const bytes = await encoded([items.slice(0, 3), items.slice(3)], {
            metadata: { source: "test" },
            assets,
            rowGroupRows,
          });
          const catalog = await open(bytes);
          expect(catalog.entries).toBe(items.length);
          const found = await itemsIn(catalog);
          expect(found).toEqual({ items, problems: [] });
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it("gives the granules that its items give", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyItem, { minLength: 1, maxLength: 5 }), async (items) => {
        const catalog = await open(
          await encoded([items], { metadata: { source: "test" }, assets, rowGroupRows: 2 }),
        );
        const expected = items
          .map(granuleOf)
          .map(({ record, footprint, problem }) => ({ record, footprint, isPlaced: problem === undefined }));
        const found = (await granulesIn(catalog)).map(({ record, footprint, problem }) => ({
          record,
          footprint,
          isPlaced: problem === undefined,
        }));
        expect(found).toEqual(expected);
      }),
      { numRuns: runs(60) },
    );
  });

  it("is the same, byte by byte, however the items come", async () => {
    const items = Array.from({ length: 10 }, (_, i) => item(`G${i}`));
    const options = { metadata: { source: "test" }, rowGroupRows: 4 };
    const whole = await encoded([items], options);
    expect(await encoded([items.slice(0, 1), [], items.slice(1, 9), items.slice(9)], options)).toEqual(whole);
  });

  it("keeps the catalog's metadata and counts its granules", async () => {
    const metadata = { source: "cmr-stac", short_name: "ATL06", bbox: [0, 0, 1, 1], other: { kept: true } };
    const catalog = await open(await encoded([[item("A"), item("B")]], { metadata }));
    expect(catalog.metadata).toEqual({ ...metadata, total_granules: 2 });
    expect(Object.keys(catalog.metadata)[0]).toBe("source");
  });

  it("holds no granule as well as many", async () => {
    const catalog = await open(await encoded([]));
    expect([catalog.entries, await itemsIn(catalog)]).toEqual([0, { items: [], problems: [] }]);
  });

  it("refuses an asset that came too late for a column", async () => {
    const late = item("B", { assets: { thumbnail: { href: "https://data.example.org/B.png" } } });
    const options = { metadata: { source: "test" }, rowGroupRows: 1 };
    await expect(encoded([[item("A")], [late]], options)).rejects.toMatchObject({ code: "CATALOG_ASSET" });
    await expect(
      encoded([[item("A")], [late]], { ...options, assets: ["thumbnail"] }),
    ).resolves.toBeInstanceOf(Uint8Array);
  });

  it("names an item whose geometry cannot be stored, and keeps it without", async () => {
    const bad = item("B", { geometry: { type: "Polygon", coordinates: [[["x", 0]]] } });
    await expect(encoded([[item("A"), bad]])).rejects.toMatchObject({ code: "CATALOG_GEOMETRY" });
    const named: string[] = [];
    const bytes = await encoded([[item("A"), bad]], {
      metadata: { source: "test" },
      onProblem: ({ id }) => named.push(id),
    });
    expect(named).toEqual(["B"]);
    expect((await itemsIn(await open(bytes))).items[1]).toMatchObject({
      id: "B",
      geometry: null,
      bytes: 62_069_498,
    });
  });

  it("takes the bounding box of a granule without a geometry for its footprint", async () => {
    const [boxed, nowhere] = await granulesIn(
      await open(await encoded([[item("A", { geometry: null }), item("B", { geometry: null, bbox: null })]])),
    );
    expect(boxed!.footprint?.[0]?.[0]?.latDeg).toContain(1);
    expect(nowhere).toMatchObject({ footprint: null, problem: { code: "CATALOG_NO_AREA" } });
  });

  it("names a granule without a data file", async () => {
    const [granule] = await granulesIn(await open(await encoded([[item("A", { assets: {} })]])));
    expect(granule).toMatchObject({
      record: { id: "A", s3: null, https: null },
      problem: { code: "CATALOG_NO_DATA" },
    });
  });
});

describe("stac-geoparquet of other writers", () => {
  const wkb = wkbFromGeoJson(square);
  const id: ColumnSource = { name: "id", data: ["A", "B"], type: "STRING" };
  const geometry: ColumnSource = { name: "geometry", data: [wkb, wkb], type: "BYTE_ARRAY" };
  const assets: ColumnSource = {
    name: "assets",
    type: "STRING",
    data: ['{"h5":{"href":"https://data.example.org/A.h5","roles":["data"]}}', "[]"],
  };

  it("reads assets from JSON text, times from text, and boxes from lists", async () => {
    const start: ColumnSource = {
      name: "datetime",
      data: ["2019-02-21T12:19:05+00:00", null],
      type: "STRING",
    };
    const bytes = foreign([id, geometry, assets, start]);
    const { items, problems } = await itemsIn(await open(bytes));
    expect(items).toMatchObject([
      { id: "A", start: "2019-02-21T12:19:05Z", bbox: null, assets: { data: { roles: ["data"] } } },
    ]);
    expect(problems.map(({ id: name, error }) => [name, error.code])).toEqual([["B", "CATALOG_ITEM"]]);
    const granules = await granulesIn(await open(bytes));
    expect(granules.map(({ record, problem }) => [record.https, problem?.code])).toEqual([
      ["https://data.example.org/A.h5", undefined],
      [null, "CATALOG_ITEM"],
    ]);
  });

  it.each([
    ["id", [geometry, assets]],
    ["geometry", [id, assets]],
    ["assets", [id, geometry]],
  ])("names the column %s when it is missing", async (name, columns) => {
    await expect(open(foreign(columns))).rejects.toMatchObject({
      code: "CATALOG_PARQUET_COLUMN",
      details: { missing: [name] },
    });
  });

  it("reads the geometry column that the metadata name", async () => {
    const outline = { ...geometry, name: "outline" };
    const column = { encoding: "WKB", geometry_types: [], crs: { id: { authority: "OGC", code: "CRS84" } } };
    const geo = { version: "1.0.0", primary_column: "outline", columns: { outline: column } };
    expect((await itemsIn(await open(foreign([id, outline, assets], { geo })))).items[0]?.geometry).toEqual(
      square,
    );
  });

  it.each([
    ["polar stereographic coordinates", { encoding: "WKB", crs: { id: { authority: "EPSG", code: 3031 } } }],
    ["an unnamed reference system", { encoding: "WKB", crs: { type: "ProjectedCRS", name: "mine" } }],
    ["arrays of coordinates", { encoding: "polygon" }],
    ["nothing", undefined],
  ])("refuses geometries in %s", async (_what, column) => {
    const geo = { version: "1.1.0", primary_column: "geometry", columns: { geometry: column } };
    const bytes = foreign([id, geometry, assets], { geo });
    await expect(open(bytes)).rejects.toMatchObject({ code: "CATALOG_PARQUET_GEO" });
  });

  it("names a row whose geometry is damaged", async () => {
    const bytes = foreign([
      id,
      { ...geometry, data: [wkb, wkb.subarray(0, 20)] },
      { ...assets, data: [assets.data[0], assets.data[0]] },
    ]);
    const { items, problems } = await itemsIn(await open(bytes));
    expect([items.map((one) => one.id), problems.map(({ error }) => error.code)]).toEqual([
      ["A"],
      ["CATALOG_WKB"],
    ]);
  });

  it("refuses a column of another type", async () => {
    const numbers: ColumnSource = { name: "id", data: [1, 2], type: "INT32" };
    const { problems } = await itemsIn(await open(foreign([numbers, geometry, assets])));
    expect(problems.map(({ error }) => error.code)).toEqual([
      "CATALOG_PARQUET_COLUMN",
      "CATALOG_PARQUET_COLUMN",
    ]);
  });
});

describe("a damaged file", () => {
  /** What became of reading all of it: how many granules, or the code of the error. */
  async function outcome(bytes: Uint8Array): Promise<number | string> {
    try {
      const catalog = await open(bytes);
      return (await itemsIn(catalog)).items.length + (await granulesIn(catalog)).length;
    } catch (error) {
      return errorToJson(error).code;
    }
  }

  it("is refused with a code when it is cut off, at every hundredth", async () => {
    const bytes = await encoded([Array.from({ length: 20 }, (_, i) => item(`G${i}`))], {
      metadata: { source: "test" },
      rowGroupRows: 7,
    });
    for (let part = 0; part < 100; part++) {
      expect(await outcome(bytes.subarray(0, Math.floor((bytes.length * part) / 100)))).toBe(
        "CATALOG_PARQUET",
      );
    }
    // Cut in the middle, with an end that looks right.
    for (let part = 1; part < 100; part++) {
      const gap = Math.floor(((bytes.length - 200) * part) / 100);
      const joined = Buffer.concat([bytes.subarray(0, 4), bytes.subarray(4 + gap)]);
      expect(await outcome(joined)).toBe("CATALOG_PARQUET");
    }
  });

  it("is refused with a code or read as far as it makes sense when bytes are changed", async () => {
    const bytes = await encoded([Array.from({ length: 5 }, (_, i) => item(`G${i}`))]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        async (changes) => {
          const changed = bytes.slice();
          for (const [at, byte] of changes) changed[at] = byte;
          const result = await outcome(changed);
          expect(typeof result === "string" ? /^CATALOG_/.test(result) : result <= 10).toBe(true);
        },
      ),
      { numRuns: runs(400) },
    );
  }, 30_000);

  it.each([
    ["nothing", new Uint8Array()],
    ["four bytes", Buffer.from("PAR1")],
    ["text", Buffer.from("<!DOCTYPE html><html></html>")],
  ])("is %s", async (_what, bytes) => expect(await outcome(Uint8Array.from(bytes))).toBe("CATALOG_PARQUET"));
});

const neon = fileURLToPath(
  new URL("../../../../shared/fixtures/benchmark/catalogs/cat_neon.parquet", import.meta.url),
);

describe.runIf(existsSync(neon))("a real catalog (only where ../shared stands)", () => {
  it("is read whole, and written again with the same items", async () => {
    const catalog = await open(readFileSync(neon));
    const { items, problems } = await itemsIn(catalog);
    expect([catalog.entries, items.length, problems]).toEqual([2089, 2089, []]);
    expect(catalog.metadata).toMatchObject({ short_name: "ATL03", total_granules: 555867 });
    expect(items[0]).toMatchObject({ start: "2018-10-14T03:19:24.370Z", end: "2018-10-14T03:27:54.577Z" });
    const again = await open(await encoded([items], { metadata: catalog.metadata }));
    expect((await itemsIn(again)).items).toEqual(items);
    expect(await granulesIn(again)).toEqual(await granulesIn(catalog));
    expect((await granulesIn(catalog)).filter(({ problem }) => problem)).toEqual([]);
  });
});
