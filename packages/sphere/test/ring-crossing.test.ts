/** Rings that cross themselves: which do, which only touch themselves, and what becomes of them. */
import type { Warning } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { polygonHolds, preparePolygon, regionFromGeoJson, vectorOf } from "../src/index.js";
import { around, reversed, ringOf, type LonLat } from "./rings.js";

const zigzag = Array.from({ length: 24 }, (_, k): LonLat => [15 * k - 180, k % 2 ? 25 : -32]);
const hole = around(-180, 50, 24, () => 12).toReversed();

function warningsOf(...rings: (readonly LonLat[])[]): readonly Warning[] {
  const warnings: Warning[] = [];
  regionFromGeoJson({ type: "Polygon", coordinates: rings }, (warning) => warnings.push(warning));
  return warnings;
}

const codesOf = (...rings: (readonly LonLat[])[]): readonly string[] =>
  warningsOf(...rings).map(({ code }) => code);

describe("a ring larger than a hemisphere", () => {
  it.each<[string, readonly LonLat[]]>([
    ["crosses itself", [...zigzag.slice(0, 10), ...[12, 11, 10].map((k) => zigzag[k]!), ...zigzag.slice(13)]],
    ["goes around twice", [...zigzag, ...zigzag.map(([lon, lat]): LonLat => [lon + 5, lat + 3])]],
    ["crosses itself in a corner", [...zigzag, zigzag[0]!, [-170, -60], [170, -60]]],
  ])("that %s is refused, by grids and from files, either way round", (_what, places) => {
    for (const ring of [ringOf(...places), reversed(ringOf(...places))]) {
      expect(() => preparePolygon([ring])).toThrow(expect.objectContaining({ code: "GEOMETRY_CROSSING" }));
    }
    for (const ring of [places, places.toReversed()]) {
      expect(() => regionFromGeoJson({ type: "Polygon", coordinates: [ring] })).toThrow(
        expect.objectContaining({ code: "REGION_CROSSING", path: "coordinates[0]" }),
      );
    }
  });

  it.each<[string, readonly LonLat[]]>([
    ["is simple", zigzag],
    ["is joined to its hole by a line", [...zigzag, zigzag[0]!, ...hole, hole[0]!]],
    ["touches itself in a corner", [...zigzag, zigzag[0]!, [170, -60], [-170, -60]]],
    ["strays over itself by rounding", [...zigzag, zigzag[0]!, [-180, 40], [-179.9999999, 30], [-180, 5]]],
  ])("that %s is not", (_what, places) => {
    expect(preparePolygon([ringOf(...places)]).edges).toBeGreaterThan(20);
    expect(codesOf(places)).toEqual([]);
  });
});

describe("a ring that fits in a hemisphere and crosses itself", () => {
  const bowTie: LonLat[] = [
    [0, 40],
    [20, 60],
    [20, 40],
    [0, 60],
  ];

  it("encloses what it goes around an odd number of times, and whoever asks is told", () => {
    const [warning, ...others] = warningsOf(bowTie);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ code: "REGION_CROSSING", path: "coordinates[0]" });
    expect(warning?.what).toMatch(/\(0, 40\)|\(20, 40\)/);
    const twice = [...around(60, -30, 12, () => 8), ...around(60, -30, 12, () => 5)];
    expect(codesOf(twice)).toEqual(["REGION_CROSSING"]);
    const polygon = preparePolygon([ringOf(...twice)]);
    expect([35, 37].map((south) => polygonHolds(polygon, ...vectorOf(60, -south)))).toEqual([false, true]);
  });

  it("is told of in a corner that it passes twice, and not where it only touches", () => {
    const left: LonLat[] = [
      [10, 10],
      [0, 20],
      [0, 0],
    ];
    const [up, down]: LonLat[] = [
      [20, 20],
      [20, 0],
    ];
    expect(codesOf([...left, left[0]!, up!, down!])).toEqual(["REGION_CROSSING"]);
    expect(codesOf([...left, left[0]!, down!, up!])).toEqual([]);
  });
});

describe("a ring drawn on a flat map", () => {
  const around60 = Array.from({ length: 37 }, (_, k): LonLat => [10 * k - 180, -60]);
  const north: LonLat[] = [...around60, [180, 90], [-180, 90]];
  const globe: LonLat[] = [
    [-180, -90],
    [180, -90],
    [180, 90],
    [-180, 90],
  ];

  it("that encloses what is outside of it there is told of: a clockwise outer ring, a counter-clockwise hole", () => {
    expect(codesOf(north.toReversed())).toEqual(["REGION_CLOCKWISE"]);
    expect(codesOf(north)).toEqual([]);
    expect(codesOf(globe, north)).toEqual(["REGION_CLOCKWISE"]);
    expect(codesOf(globe, north.toReversed())).toEqual([]);
  });

  it("is not where both ways mean the same, or the map has a jump", () => {
    expect(codesOf(globe.toReversed())).toEqual([]);
    expect(codesOf(around60)).toEqual([]);
    expect(codesOf(around60.toReversed())).toEqual([]);
    expect(codesOf(zigzag.toReversed())).toEqual([]);
  });

  it("leaves a polygon to the left of a hole, too", () => {
    const region = regionFromGeoJson({ type: "Polygon", coordinates: [globe, north.toReversed()] });
    const holds = (lat: number): boolean => polygonHolds(preparePolygon(region[0]!), ...vectorOf(20, lat));
    expect([-75, -50, 80].map(holds)).toEqual([true, false, false]);
  });
});
