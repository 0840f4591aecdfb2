import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { granuleOf, itemFromStac, itemsFromStac, utcTime } from "../src/index.js";

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
};
const host = "https://data.example.org/ATL06/A.h5";

/** JSON nested so deep that it can be read but not written. */
const abyss = (type: string): object =>
  JSON.parse(
    type === "list"
      ? `${"[".repeat(20_000)}${"]".repeat(20_000)}`
      : `${'{"type":"GeometryCollection","geometries":['.repeat(20_000)}${"]}".repeat(20_000)}`,
  ) as object;

function item(parts: object = {}) {
  return {
    type: "Feature",
    id: "A",
    geometry: square,
    properties: { start_datetime: "2019-02-21T12:19:05.196Z", end_datetime: "2019-02-21T12:24:16.042Z" },
    assets: { h5: { href: host, roles: ["data"] } },
    ...parts,
  };
}

describe("itemFromStac", () => {
  it("names an item whose geometry is nested without end, at any place", () => {
    const geometries = [abyss("list"), { type: "Polygon", coordinates: abyss("list") }, abyss("collections")];
    const { items, problems } = itemsFromStac(geometries.map((geometry) => item({ geometry })))!;
    expect(problems.map(({ error }) => error.code)).toEqual(["CATALOG_ITEM"]);
    expect(items.map((one) => granuleOf(one).problem?.code)).toEqual([
      "REGION_NOT_GEOJSON",
      "REGION_NOT_GEOJSON",
    ]);
  });

  it("names assets by what they are, whatever the source calls them", () => {
    const { assets } = itemFromStac(
      item({
        assets: {
          "001/A": { href: host, roles: ["data"], title: "Download" },
          s3_A: { href: "s3://bucket/A.h5", roles: ["data"] },
          xml: { href: "https://data.example.org/A.iso.xml", roles: ["metadata"] },
          index: { href: "https://data.example.org/A.dmrpp", roles: ["data"] },
          picture: { href: "https://data.example.org/A.png", roles: ["browse"] },
          nothing: { roles: ["data"] },
        },
      }),
    );
    expect(assets).toEqual({
      data: { href: host, roles: ["data"], title: "Download" },
      data_s3: { href: "s3://bucket/A.h5", roles: ["data"] },
      metadata: { href: "https://data.example.org/A.iso.xml", roles: ["metadata"] },
    });
  });

  it("keeps browse images when asked", () => {
    const picture = { href: "https://data.example.org/A.png", roles: ["thumbnail"] };
    const value = item({ assets: { data: { href: host, roles: ["data"] }, picture } });
    expect(Object.keys(itemFromStac(value).assets)).toEqual(["data"]);
    expect(itemFromStac(value, { browse: true }).assets["picture"]).toEqual(picture);
  });

  it("keeps the bands of a scene under their names, and takes the first for the data", () => {
    const band = (name: string) => ({ href: `https://data.example.org/${name}.tif`, roles: ["data"] });
    const { assets } = itemFromStac(item({ assets: { blue: band("B02"), green: band("B03") } }));
    expect(assets).toEqual({ data: band("B02"), blue: band("B02"), green: band("B03") });
  });

  it.each(["file:///data/A.h5", "A.h5", "../data/A.h5", "/data/A.h5"])(
    "takes %s for a local file",
    (href) => {
      const read = itemFromStac(item({ assets: { data: { href } } }));
      expect(read.assets).toEqual({ data_file: { href } });
      expect(granuleOf(read).record).toMatchObject({ id: "A", s3: null, https: null, file: href });
    },
  );

  it("takes S3 hrefs from the alternate-assets extension", () => {
    const alternate = { s3: { href: "s3://bucket/A.h5" } };
    const { assets } = itemFromStac(item({ assets: { h5: { href: host, roles: ["data"], alternate } } }));
    expect(assets["data_s3"]?.href).toBe("s3://bucket/A.h5");
  });

  it("gives times in UTC, and one moment for both ends when there is only that", () => {
    const properties = { datetime: "2020-01-14T19:05:46.732651+02:00", updated: "2021-07-23T22:39:42.9Z" };
    expect(itemFromStac(item({ properties }))).toMatchObject({
      start: "2020-01-14T17:05:46.732651Z",
      end: "2020-01-14T17:05:46.732651Z",
      updated: "2021-07-23T22:39:42.900Z",
    });
  });

  it("knows the size of the data file from the file extension", () => {
    const assets = { h5: { href: host, roles: ["data"], "file:size": 5_000_000_000 } };
    expect(itemFromStac(item({ assets })).bytes).toBe(5_000_000_000);
    expect(itemFromStac(item()).bytes).toBeNull();
  });

  it("leaves the heights of a bbox out", () => {
    expect(itemFromStac(item({ bbox: [170, -10, 0, -170, 10, 4000] })).bbox).toEqual([170, -10, -170, 10]);
  });

  it.each([
    ["no object", 7],
    ["a list", []],
    ["without an id", item({ id: undefined })],
    ["with an empty id", item({ id: "" })],
    ["with a number for an id", item({ id: 7 })],
    ["with a text for a geometry", item({ geometry: "POLYGON EMPTY" })],
    ["with a list of assets", item({ assets: [] })],
    ["with a bbox of three numbers", item({ bbox: [1, 2, 3] })],
    ["with NaN in its bbox", item({ bbox: [1, 2, 3, NaN] })],
    ["with a time that is none", item({ properties: { datetime: "yesterday" } })],
    ["with a number for a time", item({ properties: { datetime: 7 } })],
  ])("refuses an entry %s", (_what, value) => {
    expect(() => itemFromStac(value)).toThrow(expect.objectContaining({ code: "CATALOG_ITEM" }));
  });
});

describe("itemsFromStac", () => {
  it("reads collections, lists and single items", () => {
    for (const value of [
      item(),
      [item()],
      { type: "FeatureCollection", features: [item()] },
      { features: [item()] },
    ]) {
      expect(itemsFromStac(value)?.items.map(({ id }) => id)).toEqual(["A"]);
    }
    for (const value of [null, 7, "x", {}, [7], { type: "Catalog" }])
      expect(itemsFromStac(value)).toBeUndefined();
  });

  it("names what it cannot read, and reads the rest", () => {
    const features = [item(), null, item({ id: "B", geometry: 7 }), item({ id: "C" })];
    const { items, problems } = itemsFromStac({ type: "FeatureCollection", features })!;
    expect(items.map(({ id }) => id)).toEqual(["A", "C"]);
    expect(problems.map(({ id, error }) => [id, error.code])).toEqual([
      ["entry 1", "CATALOG_ITEM"],
      ["B", "CATALOG_ITEM"],
    ]);
  });
});

describe("utcTime", () => {
  it.each([
    ["2019-02-21T12:19:05Z", "2019-02-21T12:19:05Z"],
    ["2019-02-21T12:19:05.000000Z", "2019-02-21T12:19:05Z"],
    ["2019-02-21 12:19:05.1964567 UTC", "2019-02-21T12:19:05.196456Z"],
    ["2019-02-21T23:30:00-01:30", "2019-02-22T01:00:00Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"],
    ["1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"],
    ["2019-02-21", "2019-02-21T00:00:00Z"],
  ])("reads %s", (text, time) => expect(utcTime(text)).toBe(time));

  it.each(["", "now", "2019-13-01", "2019-02-30", "2019-02-21T25:00Z", "2019-02-21T12:61Z", "20190221"])(
    "does not read %j",
    (text) => expect(utcTime(text)).toBeUndefined(),
  );
});

const shared = fileURLToPath(new URL("../../../../shared/data/catalogs/", import.meta.url));

describe.runIf(existsSync(shared))("real items (only where ../shared stands)", () => {
  const read = (name: string) => itemFromStac(JSON.parse(readFileSync(shared + name, "utf8")));

  it("reads a Landsat scene", () => {
    const scene = read("stac_item_landsat8.json");
    expect(scene).toMatchObject({ collection: "landsat-c2l2-sr", start: "2020-01-14T17:05:46.732651Z" });
    expect(Object.keys(scene.assets)).toEqual(expect.arrayContaining(["data", "data_s3", "blue", "green"]));
    expect(granuleOf(scene).footprint?.[0]?.[0]?.lonDeg).toHaveLength(4);
  });

  it("reads a Sentinel-2 scene", () => {
    const scene = read("stac_item_sentinel2.json");
    expect(scene.assets["data"]?.href).toMatch(/^https:/);
    expect(granuleOf(scene)).toMatchObject({ record: { s3: null, time_start: "2022-06-12T18:29:19.024Z" } });
  });
});

describe("data files of any scheme", () => {
  const itemOf = (assets: object) =>
    itemFromStac({
      type: "Feature",
      id: "g",
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
      bbox: [0, 0, 1, 1],
      properties: { datetime: "2024-01-01T00:00:00Z" },
      assets,
    });

  it("stand under the schemes of their hrefs, after the usual ones", () => {
    const item = itemOf({
      blob: { href: "az://account/g.h5", roles: ["data"] },
      cloud: { href: "gs://bucket/g.h5", roles: ["data"] },
      web: { href: "https://h/g.h5", roles: ["data"] },
    });
    expect(Object.keys(item.assets)).toEqual(["data", "data_az", "data_gs"]);
    const { record } = granuleOf(item);
    expect(Object.entries(record).slice(0, 5)).toEqual([
      ["id", "g"],
      ["s3", null],
      ["https", "https://h/g.h5"],
      ["az", "az://account/g.h5"],
      ["gs", "gs://bucket/g.h5"],
    ]);
  });

  it("are enough for a granule, and no scheme takes the place of a record's own members", () => {
    expect(
      granuleOf(itemOf({ cloud: { href: "gs://bucket/g.h5", roles: ["data"] } })).problem,
    ).toBeUndefined();
    const { record, problem } = granuleOf(itemOf({ odd: { href: "id://other", roles: ["data"] } }));
    expect(record.id).toBe("g");
    expect(problem?.code).toBe("CATALOG_NO_DATA");
  });
});
