import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverRegion } from "../src/cover/cover-region.js";
import { hemisphereOf } from "@zagg/sphere";
import { assignNested } from "../src/kernels/nested.js";
import { cross, dot, lonLatOf, ringOf, unit, vectorOf, type Vector } from "./spherical-oracle.js";

/** 11 cm on the ground; rings within 6 mm of a great circle may be taken for larger than a hemisphere. */
const LEAST_CLEARANCE_DEG = 1e-6;

/** A pole, and vertices around it at uneven steps: in order of their bearing, the farthest just within the rim. */
const nearRim = fc
  .record({
    pole: fc
      .tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -89, max: 89, noNaN: true }))
      .map(([lon, lat]) => vectorOf(lon, lat)),
    clearanceLog: fc.double({ min: Math.log10(LEAST_CLEARANCE_DEG), max: 1, noNaN: true }),
    steps: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 24 }),
    lifts: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 40, noNaN: true })), {
      minLength: 24,
      maxLength: 24,
    }),
  })
  // The step around to the first vertex must be below half a turn too.
  .filter(({ steps }) => 2 * Math.max(...steps) < 0.99 * steps.reduce((sum, step) => sum + step, 0))
  .map(({ pole, clearanceLog, steps, lifts }) => {
    const total = steps.reduce((sum, step) => sum + step, 0);
    const east = unit(cross(pole, [0.3, -0.4, 0.87]));
    const north = cross(pole, east);
    let bearing = 0;
    const vertices = steps.map((step, k): Vector => {
      bearing += (2 * Math.PI * step) / total;
      const height = ((10 ** clearanceLog + lifts[k]!) * Math.PI) / 180;
      const along = (i: 0 | 1 | 2): number => Math.cos(bearing) * east[i] + Math.sin(bearing) * north[i];
      const at = (i: 0 | 1 | 2): number => Math.sin(height) * pole[i] + Math.cos(height) * along(i);
      return unit([at(0), at(1), at(2)]);
    });
    return { pole, vertices };
  });

const flat = (vertices: readonly Vector[]): Float64Array => Float64Array.from(vertices.flat());

describe("the hemisphere of a ring", () => {
  it("has every vertex within 90 degrees of its middle, for rings that clear its rim by a millionth of a degree too", () => {
    fc.assert(
      fc.property(nearRim, ({ vertices }) => {
        const cap = hemisphereOf(flat(vertices), 0, vertices.length);
        expect(cap).toBeDefined();
        const { x, y, z, cosRadius } = cap as NonNullable<typeof cap>;
        expect(Math.min(...vertices.map((v) => dot([x, y, z], v)))).toBe(cosRadius);
        expect(cosRadius).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("is none for vertices that hold the centre of the sphere between them", () => {
    fc.assert(
      fc.property(nearRim, ({ pole, vertices }) => {
        const around = [...vertices, pole.map((part) => -part) as unknown as Vector];
        expect(hemisphereOf(flat(around), 0, around.length)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
    const antipodes = flat([
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
    ]);
    expect(hemisphereOf(antipodes, 0, 3)).toBeUndefined();
  });

  it("makes a ring enclose its smaller side, whatever its direction, right up to the rim", () => {
    fc.assert(
      fc.property(nearRim, ({ pole, vertices }) => {
        const opposite = pole.map((part) => -part) as unknown as Vector;
        const places = [pole, opposite].map(lonLatOf);
        const cells = new BigUint64Array(2);
        const [lon, lat] = [0, 1].map((k) => Float64Array.from(places, (place) => place[k]!));
        assignNested(3, lon as Float64Array, lat as Float64Array, "geodetic", cells);
        for (const ring of [vertices, [...vertices].reverse()]) {
          const covered = coverRegion([[ringOf(...ring.map(lonLatOf))]], 3, "geodetic");
          expect([...cells].map((cell) => covered.includes(cell))).toEqual([true, false]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
