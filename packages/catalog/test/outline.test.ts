import { type JsonObject, type Region } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTrackOutline, groundTrack } from "../src/index.js";
import { boxOfRegion, lonLatOf, regionFromGeoJson, plainVectorOf } from "@zagg/sphere";

const EARTH_RADIUS_KM = 6371.0088;

/** Whether a place lies in a rectangle: left of each of its edges. */
function isInside(region: Region, lon: number, lat: number): boolean {
  const p = plainVectorOf(lon, lat);
  return region.some(([ring]) => {
    const corners = Array.from(ring!.lonDeg, (lonDeg, i) => plainVectorOf(lonDeg, ring!.latDeg[i]!));
    return corners.every((a, i) => {
      const b = corners[(i + 1) % corners.length]!;
      return (
        (a[1] * b[2] - a[2] * b[1]) * p[0] +
          (a[2] * b[0] - a[0] * b[2]) * p[1] +
          (a[0] * b[1] - a[1] * b[0]) * p[2] >=
        0
      );
    });
  });
}

function outlineOf(places: readonly (readonly [number, number])[]) {
  const outline = createTrackOutline();
  outline.add(
    places.map(([lon]) => lon),
    places.map(([, lat]) => lat),
  );
  return { region: regionFromGeoJson(outline.geometry()), marginKm: outline.marginKm() };
}

const polarTrack = groundTrack({
  ascendingCrossing: 175,
  startLatitude: 79,
  startDirection: "A",
  endLatitude: 79,
  endDirection: "D",
});
const alongTrack = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, i) => lonLatOf(polarTrack.at(from + ((to - from) * i) / (count - 1))));

describe("the outline of a track", () => {
  it("holds every point, over the antimeridian and the turn at 88 degrees, with a margin of half a kilometre", () => {
    const places = alongTrack(20_000, polarTrack.fromDeg, polarTrack.toDeg);
    const { region, marginKm } = outlineOf(places);
    expect(places.filter(([lon, lat]) => !isInside(region, lon, lat))).toEqual([]);
    expect(marginKm).toBeCloseTo(0.5, 9);
    expect(region.length).toBeLessThan(40);
    const width = (2.1 * marginKm) / EARTH_RADIUS_KM;
    const beside = places.map(([lon, lat]) => [lon, lat - (width * 180) / Math.PI] as const);
    expect(beside.filter(([lon, lat]) => isInside(region, lon, lat)).length).toBeLessThan(places.length / 2);
  });

  it("holds every point of any list of them", () => {
    const step = fc.tuple(
      fc.double({ min: -0.2, max: 0.2, noNaN: true }),
      fc.double({ min: -0.2, max: 0.2, noNaN: true }),
    );
    const start = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -89.9, max: 89.9, noNaN: true }),
    );
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 400 }), ([lon0, lat0], steps) => {
        let [lon, lat] = [lon0, lat0];
        const places = [
          [lon, lat] as const,
          ...steps.map(
            ([east, north]) => [(lon += east), (lat = Math.max(-90, Math.min(90, lat + north)))] as const,
          ),
        ];
        const { region } = outlineOf(places);
        expect(places.filter(([x, y]) => !isInside(region, x, y))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("widens its margin rather than have more than 256 polygons", () => {
    const places = Array.from({ length: 3000 }, (_, i) => [i * 0.02, i % 2 === 0 ? 0 : 0.1] as const);
    const { region, marginKm } = outlineOf(places);
    expect(region.length).toBeLessThanOrEqual(256);
    expect(marginKm).toBeGreaterThan(1);
    expect(places.filter(([lon, lat]) => !isInside(region, lon, lat))).toEqual([]);
  });

  it("outlines six beams of a whole orbit, whose stretches are longer than a gap", () => {
    const orbit = groundTrack({
      ascendingCrossing: 30,
      startLatitude: 0,
      startDirection: "A",
      endLatitude: 0,
      endDirection: "A",
    });
    const track = Array.from({ length: 20_000 }, (_, i) => lonLatOf(orbit.at((i * 360) / 20_000)));
    const outline = createTrackOutline();
    for (let beam = 0; beam < 6; beam++) {
      outline.add(
        track.map(([lon]) => lon + beam / 30),
        track.map(([, lat]) => lat),
      );
      outline.endGroup();
    }
    const region = regionFromGeoJson(outline.geometry());
    expect(region.length).toBeLessThanOrEqual(256);
    expect(outline.marginKm()).toBeLessThan(20);
    const isMissed = ([lon, lat]: readonly [number, number]) => !isInside(region, lon + 5 / 30, lat);
    expect(track.filter((_place, i) => i % 10 === 0).filter(isMissed)).toEqual([]);
  });

  it("leaves gaps out, and does not join groups", () => {
    const outline = createTrackOutline();
    outline.add([0, 0], [0, 0.1]);
    outline.add([0, 0], [5, 5.1]);
    outline.endGroup();
    outline.add([0.1], [5.1]);
    const region = regionFromGeoJson(outline.geometry());
    expect(isInside(region, 0, 2)).toBe(false);
    expect(isInside(region, 0.05, 5.1)).toBe(false);
    expect(isInside(region, 0.1, 5.1)).toBe(true);
  });

  it("passes over what is no place, and refuses a granule of nothing else", () => {
    const outline = createTrackOutline();
    outline.add([NaN, 0, 1e38, Infinity], [0, 91, 0, 0]);
    expect(() => outline.geometry()).toThrow(expect.objectContaining({ code: "CATALOG_OUTLINE" }));
    outline.add([5], [6]);
    expect(isInside(regionFromGeoJson(outline.geometry()), 5, 6)).toBe(true);
  });
});

describe("boxOfRegion", () => {
  const bounds = (...coordinates: number[][][]) =>
    boxOfRegion(
      regionFromGeoJson({
        type: "MultiPolygon",
        coordinates: coordinates.map((ring) => [ring]),
      } as JsonObject),
    );

  it.each([
    [
      "a square",
      [
        [
          [0, 10],
          [10, 10],
          [10, 0],
          [0, 0],
        ],
      ],
      [0, 0, 10, 10.0376],
    ],
    [
      "one across the antimeridian",
      [
        [
          [170, 0],
          [-170, 0],
          [-170, 10],
          [170, 10],
        ],
      ],
      [170, 0, -170, 10.1511],
    ],
    [
      "two on either side of it",
      [
        [
          [170, 0],
          [175, 0],
          [175, 5],
        ],
        [
          [-175, 0],
          [-170, 0],
          [-170, 5],
        ],
      ],
      [170, 0, -170, 5],
    ],
    [
      "a ring around the north pole",
      [
        [
          [0, 80],
          [90, 80],
          [180, 80],
          [-90, 80],
        ],
      ],
      [-180, 80, 180, 90],
    ],
    [
      "a ring around the south pole, the other way",
      [
        [
          [0, -80],
          [-90, -80],
          [180, -80],
          [90, -80],
        ],
      ],
      [-180, -90, 180, -80],
    ],
  ])("boxes %s", (_what, rings, box) => {
    bounds(...rings).forEach((side, i) => expect(side).toBeCloseTo(box[i]!, 3));
  });
});
