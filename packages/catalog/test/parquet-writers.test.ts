/** Forms that other Parquet writers give to the columns of a catalog. */
import { parquetWriteBuffer, type ColumnSource, type SchemaElement } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { openParquetCatalog, parseJsonCatalog, wkbFromGeoJson } from "../src/index.js";
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

  const text = (name: string): SchemaElement => ({
    name,
    type: "BYTE_ARRAY",
    converted_type: "UTF8",
    repetition_type: "OPTIONAL",
  });
  const group = (name: string, ...children: SchemaElement[][]): SchemaElement[] => [
    { name, num_children: children.length, repetition_type: "OPTIONAL" },
    ...children.flat(),
  ];
  const list = (name: string): SchemaElement[] => [
    { name, num_children: 1, repetition_type: "OPTIONAL", converted_type: "LIST" },
    { name: "list", num_children: 1, repetition_type: "REPEATED" },
    text("element"),
  ];
  const asset = (name: string): SchemaElement[] =>
    group(
      name,
      [text("href")],
      list("roles"),
      group("alternate", group("s3", [text("href")]), group("gs", [text("href")])),
    );
  const map: SchemaElement[] = [
    { name: "assets", num_children: 1, repetition_type: "OPTIONAL", converted_type: "MAP" },
    { name: "key_value", num_children: 2, repetition_type: "REPEATED" },
    { ...text("key"), repetition_type: "REQUIRED" },
    ...group("value", [text("href")], list("roles")),
  ];
  const rows: SchemaElement[] = [
    { name: "id", type: "BYTE_ARRAY", converted_type: "UTF8" },
    { name: "geometry", type: "BYTE_ARRAY" },
  ];
  /** Null where the asset of the usual name is, and data under another; data in S3 beside; a mirror of another scheme. */
  const assets: readonly Record<string, unknown>[] = [
    { granule: { href, roles: ["data"], alternate: { s3: { href: "s3://mirror/A.h5" } } } },
    {
      data: { href: "https://data.example.org/B.h5", alternate: { gs: { href: "gs://mirror/B.h5" } } },
      granule: { href: "s3://bucket/B.h5", roles: ["data"] },
    },
  ];
  const wide = assets.map((row) =>
    Object.fromEntries(
      ["data", "granule"].map((name) => {
        const { alternate = null, roles = null, ...own } = (row[name] ?? {}) as Record<string, unknown>;
        const mirrors = alternate === null ? null : { s3: null, gs: null, ...(alternate as object) };
        return [name, row[name] === undefined ? null : { ...own, roles, alternate: mirrors }];
      }),
    ),
  );
  const ofAsset = (name: string): unknown[] => wide.map((row) => row[name]);
  const entries = assets.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, one]) => {
        const { href: own, roles = null } = one as Record<string, unknown>;
        return [name, { href: own, roles }];
      }),
    ),
  );

  it.each<[string, SchemaElement[][], ColumnSource[]]>([
    ["structs", [group("assets", asset("data"), asset("granule"))], [{ name: "assets", data: wide }]],
    [
      "columns of their own",
      [asset("assets.data"), asset("assets.granule")],
      ["data", "granule"].map((name) => ({ name: `assets.${name}`, data: ofAsset(name) })),
    ],
    ["JSON", [[text("assets")]], [{ name: "assets", data: assets.map((row) => JSON.stringify(row)) }]],
    [
      "JSON for each asset",
      [[text("assets.data")], [text("assets.granule")]],
      ["data", "granule"].map((name) => ({
        name: `assets.${name}`,
        data: assets.map((row) => (row[name] === undefined ? null : JSON.stringify(row[name]))),
      })),
    ],
  ])("reads assets in %s as they are read in a JSON catalog", async (_form, schemas, columns) => {
    const schema = [
      { name: "root", num_children: 2 + schemas.length },
      ...rows,
      ...schemas.flat(),
    ] as SchemaElement[];
    const plain = [
      { name: "id", data: ["A", "B"] },
      { name: "geometry", data: [wkb, wkb] },
    ];
    const granules = await granulesIn(await open(foreign([...plain, ...columns], {}, schema)));
    const features = assets.map((row, i) => ({
      type: "Feature",
      id: "AB"[i],
      geometry: null,
      bbox: [0, 0, 1, 1],
      assets: row,
    }));
    const inJson = await granulesIn(parseJsonCatalog(JSON.stringify({ features })));
    expect(granules.map(({ record }) => record)).toEqual(inJson.map(({ record }) => record));
    expect(granules.map(({ record }) => [record.https, record.s3, record["gs"]])).toEqual([
      [href, "s3://mirror/A.h5", undefined],
      ["https://data.example.org/B.h5", "s3://bucket/B.h5", "gs://mirror/B.h5"],
    ]);
  });

  it("reads assets in a map", async () => {
    const schema = [{ name: "root", num_children: 3 }, ...rows, ...map] as SchemaElement[];
    const columns: ColumnSource[] = [
      { name: "id", data: ["A", "B"] },
      { name: "geometry", data: [wkb, wkb] },
      { name: "assets", data: entries },
    ];
    const granules = await granulesIn(await open(foreign(columns, {}, schema)));
    expect(granules.map(({ record }) => [record.https, record.s3])).toEqual([
      [href, null],
      ["https://data.example.org/B.h5", "s3://bucket/B.h5"],
    ]);
  });

  it("takes the same of several files of a kind, in whatever order they stand", async () => {
    const hrefs = ["https://data.example.org/b.h5", "https://data.example.org/a.h5"];
    const named = { second: { href: hrefs[0] }, first: { href: hrefs[1] } };
    const backwards = Object.fromEntries(Object.entries(named).reverse());
    for (const row of [named, backwards]) {
      const feature = { type: "Feature", id: "A", geometry: null, bbox: [0, 0, 1, 1], assets: row };
      const [granule] = await granulesIn(parseJsonCatalog(JSON.stringify(feature)));
      expect(granule!.record.https).toBe(hrefs[1]);
    }
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
