/** Forms that other Parquet writers give to the columns of a catalog. */
import { parquetWriteBuffer, type ColumnSource, type SchemaElement } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { openParquetCatalog, wkbFromGeoJson } from "../src/index.js";
import { foreign, granulesIn, itemsIn, sourceOf } from "./parquet-files.js";

const open = (bytes: Uint8Array) => openParquetCatalog(sourceOf(bytes));
const wkb = wkbFromGeoJson({
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
});
const href = "https://data.example.org/A.h5";
const id: ColumnSource = { name: "id", data: ["A", "B"], type: "STRING" };
const geometry: ColumnSource = { name: "geometry", data: [wkb, wkb], type: "BYTE_ARRAY" };

describe("stac-geoparquet of other writers", () => {
  it("reads assets from a column of the type JSON, and names the row where they are none", async () => {
    const schema: SchemaElement[] = [
      { name: "root", num_children: 3 },
      { name: "id", type: "BYTE_ARRAY", converted_type: "UTF8" },
      { name: "geometry", type: "BYTE_ARRAY" },
      { name: "assets", type: "BYTE_ARRAY", converted_type: "JSON" },
    ];
    const columns: ColumnSource[] = [
      { name: "id", data: ["A", "B"] },
      { name: "geometry", data: [wkb, wkb] },
      { name: "assets", data: [{ data: { href } }, "none"] },
    ];
    const { items, problems } = await itemsIn(await open(foreign(columns, {}, schema)));
    expect(items.map(({ assets }) => assets)).toEqual([{ data: { href } }]);
    expect(problems.map((problem) => [problem.id, problem.error.code])).toEqual([["B", "CATALOG_ITEM"]]);
  });

  it("reads a compressed column of which nothing is left", async () => {
    const asked: number[] = [];
    /** LZ4 of one run of literals; of nothing as liblz4 has it. */
    const literals = (bytes: Uint8Array): Uint8Array => {
      asked.push(bytes.length);
      if (bytes.length < 15) return Uint8Array.of(bytes.length << 4, ...bytes);
      const rest = bytes.length - 15;
      return Uint8Array.of(240, ...Array<number>(Math.floor(rest / 255)).fill(255), rest % 255, ...bytes);
    };
    const columns: ColumnSource[] = [
      id,
      geometry,
      { name: "assets", data: [`{"data":{"href":"${href}"}}`, "{}"], type: "STRING" },
      { name: "collection", data: [null, null], type: "STRING" },
    ];
    const bytes = parquetWriteBuffer({
      columnData: columns,
      codec: "LZ4_RAW",
      compressors: { LZ4_RAW: literals },
    });
    expect(asked).toContain(0);
    const { items, problems } = await itemsIn(await open(new Uint8Array(bytes)));
    expect([items.map(({ collection }) => collection), problems]).toEqual([[null, null], []]);
  });

  it("refuses assets in a map, whose entries have no columns of their own", async () => {
    const schema: SchemaElement[] = [
      { name: "root", num_children: 3 },
      { name: "id", type: "BYTE_ARRAY", converted_type: "UTF8" },
      { name: "geometry", type: "BYTE_ARRAY" },
      { name: "assets", num_children: 1, repetition_type: "OPTIONAL", converted_type: "MAP" },
      { name: "key_value", num_children: 2, repetition_type: "REPEATED" },
      { name: "key", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
      { name: "value", num_children: 1, repetition_type: "OPTIONAL" },
      { name: "href", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
    ];
    const columns: ColumnSource[] = [
      { name: "id", data: ["A", "B"] },
      { name: "geometry", data: [wkb, wkb] },
      { name: "assets", data: [{ data: { href } }, { data: { href } }] },
    ];
    await expect(open(foreign(columns, {}, schema))).rejects.toMatchObject({
      code: "CATALOG_PARQUET_COLUMN",
      details: { missing: ["assets"] },
    });
  });

  it("gives a granule for each row of a file with many row groups", async () => {
    const columns: ColumnSource[] = [
      { name: "id", data: Array.from({ length: 50 }, (_, i) => `G${i}`), type: "STRING" },
      { name: "geometry", data: Array.from({ length: 50 }, () => wkb), type: "BYTE_ARRAY" },
      {
        name: "assets",
        data: Array.from({ length: 50 }, (_, i) => `{"x":{"href":"s3://b/${i}.h5"}}`),
        type: "STRING",
      },
    ];
    const bytes = parquetWriteBuffer({ columnData: columns, rowGroupSize: 3 });
    const granules = await granulesIn(await open(new Uint8Array(bytes)));
    expect(granules.map(({ record }) => [record.id, record.s3])).toEqual(
      Array.from({ length: 50 }, (_, i) => [`G${i}`, `s3://b/${i}.h5`]),
    );
  });
});
