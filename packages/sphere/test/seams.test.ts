import type { Region } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  boxOfRegion,
  createRing,
  foldedLongitude,
  geoJsonArea,
  polygonHolds,
  preparePolygon,
  prepareRegion,
  regionFromGeoJson,
  regionsMeet,
  vectorOf,
  type GeoJsonArea,
} from "../src/index.js";

type Position = readonly [number, number];

const regionOf = (...rings: (readonly Position[])[]): Region =>
  regionFromGeoJson({ type: "Polygon", coordinates: rings });

function isIn(region: Region, lon: number, lat: number): boolean {
  return region.some((polygon) => polygonHolds(preparePolygon(polygon), ...vectorOf(lon, lat)));
}

/** As a GIS sees it: straight lines in longitude and latitude, even-odd. */
function isDrawn(area: GeoJsonArea, lon: number, lat: number): boolean {
  const polygons = area === null ? [] : area.type === "Polygon" ? [area.coordinates] : area.coordinates;
  return polygons.some(
    (rings) =>
      rings.flatMap((ring) =>
        ring.slice(1).filter(([x, y], i) => {
          const [px, py] = ring[i]!;
          return px > lon !== x > lon && py + ((y - py) * (lon - px)) / (x - px) > lat;
        }),
      ).length %
        2 ===
      1,
  );
}

/** Off the places where edges lie. */
const PLACES: readonly Position[] = [
  -179.3, -150.7, -100.2, -61.4, -3.3, 1.7, 44.6, 99.1, 163.2, 179.2,
].flatMap((lon) =>
  [-88.7, -71.3, -61.2, -58.9, -20.4, 0.6, 33.3, 58.8, 61.3, 72.4, 88.9].map((lat) => [lon, lat] as const),
);

function expectInside(region: Region, inside: (lon: number, lat: number) => boolean): void {
  const wanted = PLACES.map(([lon, lat]) => inside(lon, lat));
  expect(PLACES.map(([lon, lat]) => isIn(region, lon, lat))).toEqual(wanted);
  const area = geoJsonArea(region);
  expect(PLACES.map(([lon, lat]) => isDrawn(area, lon, lat))).toEqual(wanted);
}

/** From a meridian once around along a parallel, eastward, and over a pole back along that meridian. */
function cut(meridian: number, lat: number, pole: 90 | -90, step = 0): Position[] {
  const around = Array.from({ length: 73 }, (_, i): Position => [meridian + 5 * i, lat]);
  const up = Array.from({ length: step }, (_, i) => lat + ((pole - lat) * (i + 1)) / (step + 1));
  const ring = [
    ...around,
    ...up.map((y): Position => [meridian + 360, y]),
    [meridian + 360, pole] as const,
    [meridian, pole] as const,
    ...up.toReversed().map((y): Position => [meridian, y]),
    [meridian, lat] as const,
  ];
  return ring.map(([x, y]) => [x > 360 ? x - 360 : x, y]);
}

describe("a ring with a seam along a meridian, walked to and fro", () => {
  it.each([-180, 0, -90, 37.5])("encloses what is left of it, cut at %d", (meridian) => {
    for (const step of [0, 2]) {
      // Great circles between points 5 degrees apart reach 0.05 degrees beyond the parallel.
      const north = regionOf(cut(meridian, -60, 90, step));
      expectInside(north, (_lon, lat) => lat > -60);
      expect(boxOfRegion(north)[3]).toBe(90);
      const south = regionOf(cut(meridian, 60, -90, step).toReversed());
      expectInside(south, (_lon, lat) => lat < 60);
      expect(boxOfRegion(south)[1]).toBe(-90);
    }
  });

  it("encloses the rest of the globe the other way round", () => {
    expectInside(regionOf(cut(-180, -60, 90).toReversed()), (_lon, lat) => lat < -60);
    expectInside(regionOf(cut(-180, 60, -90)), (_lon, lat) => lat > 60);
  });

  it("loses the seam where it encloses the same without", () => {
    expect(regionOf(cut(-180, 60, 90))[0]![0]!.lonDeg).toHaveLength(72);
    expect(regionOf(cut(-180, -60, 90))[0]![0]!.lonDeg.length).toBeGreaterThan(72);
    expectInside(regionOf(cut(-180, 60, 90)), (_lon, lat) => lat > 60);
  });

  it("is the whole globe when there is nothing but the seam, and holes are left out of it", () => {
    const globe: Position[] = [
      [-180, -90],
      [180, -90],
      [180, 90],
      [-180, 90],
      [-180, -90],
    ];
    const box = (west: number, south: number, east: number, north: number): Position[] => [
      [west, south],
      [west, north],
      [east, north],
      [east, south],
      [west, south],
    ];
    const between = (lon: number, west: number, east: number): boolean =>
      (lon > west && lon < east) || (lon + 360 > west && lon + 360 < east);
    for (const outer of [globe, globe.toReversed()]) {
      expectInside(regionOf(outer), () => true);
      expectInside(
        regionOf(outer, box(-62, -30, -61, 30), box(170, -30, 190, 45)),
        (lon, lat) =>
          !(between(lon, -62, -61) && Math.abs(lat) < 30) &&
          !(between(lon, 170, 190) && lat > -30 && lat < 45),
      );
      expect(boxOfRegion(regionOf(outer, box(10, 10, 20, 20)))).toEqual([-180, -90, 180, 90]);
    }
  });

  it("is no edge of the region, in a hole or outside, though its sides have places of their own", () => {
    // Some of them are less than a metre apart.
    const down = [88 + 1e-7, 88, 70, 20, -35].map((lat): Position => [40, lat]);
    const up = [-60, -60 + 1e-8, 15, 88].map((lat): Position => [400, lat]);
    const globe: Position[] = [[400, -90], ...up, [400, 90], [40, 90], ...down, [40, -90]];
    const over = regionOf(globe, [
      [30, -20],
      [30, 20],
      [50, 20],
      [50, -20],
    ]);
    const around = Array.from({ length: 24 }, (_, k): Position => [400 - 15 * k, -60]);
    const cap = regionOf([
      ...around,
      [40, -60],
      [40, 88],
      [40, 88 + 1e-7],
      [40, 90],
      [400, 90],
      [400, 88],
      [400, 20],
    ]);
    const meets = (region: Region, lon: number, lat: number): boolean =>
      regionsMeet(
        prepareRegion(region),
        prepareRegion([[createRing([lon - 1, lon + 1, lon], [lat, lat, lat + 1], "there")]]),
      );
    expect([meets(over, 40, 0), meets(over, 60, 0), meets(over, 40, -50)]).toEqual([false, true, true]);
    expect([meets(cap, 40, 20), meets(cap, 40, 88), meets(cap, 40, -75)]).toEqual([false, false, true]);
  });

  it("is left out of the box around the region, which two halves of the globe fill", () => {
    const cap = regionOf(cut(-180, -60, 90).toReversed());
    expect(boxOfRegion(cap)[3]).toBe(-60);
    const wave = Array.from({ length: 23 }, (_, k): Position => [
      (k * 180) / 22 - 180,
      -60 + 5 * Math.sin(k),
    ]);
    const end = wave.length - 1;
    const half = (by: number): Position[] => [
      ...wave.map(([lon, lat], k): Position => [Number((lon + by).toFixed(7)), k === end ? -60 : lat]),
      [by, 90],
      [by - 180, 90],
    ];
    const region = regionFromGeoJson({ type: "MultiPolygon", coordinates: [[half(0)], [half(180)]] });
    expect(boxOfRegion(region).map(Math.round)).toEqual([-180, -65, 180, 90]);
  });

  it("meets what it encloses and nothing else", () => {
    const north = prepareRegion(regionOf(cut(-180, -60, 90)));
    const square = (lon: number, lat: number): Position[] => [
      [lon, lat],
      [lon + 1, lat],
      [lon, lat + 1],
    ];
    const meets = (lon: number, lat: number): boolean =>
      regionsMeet(north, prepareRegion(regionOf(square(lon, lat))));
    expect([meets(30, 40), meets(30, -50), meets(100, 80)]).toEqual([true, true, true]);
    expect([meets(30, -70), meets(-170, -80)]).toEqual([false, false]);
  });
});

describe("what is read as a region", () => {
  it("is never refused afterwards, and near opposite points are refused by both", () => {
    const near: Position[] = [
      [0, 0],
      [180 - 2e-5, 0],
      [90, 45],
    ];
    const ring = { lonDeg: Float64Array.of(0, 180 - 2e-5, 90), latDeg: Float64Array.of(0, 0, 45) };
    expect(() => regionOf(near)).toThrow(expect.objectContaining({ code: "REGION_RING" }));
    expect(() => preparePolygon([ring])).toThrow(expect.objectContaining({ code: "GEOMETRY_EDGE" }));
    const tiny: Position[] = [
      [10, 10],
      [10 + 1e-12, 10],
      [10, 10 + 1e-12],
    ];
    expect(preparePolygon(regionOf(tiny)[0]!).edges).toBe(3);
  });

  it("is taken as a polygon whatever it is", () => {
    const lon = fc.oneof(
      fc.constantFrom(-180, 180, 0, 90, -90, 1e-16, 2e-15, 180 - 5e-5, 179.99994),
      fc.double({ min: -360, max: 360, noNaN: true }),
    );
    const lat = fc.oneof(
      fc.constantFrom(-90, 90, 0, 1e-16, 2e-15, 5e-5, -6e-5, 90 - 1e-14),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(lon, lat), { minLength: 3, maxLength: 7 }), (places) => {
        const lons = places.map(([x]) => x);
        const lats = places.map(([, y]) => y);
        let ring;
        try {
          ring = createRing(lons, lats, "ring");
        } catch (error) {
          expect(["REGION_RING", "REGION_CROSSING"]).toContain((error as { code?: string }).code);
          return;
        }
        const { edges, rings } = preparePolygon([ring]);
        // Nothing but a seam from pole to pole is the whole globe.
        if (edges === 0) expect(rings[0]!.side).toMatchObject({ kind: "large", inside: true });
        else expect(edges).toBeGreaterThanOrEqual(3);
        expect(ring.lonDeg.every((x) => foldedLongitude(x) === x)).toBe(true);
        boxOfRegion([[ring]]);
        geoJsonArea([[ring]]);
      }),
      { numRuns: 3000 },
    );
  });
});
