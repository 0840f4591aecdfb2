/** Ground tracks and swaths of orbits. */
import type { Ring } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groundTrack, icesat2Orbit, type OrbitPass } from "../src/index.js";
import { lonLatOf, type Vector } from "@zagg/sphere";
import { isInside, ringsOf } from "./on-rings.js";

const EARTH_RADIUS_KM = 6371.0088;

const latitude = fc.double({ min: -88, max: 88, noNaN: true });
const direction = fc.constantFrom("A" as const, "D" as const);
const anyPass: fc.Arbitrary<OrbitPass> = fc.record({
  ascendingCrossing: fc.double({ min: -180, max: 180, noNaN: true }),
  startLatitude: latitude,
  startDirection: direction,
  endLatitude: latitude,
  endDirection: direction,
});

/** A point beside the track, so many kilometres to its left. */
function beside(pass: OrbitPass, angleDeg: number, km: number, orbit = icesat2Orbit): Vector {
  const track = groundTrack(pass, orbit);
  const here = track.at(angleDeg);
  const next = track.at(angleDeg + 1e-3);
  const left = [
    here[1] * next[2] - here[2] * next[1],
    here[2] * next[0] - here[0] * next[2],
    here[0] * next[1] - here[1] * next[0],
  ];
  const size = Math.hypot(...left);
  const rad = km / EARTH_RADIUS_KM;
  return [0, 1, 2].map(
    (i) => Math.cos(rad) * here[i]! + (Math.sin(rad) * left[i]!) / size,
  ) as unknown as Vector;
}

describe("the ground track of an orbit", () => {
  it("turns at 88 degrees, as ICESat-2's reference tracks do", () => {
    const track = groundTrack({
      ascendingCrossing: 10,
      startLatitude: 0,
      startDirection: "A",
      endLatitude: 0,
      endDirection: "A",
    });
    const latitudes = Array.from({ length: 3601 }, (_, i) => lonLatOf(track.at(i / 10))[1]);
    expect([track.fromDeg, track.toDeg]).toEqual([0, 360]);
    expect(Math.max(...latitudes)).toBeCloseTo(88.01, 2);
    expect(Math.min(...latitudes)).toBeCloseTo(-88.01, 2);
  });

  it("comes back to the equator 91/1387 of a circle farther west, as 1387 orbits of a 91-day repeat must", () => {
    const track = groundTrack({
      ascendingCrossing: 10,
      startLatitude: 0,
      startDirection: "A",
      endLatitude: 0,
      endDirection: "A",
    });
    expect(lonLatOf(track.at(0))[0]).toBeCloseTo(10, 9);
    expect(10 - lonLatOf(track.at(360))[0]).toBeCloseTo((360 * 91) / 1387, 1);
  });

  it("passes through the latitudes where a granule begins and ends", () => {
    fc.assert(
      fc.property(anyPass, (pass) => {
        const track = groundTrack(pass);
        expect(lonLatOf(track.at(track.fromDeg))[1]).toBeCloseTo(pass.startLatitude, 6);
        expect(lonLatOf(track.at(track.toDeg))[1]).toBeCloseTo(pass.endLatitude, 6);
        const isNorthward = (angle: number) =>
          lonLatOf(track.at(angle + 1e-4))[1] > lonLatOf(track.at(angle - 1e-4))[1];
        if (Math.abs(pass.startLatitude) < 87.9)
          expect(isNorthward(track.fromDeg)).toBe(pass.startDirection === "A");
        expect(track.toDeg).toBeGreaterThan(track.fromDeg);
        expect(track.toDeg - track.fromDeg).toBeLessThanOrEqual(360 + 1e-6);
      }),
    );
  });

  it.each([{ inclinationDeg: 0 }, { inclinationDeg: NaN }, { periodMinutes: 20 }, { swathWidthKm: 0 }])(
    "refuses the orbit %j",
    (part) => {
      const pass: OrbitPass = {
        ascendingCrossing: 0,
        startLatitude: 0,
        startDirection: "A",
        endLatitude: 9,
        endDirection: "A",
      };
      expect(() => groundTrack(pass, { ...icesat2Orbit, ...part })).toThrow(
        expect.objectContaining({ code: "CATALOG_ORBIT" }),
      );
    },
  );
});

describe("the swath of an orbit", () => {
  it("holds every point of its ground track, and as much beside it as it is wide, wherever it turns", () => {
    fc.assert(
      fc.property(
        anyPass,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: -17.9, max: 17.9, noNaN: true }),
        (pass, part, km) => {
          const rings = ringsOf(pass);
          const { fromDeg, toDeg } = groundTrack(pass);
          const point = beside(pass, fromDeg + part * (toDeg - fromDeg), km);
          expect(rings.some((ring) => isInside(point, ring))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("does not hold what lies a kilometre beyond its edge", () => {
    const pass: OrbitPass = {
      ascendingCrossing: 170,
      startLatitude: -80,
      startDirection: "D",
      endLatitude: -80,
      endDirection: "A",
    };
    const rings = ringsOf(pass);
    const { fromDeg, toDeg } = groundTrack(pass);
    for (let angle = fromDeg; angle <= toDeg; angle += 0.25) {
      for (const km of [-19, 19])
        expect(rings.some((ring) => isInside(beside(pass, angle, km), ring))).toBe(false);
    }
  });

  it("holds no pole, unless it is so wide", () => {
    const pass: OrbitPass = {
      ascendingCrossing: 0,
      startLatitude: 0,
      startDirection: "A",
      endLatitude: 0,
      endDirection: "A",
    };
    const atPole = (ring: Ring) => isInside([0, 0, 1], ring) || isInside([0, 0, -1], ring);
    expect(ringsOf(pass).some(atPole)).toBe(false);
    expect(ringsOf(pass, { ...icesat2Orbit, swathWidthKm: 500 }).some(atPole)).toBe(true);
  });

  it("holds the whole swath where it is wider than its turn", () => {
    const wide = { ...icesat2Orbit, inclinationDeg: 98.2, periodMinutes: 98.8, swathWidthKm: 2330 };
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: -1150, max: 1150, noNaN: true }),
        (angle, km) => {
          const pass: OrbitPass = {
            ascendingCrossing: 30,
            startLatitude: 0,
            startDirection: "A",
            endLatitude: 0,
            endDirection: "A",
          };
          expect(ringsOf(pass, wide).some((ring) => isInside(beside(pass, angle, km, wide), ring))).toBe(
            true,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
