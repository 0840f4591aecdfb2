/** Which side of a ring is its inside, above all of rings that run to and fro along seams. */
import type { Polygon, Ring } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { polygonHolds, preparePolygon, vectorOf } from "../src/index.js";
import { around, evenPlaces, reversed, ringOf, type LonLat } from "./rings.js";
import { runs } from "../../../vitest.effort.mjs";

const PLACES = evenPlaces(5000);
/** Places are spread so evenly that a share is right to better than this. */
const SHARE_ERROR = 2e-3;

function share(...polygon: Polygon): number {
  const prepared = preparePolygon(polygon);
  return PLACES.filter((place) => polygonHolds(prepared, ...place)).length / PLACES.length;
}

/** Everything on one side of a parallel, cut along a meridian as RFC 7946 asks; counter-clockwise. */
function cutAlong(seam: number, latitude: number, pole: 90 | -90): Ring {
  const east = Array.from({ length: 37 }, (_, k): LonLat => [seam + 10 * k, latitude]);
  return pole === 90
    ? ringOf(...east, [seam + 360, 90], [seam, 90])
    : ringOf(...east.toReversed(), [seam, -90], [seam + 360, -90]);
}

const capShare = (latitude: number): number => (1 - Math.sin((latitude * Math.PI) / 180)) / 2;

/** The sides of the globe between two parallels are chords of 10 degrees. */
const CHORDS = 2e-3;

describe.each([-180, 0, 90, -137.5])("a ring cut along the meridian %d", (seam) => {
  it.each([
    ["north of 60 degrees south", cutAlong(seam, -60, 90)],
    ["south of 60 degrees north", cutAlong(seam, 60, -90)],
  ])("holds what is left of it, %s, and reversed what is right of it", (_name, ring) => {
    expect(Math.abs(share(ring) - capShare(-60))).toBeLessThan(CHORDS);
    expect(Math.abs(share(reversed(ring)) - capShare(60))).toBeLessThan(CHORDS);
    expect(share(ring) + share(reversed(ring))).toBe(1);
  });

  it("holds it where the seam has vertices of its own, not the same on both sides", () => {
    const { lonDeg, latDeg } = cutAlong(seam, -60, 90);
    const places = Array.from(lonDeg, (lon, k): LonLat => [lon, latDeg[k]!]);
    const up = [-33, 1, 47].map((lat): LonLat => [seam + 360, lat]);
    const down = [80, 12, -59].map((lat): LonLat => [seam, lat]);
    const ring = ringOf(...places.slice(0, 37), ...up, ...places.slice(37), ...down);
    expect(share(ring)).toBe(share(cutAlong(seam, -60, 90)));
  });

  it("holds the whole globe but its holes when it goes from pole to pole and back", () => {
    const corners = ringOf([seam, -90], [seam + 360, -90], [seam + 360, 90], [seam, 90], [seam, -90]);
    const dense = ringOf(
      ...Array.from({ length: 19 }, (_, k): LonLat => [seam + 360, 10 * k - 90]),
      ...Array.from({ length: 19 }, (_, k): LonLat => [seam, 90 - 10 * k]),
    );
    const hole = ringOf(...around(seam + 20, 30, 40, () => 20));
    const left = 1 - (1 - Math.cos(Math.PI / 9)) / 2;
    for (const outer of [corners, dense, reversed(corners), reversed(dense)]) {
      expect(share(outer)).toBe(1);
      for (const inner of [hole, reversed(hole)]) {
        expect(Math.abs(share(outer, inner) - left)).toBeLessThan(SHARE_ERROR);
      }
    }
  });
});

/** 11 cm on the ground; rings within 6 mm of a great circle may be taken for larger than a hemisphere. */
const LEAST_CLEARANCE_DEG = 1e-6;

describe("a ring that fits in a hemisphere", () => {
  it("holds the middle of its cap and not the place opposite, right up to the rim", () => {
    const rings = fc.record({
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      lat: fc.double({ min: -89, max: 89, noNaN: true }),
      clearanceLog: fc.double({ min: Math.log10(LEAST_CLEARANCE_DEG), max: 1, noNaN: true }),
      lifts: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 40, noNaN: true })), {
        minLength: 3,
        maxLength: 24,
      }),
    });
    fc.assert(
      fc.property(rings, ({ lon, lat, clearanceLog, lifts }) => {
        const ring = ringOf(...around(lon, lat, lifts.length, (k) => 90 - 10 ** clearanceLog - lifts[k]!));
        const [x, y, z] = vectorOf(lon, lat);
        for (const polygon of [[ring], [reversed(ring)]].map((rings) => preparePolygon(rings))) {
          expect([polygonHolds(polygon, x, y, z), polygonHolds(polygon, -x, -y, -z)]).toEqual([true, false]);
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it("holds its smaller side, whichever way it runs", () => {
    const ring = ringOf(...around(40, -70, 30, (k) => 30 + (k % 3)));
    expect(share(ring)).toBe(share(reversed(ring)));
    expect(share(ring)).toBeLessThan(0.1);
  });
});

describe("a ring that does not", () => {
  it("holds what is left of it", () => {
    const zigzag = Array.from({ length: 24 }, (_, k): LonLat => [15 * k - 180, k % 2 ? 25 : -32]);
    const ring = ringOf(...zigzag);
    const holds = (vertices: Ring, lat: number): boolean =>
      polygonHolds(preparePolygon([vertices]), 0, 0, lat);
    expect([holds(ring, 1), holds(ring, -1)]).toEqual([true, false]);
    expect([holds(reversed(ring), 1), holds(reversed(ring), -1)]).toEqual([false, true]);
  });

  it("holds nothing when it runs to and fro and misses a pole", () => {
    expect(share(ringOf([0, 0], [100, 0], [200, 5], [100, 0]))).toBe(0);
  });

  it("may be joined to its hole by a seam", () => {
    const outer = Array.from({ length: 24 }, (_, k): LonLat => [15 * k - 180, k % 2 ? 25 : -32]);
    const hole = around(-180, 40, 24, () => 12).toReversed();
    const joined = ringOf(...outer, outer[0]!, ...hole, hole[0]!);
    expect(Math.abs(share(joined) - share(ringOf(...outer), ringOf(...hole)))).toBeLessThan(SHARE_ERROR);
  });
});
