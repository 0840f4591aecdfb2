import { describe, expect, it } from "vitest";
import { boxOfRegion, geoJsonArea, regionFromGeoJson } from "../src/index.js";
import { isInRegion } from "./on-sphere.js";
import { hasShared, readShared } from "./shared.js";
import { runs } from "../../../vitest.effort.mjs";

type Position = readonly number[];
const SQUARE: Position[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
];
const HOLE: Position[] = [
  [4, 4],
  [4, 6],
  [6, 6],
  [6, 4],
  [4, 4],
];
const polygon = (...coordinates: readonly (readonly Position[])[]) => ({ type: "Polygon", coordinates });
const feature = (geometry: unknown) => ({ type: "Feature", properties: {}, geometry });
const ringOf = (...vertices: readonly Position[]): [number, number][] => {
  const [[ring]] = regionFromGeoJson(polygon(vertices)) as [[{ lonDeg: Float64Array; latDeg: Float64Array }]];
  return Array.from(ring.lonDeg, (lon, i) => [lon, ring.latDeg[i]!]);
};

describe("a region from GeoJSON", () => {
  it("reads polygons wherever they stand", () => {
    const east = polygon(SQUARE.map(([lon, lat]) => [lon! + 20, lat!]));
    const documents = [
      { type: "MultiPolygon", coordinates: [[SQUARE], east.coordinates] },
      {
        type: "GeometryCollection",
        geometries: [polygon(SQUARE), { type: "GeometryCollection", geometries: [east] }],
      },
      { type: "FeatureCollection", features: [feature(polygon(SQUARE)), feature(null), feature(east)] },
      feature({ type: "MultiPolygon", coordinates: [[SQUARE], [], east.coordinates] }),
    ];
    for (const document of documents) {
      const region = regionFromGeoJson(document);
      expect(region).toHaveLength(2);
      expect([5, 15, 25].map((lon) => isInRegion(region, lon, 5))).toEqual([true, false, true]);
    }
  });

  it("honours holes", () => {
    const region = regionFromGeoJson(polygon(SQUARE, HOLE));
    expect(region[0]).toHaveLength(2);
    expect([isInRegion(region, 2, 5), isInRegion(region, 5, 5)]).toEqual([true, false]);
  });

  it("drops the closing vertex, repeated vertices and altitudes, and takes an open ring as closed", () => {
    const corners = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ];
    expect(ringOf(...SQUARE)).toEqual(corners);
    expect(ringOf(...corners)).toEqual(corners);
    expect(ringOf([0, 0, 99], [10, 0, 99], [10, 0, 98], [10, 10], [0, 10], [0, 0, 99])).toEqual(corners);
  });

  it("crosses the antimeridian the short way round, and folds longitudes to ±180", () => {
    const region = regionFromGeoJson(
      polygon([
        [170, 0],
        [190, 0],
        [190, 10],
        [170, 10],
        [170, 0],
      ]),
    );
    expect([175, -175, 180, 0, 165].map((lon) => isInRegion(region, lon, 5))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(ringOf([170, 0], [-170, 0], [-170, 10], [170, 10])).toEqual([
      [170, 0],
      [-170, 0],
      [-170, 10],
      [170, 10],
    ]);
  });

  it.each([-540, -180, 0, 180])("takes the longitudes of a turn that begins at %d", (west) => {
    const cap = Array.from({ length: 13 }, (_, k): Position => [west + 30 * k, 60]);
    const region = regionFromGeoJson(polygon([...cap, [west + 360, 90], [west, 90], [west, 60]]));
    expect(boxOfRegion(region)).toEqual([-180, 60, 180, 90]);
    expect([-170, -10, 100, 179].map((lon) => isInRegion(region, lon, 75))).toEqual([true, true, true, true]);
    expect(isInRegion(region, 10, 50)).toBe(false);
  });

  it.each([
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "OGC:CRS84",
    "EPSG:4326",
    "urn:ogc:def:crs:EPSG::4326",
    "http://www.opengis.net/def/crs/EPSG/0/4979",
    "WGS 84",
  ])("takes a member crs that names WGS 84, as %s", (name) => {
    const crs = { type: "name", properties: { name } };
    expect(regionFromGeoJson({ ...polygon(SQUARE), crs })).toHaveLength(1);
    expect(regionFromGeoJson({ ...polygon(SQUARE), crs: null })).toHaveLength(1);
  });

  it.each([
    { type: "name", properties: { name: "EPSG:32633" } },
    { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::4269" } },
    { type: "name", properties: { name: "EPSG:14326" } },
    { type: "EPSG", properties: { code: 3031 } },
    { type: "link", properties: { href: "https://example.org/crs" } },
    "EPSG:3413",
  ])("refuses another crs, wherever it stands, %j", (crs) => {
    const documents = [
      { type: "FeatureCollection", crs, features: [feature(polygon(SQUARE))] },
      { type: "FeatureCollection", features: [{ ...feature(polygon(SQUARE)), crs }] },
      { type: "GeometryCollection", geometries: [{ ...polygon(SQUARE), crs }] },
    ];
    for (const document of documents) {
      expect(() => regionFromGeoJson(document)).toThrow(expect.objectContaining({ code: "REGION_CRS" }));
    }
  });

  it("takes rings and polygons by the hundred thousand", () => {
    const many = runs(130_000, 1000);
    const circle = Array.from({ length: many }, (_, k): Position => [(360 * k) / many - 180, 60]);
    const region = regionFromGeoJson(polygon(circle));
    expect(region[0]![0]!.lonDeg).toHaveLength(many);
    expect(boxOfRegion(region)).toEqual([-180, 60, 180, 90]);
    expect(geoJsonArea(region)?.type).toBe("Polygon");
    const crumbs = Array.from({ length: many }, (_, k) => [
      [
        [0, 0],
        [1e-3 * ((k % 9) + 1), 0],
        [0, 1e-3],
      ],
    ]);
    expect(boxOfRegion(regionFromGeoJson({ type: "MultiPolygon", coordinates: crumbs }))[3]).toBe(0.001);
  });

  it("removes the walk along the antimeridian to a pole and back, as flat maps draw it", () => {
    const coast: Position[] = [
      [-180, -70],
      [-90, -65],
      [0, -70],
      [90, -65],
      [180, -70],
    ];
    const ring = ringOf(...coast, [180, -80], [180, -90], [-180, -90], [-180, -80], [-180, -70]);
    expect(ring).toEqual([
      [-180, -70],
      [-90, -65],
      [0, -70],
      [90, -65],
    ]);
    const region = regionFromGeoJson(polygon([[180, -90], [-180, -90], ...coast, [180, -90]]));
    expect(region[0]![0]!.lonDeg).toHaveLength(4);
    expect([isInRegion(region, 30, -89.9), isInRegion(region, 180, -85), isInRegion(region, 0, -60)]).toEqual(
      [true, true, false],
    );
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["text", "POLYGON((0 0, 1 1, 1 0))"],
    ["a list", [polygon(SQUARE)]],
    ["an object of another kind", { type: "Topology", objects: {} }],
    ["an object without type", { coordinates: [SQUARE] }],
    ["a point", { type: "Point", coordinates: [0, 0] }],
    [
      "a line among the features",
      { type: "FeatureCollection", features: [feature({ type: "LineString", coordinates: SQUARE })] },
    ],
    ["a feature without geometry member", { type: "Feature" }],
    ["a collection without features", { type: "FeatureCollection" }],
    ["coordinates that are no list", { type: "Polygon", coordinates: {} }],
    ["a ring that is a position", { type: "Polygon", coordinates: [[0, 0]] }],
    ["a position of one number", polygon([[0], [1], [2]])],
    [
      "a position of texts",
      {
        type: "Polygon",
        coordinates: [
          [
            ["0", "0"],
            ["1", "0"],
            ["1", "1"],
          ],
        ],
      },
    ],
  ])("refuses %s as no GeoJSON area", (_name, document) => {
    expect(() => regionFromGeoJson(document)).toThrow(
      expect.objectContaining({ name: "GeometryError", code: "REGION_NOT_GEOJSON" }),
    );
  });

  it.each<[string, unknown]>([
    ["no feature", { type: "FeatureCollection", features: [] }],
    ["only features without geometry", { type: "FeatureCollection", features: [feature(null)] }],
    ["an empty polygon", { type: "Polygon", coordinates: [] }],
  ])("refuses a document with %s as empty", (_name, document) => {
    expect(() => regionFromGeoJson(document)).toThrow(expect.objectContaining({ code: "REGION_EMPTY" }));
  });

  it.each<[string, Position[]]>([
    ["no vertex", []],
    [
      "two corners",
      [
        [0, 0],
        [10, 0],
        [0, 0],
      ],
    ],
    [
      "corners that are one place",
      [
        [0, 90],
        [90, 90],
        [180, 90],
        [0, 90],
      ],
    ],
    [
      "a line walked to and fro",
      [
        [0, 0],
        [10, 0],
        [20, 0],
        [10, 0],
        [0, 0],
      ],
    ],
    [
      "a flat band around the globe",
      [
        [-180, -30],
        [180, -30],
        [180, 30],
        [-180, 30],
        [-180, -30],
      ],
    ],
    [
      "an edge between opposite points",
      [
        [0, 0],
        [180, 0],
        [90, 45],
      ],
    ],
    [
      "an edge from pole to pole",
      [
        [0, 90],
        [20, -90],
        [90, 0],
      ],
    ],
  ])("refuses a ring of %s", (_name, vertices) => {
    expect(() => regionFromGeoJson(polygon(vertices))).toThrow(
      expect.objectContaining({ code: "REGION_RING" }),
    );
  });

  it.each<[string, Position]>([
    ["a latitude beyond a pole", [0, 90.01]],
    ["longitude and latitude swapped", [38, 142]],
    ["metres", [359300, 4300600]],
    ["a longitude beyond a turn and a half", [-541, 0]],
    ["NaN", [NaN, 0]],
    ["infinity", [0, -Infinity]],
  ])("refuses %s and says where", (_name, position) => {
    expect(() => regionFromGeoJson(feature(polygon([[0, 0], position, [1, 1]])))).toThrow(
      expect.objectContaining({ code: "REGION_COORDINATE", path: "geometry.coordinates[0][1]" }),
    );
  });
});

describe.runIf(hasShared)("a real area of interest (only where ../shared stands)", () => {
  it("is read with its four corners", () => {
    const region = regionFromGeoJson(JSON.parse(readShared("AOP_NEON.geojson")));
    expect(region).toHaveLength(1);
    expect(region[0]![0]!.lonDeg).toHaveLength(4);
    expect(isInRegion(region, -76.56, 38.89)).toBe(true);
  });
});
