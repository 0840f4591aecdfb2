import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hemisphereOf } from "../src/sphere/hemisphere.js";
import { add, cross, dot, unit, vectorOf, type Vector } from "../src/sphere/unit-vector.js";

/** 11 cm on the ground, well above the 6 mm within which a ring counts as a great circle. */
const LEAST_CLEARANCE_DEG = 1e-6;

/** Points around a middle at growing bearings, no step as long as half a turn, some just within the rim. */
const belowTheRim = fc
  .record({
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    lat: fc.double({ min: -89, max: 89, noNaN: true }),
    logs: fc.array(fc.double({ min: Math.log10(LEAST_CLEARANCE_DEG), max: 1.5, noNaN: true }), {
      minLength: 5,
      maxLength: 40,
    }),
    wobble: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
  })
  .map(({ lon, lat, logs, wobble }) => {
    const middle = vectorOf(lon, lat);
    const east = unit(cross(middle, [0.3, -0.4, 0.87]));
    const north = cross(middle, east);
    const points = logs.map((log, k): Vector => {
      const bearing = (2 * Math.PI * (k + wobble * (k % 2))) / logs.length;
      const height = (10 ** log * Math.PI) / 180;
      const rim = add([0, 0, 0], east, Math.cos(bearing));
      const outward = add(rim, north, Math.sin(bearing));
      return unit(add(add([0, 0, 0], outward, Math.cos(height)), middle, Math.sin(height)));
    });
    return { middle, points };
  });

describe("the hemisphere of points", () => {
  it("has all of them within 90 degrees of its middle, and one when its rim clears them by a millionth of a degree", () => {
    fc.assert(
      fc.property(belowTheRim, ({ points }) => {
        const found = hemisphereOf(points);
        expect(found).toBeDefined();
        expect(Math.min(...points.map((point) => dot(point, found as Vector)))).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("is none for points that hold the centre of the sphere between them", () => {
    fc.assert(
      fc.property(belowTheRim, ({ middle, points }) => {
        expect(hemisphereOf([...points, [-middle[0], -middle[1], -middle[2]]])).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it("is none for opposite points and for a great circle", () => {
    expect(hemisphereOf([vectorOf(10, 20), vectorOf(-170, -20), vectorOf(0, 0)])).toBeUndefined();
    expect(hemisphereOf([0, 72, 144, 216, 288].map((lon) => vectorOf(lon, 0)))).toBeUndefined();
  });
});
