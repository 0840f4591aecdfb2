/** Outlines in the plane: cut, closed and turned as RFC 7946 and GIS tools want them. */
import { type Region } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { createRing, geoJsonArea, regionFromBbox, type GeoJsonArea } from "../src/index.js";

type Rings = readonly (readonly (readonly [number, number])[])[];

const region = (...rings: (readonly (readonly [number, number])[])[]): Region => [
  rings.map((ring) =>
    createRing(
      ring.map(([lon]) => lon),
      ring.map(([, lat]) => lat),
      "ring",
    ),
  ),
];

function polygonsOf(area: GeoJsonArea): readonly Rings[] {
  if (area === null) return [];
  return area.type === "Polygon" ? [area.coordinates] : area.coordinates;
}

function signedArea(ring: Rings[number]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** As a GIS sees it: straight lines in longitude and latitude, even-odd. */
function holds(area: GeoJsonArea, lon: number, lat: number): boolean {
  return polygonsOf(area).some(
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

/** What the RFC asks of every geometry. */
function expectValid(area: GeoJsonArea): void {
  for (const rings of polygonsOf(area)) {
    rings.forEach((ring, i) => {
      expect(ring.length).toBeGreaterThanOrEqual(4);
      expect(ring[0]).toEqual(ring.at(-1));
      expect(Math.sign(signedArea(ring))).toBe(i === 0 ? 1 : -1);
      for (const [lon, lat] of ring) {
        expect(Math.abs(lon)).toBeLessThanOrEqual(180);
        expect(Math.abs(lat)).toBeLessThanOrEqual(90);
      }
      for (const [k, [lon, lat]] of ring.slice(1).entries()) {
        // No line crosses the map, but along a pole.
        if (Math.abs(lat) < 90) expect(Math.abs(lon - ring[k]![0])).toBeLessThan(180);
      }
    });
  }
}

describe("the geometry of a region", () => {
  it("is one counter-clockwise ring away from seams, whatever the direction it came in", () => {
    const corners = [
      [10, 0],
      [11, 0],
      [11, 1],
      [10, 1],
    ] as const;
    for (const ring of [corners, [...corners].reverse()]) {
      const area = geoJsonArea(region(ring));
      expect(area?.type).toBe("Polygon");
      expectValid(area);
      expect(holds(area, 10.5, 0.5)).toBe(true);
      expect(holds(area, 11.5, 0.5)).toBe(false);
    }
  });

  it("is cut in two at the antimeridian", () => {
    const area = geoJsonArea(
      region([
        [175, -10],
        [-170, -10],
        [-170, 10],
        [175, 10],
      ]),
    );
    expect(polygonsOf(area)).toHaveLength(2);
    expectValid(area);
    for (const lon of [176, 179.9, -179.9, -171]) expect(holds(area, lon, 5)).toBe(true);
    for (const lon of [174, -169, 0]) expect(holds(area, lon, 5)).toBe(false);
  });

  it.each([180, -180])("is not cut when it merely touches the antimeridian, written %d", (edge) => {
    const east = geoJsonArea(
      region([
        [edge, 0],
        [170, 0],
        [170, 10],
        [edge, 10],
      ]),
    );
    const west = geoJsonArea(
      region([
        [edge, 0],
        [edge, 10],
        [-170, 10],
        [-170, 0],
      ]),
    );
    for (const [area, inside] of [
      [east, 175],
      [west, -175],
    ] as const) {
      expect(area?.type).toBe("Polygon");
      expectValid(area);
      expect(holds(area, inside, 5)).toBe(true);
      expect(holds(area, -inside, 5)).toBe(false);
    }
  });

  it("is cut into as many pieces as a ring that goes to and fro has", () => {
    // A comb whose three teeth reach across the antimeridian.
    const area = geoJsonArea(
      region([
        [170, 0],
        [170, 50],
        [-175, 50],
        [-175, 42],
        [175, 42],
        [175, 30],
        [-175, 30],
        [-175, 22],
        [175, 22],
        [175, 10],
        [-175, 10],
        [-175, 0],
      ]),
    );
    expectValid(area);
    expect(polygonsOf(area)).toHaveLength(4);
    for (const lat of [5, 26, 46]) expect(holds(area, -177, lat)).toBe(true);
    for (const lat of [16, 36]) {
      expect(holds(area, -177, lat)).toBe(false);
      expect(holds(area, 178, lat)).toBe(false);
      expect(holds(area, 172, lat)).toBe(true);
    }
  });

  it("keeps holes, also those that are cut with their polygon", () => {
    const frame = (half: number) =>
      [
        [180 - half, -half],
        [half - 180, -half],
        [half - 180, half],
        [180 - half, half],
      ] as const;
    const area = geoJsonArea(region(frame(10), [...frame(4)].reverse()));
    expectValid(area);
    expect([holds(area, 179, 0), holds(area, -179, 0)]).toEqual([false, false]);
    expect([holds(area, 173, 0), holds(area, -173, 0), holds(area, 179, 7)]).toEqual([true, true, true]);
    const whole = geoJsonArea(
      region(
        [
          [0, 0],
          [20, 0],
          [20, 20],
          [0, 20],
        ],
        [
          [5, 5],
          [5, 10],
          [10, 10],
          [10, 5],
        ],
      ),
    );
    expect(polygonsOf(whole)[0]).toHaveLength(2);
    expectValid(whole);
    expect(holds(whole, 7, 7)).toBe(false);
  });

  it.each([
    ["south", -1],
    ["north", 1],
  ] as const)("is closed along ±90 around the %s pole, in one piece", (_name, sign) => {
    const ring = Array.from({ length: 24 }, (_, i) => [i * 15 - 172.5, sign * (80 + (i % 3))] as const);
    for (const turned of [ring, [...ring].reverse()]) {
      const area = geoJsonArea(region(turned));
      expect(area?.type).toBe("Polygon");
      expectValid(area);
      for (const lon of [-179.99, -90, 0, 90, 179.99]) {
        expect(holds(area, lon, sign * 89.9)).toBe(true);
        expect(holds(area, lon, sign * 79)).toBe(false);
      }
    }
  });

  it("draws a corner at a pole as a line along ±90, from meridian to meridian", () => {
    const area = geoJsonArea(
      region([
        [30, -80],
        [60, -80],
        [0, -90],
      ]),
    );
    expectValid(area);
    for (const lon of [31, 45, 59]) expect(holds(area, lon, -89.9)).toBe(true);
    for (const lon of [29, 61, -135]) expect(holds(area, lon, -89.9)).toBe(false);
  });

  it("follows great circles within a thousandth of their length", () => {
    // The great circle between these rises to 67.8 degrees in the middle.
    const area = geoJsonArea(
      region([
        [0, 60],
        [90, 60],
        [45, 50],
      ]),
    );
    expectValid(area);
    expect(holds(area, 45, 67.5)).toBe(true);
    expect(holds(area, 45, 68.1)).toBe(false);
  });

  it("has a polygon for each that the region has, and is null without one", () => {
    expect(geoJsonArea([])).toBeNull();
    const crumb = 90 - 4e-13;
    const atPole = [0, 120, -120].map((lon) => [lon, crumb] as const);
    expect(geoJsonArea(region(atPole))).toBeNull();
    const box = geoJsonArea(regionFromBbox([-180, -90, 180, 90]));
    expectValid(box);
    for (const lon of [-179, -1, 1, 91, 179])
      for (const lat of [-89, 0, 89]) expect(holds(box, lon, lat)).toBe(true);
  });
});
