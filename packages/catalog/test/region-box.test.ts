/** Boxes around regions, and footprints against areas. */
import { type BoundingBox, type Region } from "@zagg/core";
import { boxOfRegion, plainBoxes, regionFromBbox, regionFromGeoJson } from "@zagg/sphere";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogItem } from "../src/item.js";
import { areaFilter } from "../src/search/area-filter.js";
import { areaForApi } from "../src/search/sent-area.js";

type Position = readonly [number, number];

function polygon(...corners: readonly Position[]): Record<string, unknown> {
  return { type: "Polygon", coordinates: [corners] };
}

function region(...polygons: readonly unknown[]): Region {
  return polygons.flatMap((geometry) => regionFromGeoJson(geometry));
}

describe("the box around a region", () => {
  it("has the vertices' own coordinates", () => {
    const around = polygon([-76.623291, 38.842973], [-76.506054, 38.85], [-76.55, 38.934599]);
    expect(boxOfRegion(region(around))).toEqual([-76.623291, 38.842973, -76.506054, 38.934599]);
  });

  it("holds what great circles reach beyond the vertices", () => {
    const [west, south, east, north] = boxOfRegion(region(polygon([0, 60], [90, 60], [90, 40], [0, 40])));
    expect([west, east]).toEqual([0, 90]);
    // The middle of the edge between (0, 60) and (90, 60): tan(lat) = tan(60°)/cos(45°).
    expect(north).toBeCloseTo((Math.atan(Math.tan(Math.PI / 3) * Math.SQRT2) * 180) / Math.PI, 10);
    expect(south).toBe(40);
    const mirrored = boxOfRegion(region(polygon([0, -60], [90, -60], [90, -40], [0, -40])));
    expect(mirrored).toEqual([west, -north, east, -south]);
  });

  it("crosses the antimeridian the short way, also around several polygons", () => {
    const fiji = polygon([178, -16], [-179, -16], [-179, -18], [178, -18]);
    expect(boxOfRegion(region(fiji)).filter((_, i) => i % 2 === 0)).toEqual([178, -179]);
    const alaska = polygon([-170, 60], [-150, 60], [-150, 65]);
    const siberia = polygon([160, 60], [175, 60], [175, 65]);
    expect(boxOfRegion(region(alaska, siberia)).filter((_, i) => i % 2 === 0)).toEqual([160, -150]);
  });

  it.each<[string, Position[], BoundingBox]>([
    [
      "north",
      [
        [0, 80],
        [120, 80],
        [-120, 80],
      ],
      [-180, 80, 180, 90],
    ],
    [
      "north, drawn clockwise",
      [
        [-120, 80],
        [120, 80],
        [0, 80],
      ],
      [-180, 80, 180, 90],
    ],
    [
      "south",
      [
        [0, -80],
        [120, -80],
        [-120, -80],
      ],
      [-180, -90, 180, -80],
    ],
  ])("reaches the pole that it holds: %s", (_pole, corners, box) => {
    expect(boxOfRegion(region(polygon(...corners)))).toEqual(box);
  });

  it("holds every vertex and every middle of an edge", () => {
    const position = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -89, max: 89, noNaN: true }),
    );
    const middles = fc.tuple(position, fc.double({ min: 0.01, max: 40, noNaN: true }));
    fc.assert(
      fc.property(middles, ([[lon, lat], size]) => {
        const corner = (east: number, north: number): Position => [
          ((lon + east * size + 540) % 360) - 180,
          Math.max(-89.5, Math.min(89.5, lat + north * size)),
        ];
        const corners = [corner(0, 0), corner(1, 0.3), corner(0.9, 1.1), corner(-0.2, 0.8)];
        const box = boxOfRegion(region(polygon(...corners)));
        const [west, south, east, north] = box;
        const width = west > east ? east + 360 - west : east - west;
        for (const [cornerLon, cornerLat] of corners) {
          const offset = (cornerLon - west + 720) % 360;
          expect(offset <= width + 1e-9 || offset > 360 - 1e-9).toBe(true);
          expect(cornerLat).toBeGreaterThanOrEqual(south);
          expect(cornerLat).toBeLessThanOrEqual(north);
        }
      }),
    );
  });
});

describe("a box for an API", () => {
  it.each<[BoundingBox, readonly BoundingBox[]]>([
    [[-50, 60, -30, 70], [[-50, 60, -30, 70]]],
    [
      [170, 60, -160, 70],
      [
        [170, 60, 180, 70],
        [-180, 60, -160, 70],
      ],
    ],
    [
      [170, 60, 200, 70],
      [
        [170, 60, 180, 70],
        [-180, 60, -160, 70],
      ],
    ],
    [
      [-200, 60, -170, 70],
      [
        [160, 60, 180, 70],
        [-180, 60, -170, 70],
      ],
    ],
    [[0, -90, 360, 90], [[-180, -90, 180, 90]]],
    [[170, 60, -180, 70], [[170, 60, 180, 70]]],
    [[200, 60, 210, 70], [[-160, 60, -150, 70]]],
  ])("%j is %j", (box, boxes) => {
    expect(plainBoxes(box)).toEqual(boxes);
  });
});

describe("an area for an API", () => {
  const sent = (...polygons: readonly unknown[]): Record<string, unknown> | null =>
    areaForApi(region(...polygons));

  it("is closed and turns as RFC 7946 says, whatever way it was drawn", () => {
    const outer: Position[] = [
      [0, 0],
      [0.1, 0],
      [0.1, 0.1],
    ];
    const hole: Position[] = [
      [0.05, 0.01],
      [0.09, 0.01],
      [0.09, 0.05],
    ];
    const drawn = { type: "Polygon", coordinates: [outer.toReversed(), hole] };
    const closed = (ring: readonly Position[]): Position[] => [...ring, ring[0]!];
    expect(sent(drawn)).toEqual({
      type: "Polygon",
      coordinates: [closed(outer), closed(hole).toReversed()].map((ring) => expect.arrayContaining(ring)),
    });
    const turns = (sent(drawn)!["coordinates"] as Position[][]).map((ring) => {
      expect(ring[0]).toEqual(ring.at(-1));
      return Math.sign(ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0));
    });
    expect(turns).toEqual([1, -1]);
    expect(sent(drawn, polygon([3, 0], [3.1, 0], [3.1, 0.1]))?.["type"]).toBe("MultiPolygon");
  });

  it("follows great circles where a flat map would not", () => {
    const [ring] = sent(polygon([0, 60], [60, 60], [60, 40], [0, 40]))!["coordinates"] as Position[][];
    const north = Math.max(...ring!.map(([, lat]) => lat));
    expect(north).toBeCloseTo((Math.atan(Math.tan(Math.PI / 3) / Math.cos(Math.PI / 6)) * 180) / Math.PI, 4);
    expect(sent(polygon([0, 60], [0.1, 60], [0.1, 60.1]))!["coordinates"]).toEqual([
      [
        [0, 60],
        [0.1, 60],
        [0.1, 60.1],
        [0, 60],
      ],
    ]);
  });

  it("is none across the antimeridian or around a pole", () => {
    expect(sent(polygon([178, 0], [-178, 0], [-178, 4], [178, 4]))).toBeNull();
    expect(sent(polygon([0, 80], [120, 80], [-120, 80]))).toBeNull();
    expect(sent(polygon([0, 80], [40, 80], [20, 90]))).toBeNull();
  });
});

describe("a footprint", () => {
  const item = (geometry: unknown): CatalogItem => ({ geometry }) as CatalogItem;
  const touches = (area: unknown, geometry: unknown): boolean =>
    areaFilter(regionFromGeoJson(area))(item(geometry));
  const square = polygon([0, 0], [10, 0], [10, 10], [0, 10]);

  it.each<[string, Record<string, unknown>, boolean]>([
    ["inside", polygon([4, 4], [5, 4], [5, 5]), true],
    ["around", polygon([-5, -5], [15, -5], [15, 15], [-5, 15]), true],
    ["across, without a vertex inside", polygon([-5, 4], [15, 4], [15, 5], [-5, 5]), true],
    ["that shares an edge", polygon([10, 0], [20, 0], [20, 10], [10, 10]), true],
    ["beside", polygon([11, 0], [20, 0], [20, 10], [11, 10]), false],
    ["on the other side of the Earth", polygon([180, 0], [-170, 0], [-170, -10], [180, -10]), false],
    ["in another hemisphere", polygon([0, -80], [120, -80], [-120, -80]), false],
  ])("%s the area is as it looks", (_where, geometry, expected) => {
    expect(touches(square, geometry)).toBe(expected);
    expect(touches(geometry, square)).toBe(expected);
  });

  it("in a hole does not touch, and across its edge does", () => {
    const hole = [
      [2, 2],
      [8, 2],
      [8, 8],
      [2, 8],
    ];
    const ring = {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [0, 10],
        ],
        hole,
      ],
    };
    expect(touches(ring, polygon([4, 4], [5, 4], [5, 5]))).toBe(false);
    expect(touches(ring, polygon([4, 4], [9, 4], [9, 5]))).toBe(true);
  });

  it("over the pole and the antimeridian touches what it holds", () => {
    const cap = polygon([0, 80], [90, 80], [180, 80], [-90, 80]);
    expect(touches(cap, polygon([10, 89], [20, 89], [20, 89.5]))).toBe(true);
    expect(touches(cap, polygon([10, 60], [20, 60], [20, 61]))).toBe(false);
    const strait = polygon([178, 0], [-178, 0], [-178, 4], [178, 4]);
    expect(touches(strait, polygon([179.5, 1], [-179.5, 1], [-179.5, 2]))).toBe(true);
    expect(touches(strait, polygon([-1, 1], [1, 1], [1, 2]))).toBe(false);
  });

  it("that cannot be read, or is not there, is let through", () => {
    expect(touches(square, null)).toBe(true);
    expect(touches(square, { type: "Point", coordinates: [100, 50] })).toBe(true);
    expect(touches(square, polygon([100, 91], [101, 91], [101, 90]))).toBe(true);
  });

  it("touches an area of many vertices exactly when a box of its own does", () => {
    const area = regionFromBbox([20, 60, 60, 75]);
    const filter = areaFilter(area);
    const lon = fc.double({ min: -180, max: 175, noNaN: true });
    const lat = fc.double({ min: -85, max: 83, noNaN: true });
    fc.assert(
      fc.property(lon, lat, (west, south) => {
        const [east, north] = [west + 0.05, south + 0.05];
        const geometry = polygon([west, south], [east, south], [east, north], [west, north]);
        const overlaps = west <= 60 && east >= 20 && south <= 75 && north >= 60;
        const isClear = Math.min(...[west - 60, 20 - east, south - 75, 60 - north].map(Math.abs)) > 0.01;
        if (isClear) expect(filter(item(geometry))).toBe(overlaps);
      }),
      { numRuns: 500 },
    );
  });
});
