/** `--region FILE`: files as the world writes them, each taken for what it means, or refused by a code before anything is written. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeFolder, zagg, zaggDone } from "./command.js";

type Position = readonly number[];

const folder = makeFolder();
afterAll(() => folder.remove());
const at = (name: string): string => join(folder.path, name);
const write = (name: string, content: unknown): string => {
  writeFileSync(at(name), typeof content === "string" ? content : JSON.stringify(content));
  return at(name);
};

const square = (west: number, south: number): Position[] => [
  [west, south],
  [west + 1, south],
  [west + 1, south + 1],
  [west, south + 1],
  [west, south],
];
const item = (id: string, west: number, south: number): object => ({
  type: "Feature",
  id,
  properties: {},
  geometry: { type: "Polygon", coordinates: [square(west, south)] },
  assets: { data: { href: `https://example.org/${id}.h5` } },
});

const config = write(
  "config.yaml",
  `data_source:
  groups: [g]
  coordinates: {latitude: "/{group}/lat", longitude: "/{group}/lon"}
  variables: {h: "/{group}/h"}
aggregation: {variables: {count: {function: len, source: h, dtype: int32}}}
output: {grid: {type: healpix, parent_order: 3, child_order: 7}}
`,
);
const catalog = write("items.json", {
  type: "FeatureCollection",
  features: [item("A", 10, 10), item("B", -170, -80), item("C", 179.5, 40)],
});

interface Built {
  readonly keys: readonly number[];
  readonly status: number;
  readonly stderr: string;
}

async function build(...region: string[]): Promise<Built> {
  const out = at("map.json");
  const flags = ["--config", config, "--catalog", catalog, "--out", out, "--threads", "1"];
  const { status, stderr } = await zagg("shardmap", "build", ...flags, ...region);
  const keys =
    status === 0 ? (JSON.parse(readFileSync(out, "utf8")) as { shard_keys: number[] }).shard_keys : [];
  return { keys, status, stderr };
}

const buildFrom = (name: string, document: unknown): Promise<Built> =>
  build("--region", write(name, document));

/** Shards of a box, which is built once. */
const boxes = new Map<string, Promise<Built>>();
async function keysOfBox(bbox: string): Promise<readonly number[]> {
  const built = boxes.get(bbox) ?? build(`--bbox=${bbox}`);
  boxes.set(bbox, built);
  return (await built).keys;
}

const parallel = (lat: number): Position[] => Array.from({ length: 37 }, (_, k) => [10 * k - 180, lat]);
const northOf60S: Position[] = [...parallel(-60), [180, 90], [-180, 90], [-180, -60]];
const polygon = (...coordinates: (readonly Position[])[]): object => ({ type: "Polygon", coordinates });

describe("a region larger than a hemisphere", () => {
  it("that is cut at the antimeridian gives the shards of its box", async () => {
    const { keys, stderr } = await buildFrom("north.geojson", polygon(northOf60S));
    expect(stderr).not.toContain("warning");
    expect(keys).toEqual(await keysOfBox("-180,-60,180,90"));
    expect(keys.length).toBeGreaterThan(2);
  });

  it("is told of when it runs clockwise, and means what is left of it", async () => {
    const { keys, stderr } = await buildFrom("turned.geojson", polygon(northOf60S.toReversed()));
    expect(stderr).toMatch(/warning REGION_CLOCKWISE at .*turned\.geojson, coordinates\[0\]/);
    expect(keys).toEqual(await keysOfBox("-180,-90,180,-60"));
  });

  it("that crosses itself is refused", async () => {
    const zigzag = Array.from({ length: 24 }, (_, k) => [15 * k - 180, k % 2 ? 25 : -32]);
    [zigzag[10], zigzag[12]] = [zigzag[12]!, zigzag[10]!];
    const { status, stderr } = await buildFrom("crossing.geojson", polygon(zigzag));
    expect([status, stderr]).toEqual([2, expect.stringContaining("error REGION_CROSSING at ")]);
  });
});

describe("a region in a file", () => {
  const plain = polygon(square(10, 10));

  it.each<[string, unknown]>([
    ["with a crs of WGS 84", { ...plain, crs: { type: "name", properties: { name: "EPSG:4326" } } }],
    [
      "of collections in collections, and features without geometry",
      {
        type: "FeatureCollection",
        features: [
          { type: "Feature", properties: null, geometry: null },
          {
            type: "Feature",
            properties: {},
            geometry: {
              type: "GeometryCollection",
              geometries: [{ type: "GeometryCollection", geometries: [plain] }],
            },
          },
        ],
      },
    ],
    ["of a multipolygon with an empty part", { type: "MultiPolygon", coordinates: [[], [square(10, 10)]] }],
    ["with heights", polygon(square(10, 10).map(([lon, lat]) => [lon!, lat!, 1234.5]))],
    ["with points twice", polygon(square(10, 10).flatMap((place) => [place, place]))],
    ["whose ring is not closed", polygon(square(10, 10).slice(0, -1))],
    ["with longitudes beyond 360", polygon(square(370, 10))],
    ["of a clockwise ring", polygon(square(10, 10).toReversed())],
    ["that begins with a byte order mark", `\uFEFF${JSON.stringify(plain)}`],
  ])("%s is taken for what it means", async (_what, document) => {
    const { keys, stderr } = await buildFrom("region.geojson", document);
    expect(stderr).not.toContain("warning");
    expect(keys).toEqual(await keysOfBox("10,10,11,11"));
  });

  it("of ten thousand points is too", async () => {
    const ring = Array.from({ length: 10_000 }, (_, k) => {
      const bearing = (2 * Math.PI * k) / 10_000;
      return [10.5 + 3 * Math.cos(bearing), 10.5 + 3 * Math.sin(bearing)];
    });
    const { keys } = await buildFrom("huge.geojson", polygon(ring));
    expect(keys).toEqual(await keysOfBox("10,10,11,11"));
  });

  it("that crosses itself is told of", async () => {
    const [a, b, c, d] = square(10, 10);
    const { status, stderr } = await buildFrom("bow-tie.geojson", polygon([a!, c!, b!, d!, a!]));
    expect([status, stderr]).toEqual([0, expect.stringContaining("warning REGION_CROSSING at ")]);
  });

  it.each<[string, unknown]>([
    ["REGION_CRS", { ...plain, crs: { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::32633" } } }],
    ["REGION_COORDINATE", polygon(square(359_300, 10))],
    ["REGION_COORDINATE", polygon(square(10, 4_300_600))],
    [
      "REGION_RING",
      polygon([
        [0, 0],
        [10, 10],
        [0, 0],
      ]),
    ],
    ["REGION_EMPTY", { type: "FeatureCollection", features: [{ type: "Feature", geometry: null }] }],
    [
      "REGION_NOT_GEOJSON",
      { type: "GeometryCollection", geometries: [plain, { type: "Point", coordinates: [0, 0] }] },
    ],
    ["REGION_NOT_GEOJSON", { type: "MultiPolygon", coordinates: [square(10, 10)] }],
    ["CLI_FILE_UNREADABLE", '{"type": "Polygon", "coordinates": [[[NaN, 0]]]}'],
  ])("is refused as %s before anything is written", async (code, document) => {
    const out = at("none.json");
    const region = write("refused.geojson", document);
    const flags = ["--config", config, "--catalog", catalog, "--region", region, "--out", out];
    const { status, stderr } = await zagg("shardmap", "build", ...flags);
    expect(status).toBeGreaterThanOrEqual(2);
    expect(stderr).toContain(`error ${code} at ${region}`);
    expect(existsSync(out)).toBe(false);
  });

  it("is told of once by every command that takes one", async () => {
    await build("--bbox=-170,-80,-169,-79");
    const region = write("turned.geojson", polygon(northOf60S.toReversed()));
    const flags = [at("map.json"), "--config", config, "--region", region, "--out", at("part.json")];
    const { stderr } = await zaggDone("shardmap", "subset", ...flags);
    expect(stderr.match(/REGION_CLOCKWISE/g)).toHaveLength(1);
  });
});
