import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lonLatOf, ringVectors, unitVectors, vectorOf } from "../src/index.js";

const HALF = Math.SQRT1_2;
const lon = fc.double({ min: -360, max: 360, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });

describe("unit vectors", () => {
  it("are exact at the poles, whatever the longitude, without a minus zero", () => {
    fc.assert(
      fc.property(fc.oneof(lon, fc.double({ noNaN: true, noDefaultInfinity: true })), (lonDeg) => {
        expect(vectorOf(lonDeg, 90)).toEqual([0, 0, 1]);
        expect(vectorOf(lonDeg, -90)).toEqual([0, 0, -1]);
      }),
    );
  });

  it.each([
    [0, [1, 0]],
    [-0, [1, 0]],
    [90, [0, 1]],
    [180, [-1, 0]],
    [-180, [-1, 0]],
    [-90, [0, -1]],
    [270, [0, -1]],
    [360, [1, 0]],
    [-540, [-1, 0]],
    [90 + 360 * 2 ** 30, [0, 1]],
  ] as const)("are exact on the meridian %d", (lonDeg, [x, y]) => {
    expect(vectorOf(lonDeg, 0)).toEqual([x, y, 0]);
    expect(vectorOf(lonDeg, -0)).toEqual([x, y, 0]);
    const [atX, atY] = vectorOf(lonDeg, 45);
    expect(atX).toBeCloseTo(HALF * x, 15);
    expect(atY).toBeCloseTo(HALF * y, 15);
    expect(Object.is(x === 0 ? atX : atY, 0)).toBe(true);
  });

  it("are the same for longitudes whole turns apart", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -180, max: 180 }),
        fc.integer({ min: -4, max: 4 }),
        lat,
        (a, turns, b) => {
          expect(vectorOf(a + 360 * turns, b)).toEqual(vectorOf(a, b));
        },
      ),
    );
  });

  it("are what the sines and cosines are, and lead back to the place", () => {
    fc.assert(
      fc.property(lon, lat, (lonDeg, latDeg) => {
        const [x, y, z] = vectorOf(lonDeg, latDeg);
        const [a, b] = [(lonDeg * Math.PI) / 180, (latDeg * Math.PI) / 180];
        expect(x).toBeCloseTo(Math.cos(b) * Math.cos(a), 14);
        expect(y).toBeCloseTo(Math.cos(b) * Math.sin(a), 14);
        expect(z).toBeCloseTo(Math.sin(b), 14);
        const [backLon, backLat] = lonLatOf([x, y, z]);
        expect(Math.abs(backLon)).toBeLessThanOrEqual(180);
        expect(backLat).toBeCloseTo(latDeg, 12);
        const apart = (((backLon - lonDeg + 180) % 360) + 360) % 360;
        if (Math.abs(latDeg) < 89) expect(apart).toBeCloseTo(180, 11);
      }),
    );
  });

  it("are written where they should be", () => {
    const out = new Float64Array(9).fill(7);
    unitVectors(Float64Array.of(90), Float64Array.of(0), out, 1);
    expect([...out]).toEqual([7, 7, 7, 0, 1, 0, 7, 7, 7]);
    expect([...ringVectors({ lonDeg: Float64Array.of(0, 5), latDeg: Float64Array.of(0, 90) })]).toEqual([
      1, 0, 0, 0, 0, 1,
    ]);
  });
});
