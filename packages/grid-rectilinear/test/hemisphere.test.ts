import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexRing } from "../src/cover/ring-index.js";
import { regionVectors, writeVector } from "../src/cover/sphere.js";
import { regionOf, travel } from "./regions.js";

type LonLat = readonly [number, number];

/** 11 cm on the ground; rings within 6 mm of a great circle may be taken for larger than a hemisphere. */
const LEAST_CLEARANCE_DEG = 1e-6;

/** A pole, and vertices around it at uneven bearings, none of them half a turn apart; the farthest just within 90 degrees. */
const nearRim = fc
  .record({
    pole: fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -89, max: 89, noNaN: true }),
    ),
    clearanceLog: fc.double({ min: Math.log10(LEAST_CLEARANCE_DEG), max: 1, noNaN: true }),
    steps: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 24 }),
    lifts: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 40, noNaN: true })), {
      minLength: 24,
      maxLength: 24,
    }),
  })
  .filter(({ steps }) => 2 * Math.max(...steps) < 0.99 * steps.reduce((sum, step) => sum + step, 0))
  .map(({ pole, clearanceLog, steps, lifts }) => {
    const total = steps.reduce((sum, step) => sum + step, 0);
    let bearing = 0;
    const vertices = steps.map((step, k): LonLat => {
      bearing += (360 * step) / total;
      return travel(...pole, bearing, 90 - 10 ** clearanceLog - lifts[k]!);
    });
    return { pole, vertices };
  });

function holds(vertices: readonly LonLat[], [lon, lat]: LonLat, sign: 1 | -1): boolean {
  const ring = regionVectors(regionOf(vertices))[0]![0]!;
  const point = new Float64Array(3);
  writeVector(lon, lat, point, 0);
  const [x, y, z] = point as unknown as [number, number, number];
  return indexRing(ring).contains(sign * x, sign * y, sign * z);
}

describe("a ring that fits in a hemisphere", () => {
  it("encloses its smaller side, whatever its direction, right up to the rim", () => {
    fc.assert(
      fc.property(nearRim, ({ pole, vertices }) => {
        for (const ring of [vertices, [...vertices].reverse()]) {
          expect([holds(ring, pole, 1), holds(ring, pole, -1)]).toEqual([true, false]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
