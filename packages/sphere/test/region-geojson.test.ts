import { describe, expect, it } from "vitest";
import { regionFromGeoJson } from "../src/index.js";
import { isInRegion } from "./on-sphere.js";
import { hasShared, readShared } from "./shared.js";

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
    ["a longitude beyond 360", [-361, 0]],
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
