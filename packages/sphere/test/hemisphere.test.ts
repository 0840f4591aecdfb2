import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, cross, dot, hemisphereOf, unit, vectorOf, type Vector } from "../src/index.js";
import { runs } from "../../../vitest.effort.mjs";

/** 11 cm on the ground; rings within 6 mm of a great circle may be taken for larger than a hemisphere. */
const LEAST_CLEARANCE_DEG = 1e-6;
const RADIANS = Math.PI / 180;

const middles = fc
  .tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -89, max: 89, noNaN: true }))
  .map(([lon, lat]) => vectorOf(lon, lat));

/** A point at a bearing and a height above the rim of the hemisphere around a middle. */
function aboveRim(middle: Vector, bearing: number, heightRad: number): Vector {
  const east = unit(cross(middle, [0.3, -0.4, 0.87]));
  const outward = add(add([0, 0, 0], east, Math.cos(bearing)), cross(middle, east), Math.sin(bearing));
  return unit(add(add([0, 0, 0], outward, Math.cos(heightRad)), middle, Math.sin(heightRad)));
}

/** Points around a middle at uneven steps, none half a turn; the farthest just within the rim. */
const unevenSteps = fc
  .record({
    middle: middles,
    clearanceLog: fc.double({ min: Math.log10(LEAST_CLEARANCE_DEG), max: 1, noNaN: true }),
    steps: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 24 }),
    lifts: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 40, noNaN: true })), {
      minLength: 24,
      maxLength: 24,
    }),
  })
  // The step around to the first vertex must be below half a turn too.
  .filter(({ steps }) => 2 * Math.max(...steps) < 0.99 * steps.reduce((sum, step) => sum + step, 0))
  .map(({ middle, clearanceLog, steps, lifts }) => {
    const total = steps.reduce((sum, step) => sum + step, 0);
    let bearing = 0;
    const points = steps.map((step, k) => {
      bearing += (2 * Math.PI * step) / total;
      return aboveRim(middle, bearing, (10 ** clearanceLog + lifts[k]!) * RADIANS);
    });
    return { middle, points };
  });

/** Points around a middle at heights of any size above the rim. */
const anyHeights = fc
  .record({
    middle: middles,
    logs: fc.array(fc.double({ min: Math.log10(LEAST_CLEARANCE_DEG), max: 1.5, noNaN: true }), {
      minLength: 5,
      maxLength: 40,
    }),
    wobble: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
  })
  .map(({ middle, logs, wobble }) => ({
    middle,
    points: logs.map((log, k) =>
      aboveRim(middle, (2 * Math.PI * (k + wobble * (k % 2))) / logs.length, 10 ** log * RADIANS),
    ),
  }));

/** Points in three places, as near each other as rounding lets them, just within the rim. */
const clusters = fc
  .record({
    middle: middles,
    clearanceLog: fc.double({ min: Math.log10(LEAST_CLEARANCE_DEG), max: -2, noNaN: true }),
    shifts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 60 }),
  })
  .map(({ middle, clearanceLog, shifts }) => ({
    middle,
    points: shifts.map((shift, k) =>
      aboveRim(middle, [0, 2.1, 4.2][k % 3]! + 1e-7 * shift, 10 ** clearanceLog * RADIANS * (1 + shift)),
    ),
  }));

const hemisphere = (points: readonly Vector[]) =>
  hemisphereOf(Float64Array.from(points.flat()), 0, points.length);

describe("the hemisphere of a ring", () => {
  it("has every vertex within 90 degrees of its middle, for rings that clear its rim by a millionth of a degree too", () => {
    fc.assert(
      fc.property(fc.oneof(unevenSteps, anyHeights, clusters), ({ points }) => {
        const cap = hemisphere(points);
        expect(cap).toBeDefined();
        const { x, y, z, cosRadius } = cap!;
        expect(Math.min(...points.map((point) => dot([x, y, z], point)))).toBe(cosRadius);
        expect(cosRadius).toBeGreaterThan(0);
      }),
      { numRuns: runs(2000) },
    );
  });

  it("is none for vertices that hold the centre of the sphere between them", () => {
    fc.assert(
      fc.property(fc.oneof(unevenSteps, anyHeights), ({ middle, points }) => {
        expect(hemisphere([...points, add([0, 0, 0], middle, -1)])).toBeUndefined();
      }),
      { numRuns: runs(800) },
    );
  });

  it("is none for opposite points and for a great circle", () => {
    expect(hemisphere([vectorOf(10, 20), vectorOf(-170, -20), vectorOf(0, 0)])).toBeUndefined();
    expect(hemisphere([0, 72, 144, 216, 288].map((lon) => vectorOf(lon, 0)))).toBeUndefined();
    expect(
      hemisphere([
        [1, 0, 0],
        [-1, 0, 0],
        [0, 1, 0],
      ]),
    ).toBeUndefined();
  });

  it("looks at the vertices of one ring among others", () => {
    const flat = Float64Array.from([
      ...vectorOf(0, 0),
      ...vectorOf(100, 0),
      ...vectorOf(110, 0),
      ...vectorOf(180, 0),
    ]);
    const cap = hemisphereOf(flat, 1, 3)!;
    expect(dot([cap.x, cap.y, cap.z], vectorOf(105, 0))).toBeCloseTo(1, 12);
  });
});
