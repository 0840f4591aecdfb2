import { isCodedError, type Ring } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { probeProbeVertex, probeVertexVertex } from "../src/polygon/orientation.js";
import { crossesOddly, polygonHolds } from "../src/polygon/polygon-parity.js";
import { preparePolygon, type PreparedPolygon } from "../src/polygon/prepared-polygon.js";
import { dot, vectorOf, type Vector } from "../src/index.js";
import { ringOf } from "./rings.js";
import { runs } from "../../../vitest.effort.mjs";

/** Coordinates that are whole numbers of this unit have determinants that bigints give exactly. */
const UNIT = 2 ** -50;

const steps = fc.integer({ min: -(2 ** 49), max: 2 ** 49 });
const whole = fc.tuple(steps, steps, steps);
const nudge = fc.integer({ min: -3, max: 3 });

const exactSign = (rows: readonly (readonly number[])[]): number => {
  const [a, b, c] = rows.map((row) => row.map(BigInt)) as [bigint[], bigint[], bigint[]];
  const det =
    a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) +
    a[1]! * (b[2]! * c[0]! - b[0]! * c[2]!) +
    a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!);
  return det > 0n ? 1 : det < 0n ? -1 : 0;
};

const scaled = (row: readonly number[]): Vector => row.map((part) => part * UNIT) as unknown as Vector;

/** Places where meridians, parallels, faces and cells meet; many lie on one great circle. */
const lattice = fc.tuple(
  fc.constantFrom(-180, -135, -90, -45, 0, 45, 90, 135, 180),
  fc.constantFrom(-90, -45, 0, 45, 90),
);

const exactVector = ([lon, lat]: readonly [number, number]): Vector => vectorOf(lon, lat);

const allEdges = (edges: number): Int32Array => Int32Array.from({ length: edges }, (_, edge) => edge);

describe("orientation of three vectors", () => {
  it("is exact for triples that are nearly on one great circle", () => {
    fc.assert(
      fc.property(
        whole,
        whole,
        fc.integer({ min: -1, max: 1 }),
        fc.integer({ min: -1, max: 1 }),
        nudge,
        nudge,
        (p, v, i, j, dx, dy) => {
          const w = [0, 1, 2].map((k) => Math.round((i * p[k]! + j * v[k]!) / 2) + [dx, dy, 0][k]!);
          const expected = exactSign([p, v, w]);
          fc.pre(expected !== 0);
          expect(probeProbeVertex(...scaled(p), ...scaled(v), ...scaled(w))).toBe(expected);
          expect(probeVertexVertex(...scaled(p), ...scaled(v), ...scaled(w), true)).toBe(expected);
          expect(probeVertexVertex(...scaled(p), ...scaled(v), ...scaled(w), false)).toBe(expected);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it("never leaves a probe on an edge, and turns round with the edge", () => {
    fc.assert(
      fc.property(lattice, lattice, lattice, fc.boolean(), (a, b, c, first) => {
        const [p, v, w] = [exactVector(a), exactVector(b), exactVector(c)];
        const side = probeVertexVertex(...p, ...v, ...w, first);
        expect(Math.abs(side)).toBe(1);
        expect(probeVertexVertex(...p, ...w, ...v, !first)).toBe(-side);
      }),
      { numRuns: runs(1000) },
    );
  });
});

/** A ring larger than a hemisphere that crosses itself has no side, and is no polygon. */
function preparedOrRefused(ring: Ring): PreparedPolygon | undefined {
  try {
    return preparePolygon([ring]);
  } catch (error) {
    if (isCodedError(error, "GEOMETRY_CROSSING")) return undefined;
    throw error;
  }
}

describe("crossings", () => {
  it("of a closed ring by a closed path are even, wherever they touch", () => {
    fc.assert(
      fc.property(
        fc.array(lattice, { minLength: 3, maxLength: 7 }),
        fc.array(
          fc.oneof(
            lattice,
            fc.tuple(
              fc.double({ min: -180, max: 180, noNaN: true }),
              fc.double({ min: -90, max: 90, noNaN: true }),
            ),
          ),
          {
            minLength: 3,
            maxLength: 5,
          },
        ),
        (corners, path) => {
          fc.pre(
            corners.every(
              (corner, k) => dot(exactVector(corner), exactVector(corners[(k + 1) % corners.length]!)) > -0.9,
            ),
          );
          fc.pre(new Set(corners.map((corner) => exactVector(corner).join())).size > 2);
          const polygon = preparedOrRefused(ringOf(...corners));
          fc.pre(polygon !== undefined);
          const list = allEdges(polygon.edges);
          const probes = path.map(exactVector);
          fc.pre(probes.every((p, k) => dot(p, probes[(k + 1) % probes.length]!) > -0.999));
          let odd = false;
          probes.forEach((p, k) => {
            const q = probes[(k + 1) % probes.length]!;
            if (crossesOddly(polygon, list, 0, polygon.edges, ...p, ...q)) odd = !odd;
          });
          expect(odd).toBe(false);
        },
      ),
      { numRuns: runs(3000) },
    );
  });

  it("on the way between two points tell whether the points differ in being inside", () => {
    const octant = preparePolygon([ringOf([0, 0], [90, 0], [0, 90])]);
    fc.assert(
      fc.property(lattice, lattice, (a, b) => {
        const [p, q] = [exactVector(a), exactVector(b)];
        fc.pre(dot(p, q) > -0.999);
        const odd = crossesOddly(octant, allEdges(3), 0, 3, ...p, ...q);
        expect(polygonHolds(octant, ...p) !== polygonHolds(octant, ...q)).toBe(odd);
      }),
      { numRuns: runs(500) },
    );
  });

  it("place points inside and outside of small rings and of rings larger than a hemisphere", () => {
    const small = preparePolygon([ringOf([10, 10], [10, -10], [-10, -10], [-10, 10])]);
    const zigzag = Array.from({ length: 24 }, (_, k) => [15 * k, k % 2 ? 25 : -25] as const);
    const north = preparePolygon([ringOf(...zigzag)]);
    expect(small.rings[0]?.side.kind).toBe("small");
    expect(north.rings[0]?.side.kind).toBe("large");
    expect(polygonHolds(small, ...vectorOf(3, 4))).toBe(true);
    for (const [lon, lat] of [
      [11, 0],
      [180, 0],
      [177, -4],
      [0, 90],
      [90, 3],
    ] as const) {
      expect(polygonHolds(small, ...vectorOf(lon, lat))).toBe(false);
    }
    for (let lon = -180; lon < 180; lon += 7) {
      expect(polygonHolds(north, ...vectorOf(lon, 40))).toBe(true);
      expect(polygonHolds(north, ...vectorOf(lon, -40))).toBe(false);
    }
  });
});
