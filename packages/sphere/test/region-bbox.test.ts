import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BoundingBox } from "@zagg/core";
import { regionFromBbox } from "../src/index.js";
import { fitsHemisphere, isInRegion } from "./on-sphere.js";
import { runs } from "../../../vitest.effort.mjs";

/** Great circles between points 0.1 degree apart stray from the parallel by up to 1.2e-5 degrees. */
const STRAY_DEG = 2e-5;

/** How far a point is inside the box, in degrees of a great circle or less; negative outside. */
function depthDeg([west, south, east, north]: BoundingBox, lon: number, lat: number): number {
  const width = west > east ? east + 360 - west : east - west;
  const fromWest = (((lon - west) % 360) + 360) % 360;
  const awayDeg =
    fromWest <= width ? Math.min(fromWest, width - fromWest) : Math.max(width - fromWest, fromWest - 360);
  const lonDepth = width === 360 ? Infinity : awayDeg * Math.cos((lat * Math.PI) / 180);
  return Math.min(lonDepth, south === -90 ? Infinity : lat - south, north === 90 ? Infinity : north - lat);
}

function expectBox(bbox: BoundingBox, points: readonly (readonly [number, number])[]): void {
  const region = regionFromBbox(bbox);
  for (const [ring, ...holes] of region) {
    expect(fitsHemisphere(ring!)).toBe(true);
    expect(holes).toEqual([]);
  }
  for (const [lon, lat] of points) {
    const depth = depthDeg(bbox, lon, lat);
    if (Math.abs(depth) > STRAY_DEG)
      expect([bbox, lon, lat, isInRegion(region, lon, lat)]).toEqual([bbox, lon, lat, depth > 0]);
  }
}

describe("a region from a bounding box", () => {
  // Off the seams between pieces, which belong to neither piece in the even-odd count of this check.
  const grid = [-179.3, -135.7, -91.1, -60.2, -45.4, -0.7, 0.9, 44.6, 59.8, 89.3, 134.2, 179.6].flatMap(
    (lon) =>
      [-89.9, -75.3, -60.1, -30.2, -0.4, 0.3, 29.7, 59.9, 60.3, 74.8, 89.9].map((lat) => [lon, lat] as const),
  );

  it.each<BoundingBox>([
    [-10, -5, 10, 5],
    [-60, 30, 60, 60],
    [170, -20, -170, 20],
    [100, 60, -100, 80],
    [-180, -90, 180, 90],
    [0, -90, 360, 90],
    [-180, 60, 180, 90],
    [-180, -90, 180, -60],
    [-180, -10, 180, 90],
    [-180, -30, 180, 30],
    [-90, -90, 90, 90],
    [40, -90, 50, 90],
    [-50, 10, 50, 90],
    [0, -50, 90, 45],
    [90, -30, 270, 30],
    [-200, -30, -160, 30],
  ])("holds what the box %j holds, in pieces that fit in a hemisphere", (...bbox) => {
    expectBox(bbox as unknown as BoundingBox, grid);
  });

  it("holds what the box holds, wherever it is", () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    // Moved off round numbers, where the seams between pieces are.
    const point = fc.tuple(lon, lat).map(([x, y]) => [0.9991 * x + 0.0123, 0.9991 * y + 0.0123] as const);
    const box = fc
      .tuple(lon, lat, fc.double({ min: 0.001, max: 359.9, noNaN: true }), lat)
      .filter(([west, a, width, b]) => Math.abs(a - b) > 1e-12 && (west + width <= 180 || width <= 180));
    fc.assert(
      fc.property(box, fc.array(point, { maxLength: 20 }), ([west, a, width, b], points) => {
        const east = west + width > 180 ? west + width - 360 : west + width;
        const near = [-1, 1].flatMap((side) =>
          [a, b].map(
            (edge) => [west + 0.37 * width, Math.max(-89.99, Math.min(89.99, edge + side * 1e-3))] as const,
          ),
        );
        expectBox([west, Math.min(a, b), east, Math.max(a, b)], [...points, ...near]);
      }),
      { numRuns: runs(60) },
    );
  });

  it("follows parallels in steps of at most 0.1 degree, on the parallels exactly", () => {
    const [[ring]] = regionFromBbox([0, 45, 10, 50]) as [[{ lonDeg: Float64Array; latDeg: Float64Array }]];
    expect(ring.lonDeg).toHaveLength(202);
    expect(new Set(ring.latDeg)).toEqual(new Set([45, 50]));
    expect([ring.lonDeg[0], ring.lonDeg[100], ring.lonDeg[101], ring.lonDeg[201]]).toEqual([0, 10, 10, 0]);
  });

  it("meets at a pole in one vertex", () => {
    const ring = regionFromBbox([0, 80, 10, 90])[0]![0]!;
    expect(Array.from(ring.latDeg).filter((lat) => lat === 90)).toHaveLength(1);
  });

  it("keeps longitudes within ±180", () => {
    for (const [ring] of regionFromBbox([170, 0, -100, 10])) {
      for (const lon of ring!.lonDeg) expect(Math.abs(lon)).toBeLessThanOrEqual(180);
    }
  });

  it.each<[string, BoundingBox, string]>([
    ["no width", [10, 0, 10, 5], "REGION_BBOX_EMPTY"],
    ["no width at the antimeridian", [180, 0, -180, 5], "REGION_BBOX_EMPTY"],
    ["no height", [0, 5, 10, 5], "REGION_BBOX_EMPTY"],
    ["a height that no two places differ by", [0, 0, 10, 5e-324], "REGION_BBOX_EMPTY"],
    ["south above north", [0, 10, 10, 5], "REGION_BBOX_REVERSED"],
    ["west and east swapped", [10, 0, 5, 5], "REGION_BBOX_REVERSED"],
    ["a crossing wider than 180 degrees", [90, 0, -89.9, 5], "REGION_BBOX_REVERSED"],
    ["west and east a turn apart", [300, 0, -300, 5], "REGION_BBOX_REVERSED"],
    ["a latitude beyond a pole", [0, -91, 10, 5], "REGION_COORDINATE"],
    ["a longitude beyond 360", [0, 0, 361, 5], "REGION_COORDINATE"],
    ["more than the globe", [-200, 0, 200, 5], "REGION_COORDINATE"],
    ["NaN", [0, NaN, 10, 5], "REGION_COORDINATE"],
    ["infinity", [-Infinity, 0, 10, 5], "REGION_COORDINATE"],
    ["five numbers", [0, 0, 10, 5, 6] as unknown as BoundingBox, "REGION_COORDINATE"],
    ["texts", ["0", "0", "10", "5"] as unknown as BoundingBox, "REGION_COORDINATE"],
    ["three numbers", [0, 0, 10] as unknown as BoundingBox, "REGION_COORDINATE"],
  ])("refuses %s", (_name, bbox, code) => {
    expect(() => regionFromBbox(bbox)).toThrow(expect.objectContaining({ name: "GeometryError", code }));
  });
});
