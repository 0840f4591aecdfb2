import type { Ring } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverRegion } from "../src/cover/cover-region.js";
import { facePointVector } from "../src/kernels/cell-geometry.js";
import { cellAt, cellsOf, expectAllTouched, sampledCells } from "./coverage-oracle.js";
import {
  angleBetween,
  circle,
  lonLatOf,
  ringOf,
  ringVectors,
  unit,
  vectorOf,
  windsAround,
  type Vector,
} from "./spherical-oracle.js";
import { runs } from "../../../vitest.effort.mjs";

/** Directions biased to poles, antimeridian, face corners and the kink of the projection. */
const direction: fc.Arbitrary<Vector> = fc.oneof(
  fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }))
    .map(([z, lon]) => vectorOf(lon, (Math.asin(z) * 180) / Math.PI)),
  fc.constantFrom<Vector>(
    [0, 0, 1],
    [0, 0, -1],
    [-1, 0, 0],
    [1, 0, 0],
    unit([1, 1, 0]),
    unit([1, 0, 1]),
    vectorOf(45, 41.810314895778596),
    vectorOf(180, -41.810314895778596),
    vectorOf(179.999, 89.5),
    vectorOf(-90, -89.9),
  ),
);

/** A star-shaped ring around a direction. */
const star = fc
  .tuple(
    direction,
    fc.array(fc.double({ min: 0.15, max: 1, noNaN: true }), { minLength: 3, maxLength: 9 }),
    fc.double({ min: 0.01, max: 1.2, noNaN: true }),
    fc.boolean(),
  )
  .map(([centre, reaches, size, reversed]) => {
    const ring = circle(centre, size, reaches.length);
    const lonLat = ringVectors(ring).map((v, k) => {
      const reach = reaches[k]!;
      return lonLatOf(
        unit([0, 1, 2].map((i) => (1 - reach) * centre[i]! + reach * v[i]!) as unknown as Vector),
      );
    });
    return ringOf(...(reversed ? lonLat.reverse() : lonLat));
  });

describe("coverage of a polygon", () => {
  it("holds every cell in which an inner point lies, at orders 0 to 3", () => {
    fc.assert(
      fc.property(star, fc.integer({ min: 0, max: 3 }), (ring, order) => {
        const covered = cellsOf([[ring]], order);
        for (const cell of sampledCells([ringVectors(ring)], order, order < 3 ? 6 : 3))
          expect(covered).toContain(cell);
      }),
      { numRuns: runs(25, 5) },
    );
  });

  it("holds every cell in which an inner point lies, at every order to 29", () => {
    fc.assert(
      fc.property(
        star,
        fc.integer({ min: 0, max: 29 }),
        fc.double({ min: 0.2, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (ring, order, cellsAcross, along, inward) => {
          const small = shrunk(ring, (cellsAcross * 2 ** -order) / 2);
          const vectors = ringVectors(small);
          const covered = cellsOf([[small]], order);
          const p = pointInside(vectors, along, inward);
          if (windsAround(vectors, p)) expect(covered).toContain(cellAt(order, ...lonLatOf(p)));
          for (let i = 0; i < vectors.length; i++) {
            expect(covered).toContain(cellAt(order, small.lonDeg[i]!, small.latDeg[i]!));
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it("holds the cells on both sides of a curved side that a small polygon just reaches over", () => {
    const point = new Float64Array(3);
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(0, 2, 8, 11),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(3),
        part,
        fc.double({ min: -4, max: -0.7, noNaN: true }),
        part,
        (face, order, row, along, sizeLog, shape) => {
          const ix =
            face < 4 ? 2 ** order - 1 - Math.min(row, 2 ** order - 1) : Math.min(row, 2 ** order - 1);
          const iy = face < 4 ? 2 ** order - 1 : 0;
          facePointVector(order, face, ix + along, iy + (face < 4 ? 0 : 1), point);
          const centre: Vector = [point[0]!, point[1]!, point[2]!];
          const ring = circle(centre, 10 ** sizeLog * 2 ** -order, 3 + Math.floor(3 * shape));
          const vectors = ringVectors(ring);
          const covered = cellsOf([[ring]], order);
          for (let i = 0; i < vectors.length; i++) {
            for (let step = 0; step < 64; step++) {
              // Just inside each edge, where slivers lie.
              const [a, b] = [vectors[i]!, vectors[(i + 1) % vectors.length]!];
              const t = (step + shape) / 65;
              const edge = [0, 1, 2].map((k) => (1 - t) * a[k]! + t * b[k]!);
              const p = unit(
                [0, 1, 2].map((k) => edge[k]! + 1e-3 * (centre[k]! - edge[k]!)) as unknown as Vector,
              );
              expect(covered).toContain(cellAt(order, ...lonLatOf(p)));
            }
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it("holds no cell that is farther from the polygon than its own size", () => {
    fc.assert(
      fc.property(star, fc.integer({ min: 0, max: 4 }), (ring, order) => expectAllTouched([ring], order)),
      { numRuns: runs(25, 5) },
    );
  });

  it("is the same for either direction of a ring that fits in a hemisphere, and for any first vertex", () => {
    fc.assert(
      fc.property(star, fc.nat(8), (ring, first) => {
        const places = Array.from(ring.lonDeg, (lon, i) => [lon, ring.latDeg[i]!] as const);
        const turned = [...places.slice(first % places.length), ...places.slice(0, first % places.length)];
        const expected = coverRegion([[ring]], 5, "geodetic");
        expect(coverRegion([[ringOf(...turned)]], 5, "geodetic")).toEqual(expected);
        expect(coverRegion([[ringOf(...turned.reverse())]], 5, "geodetic")).toEqual(expected);
      }),
      { numRuns: runs(40, 8) },
    );
  });

  it("ascends and holds each cell once", () => {
    fc.assert(
      fc.property(star, star, (a, b) => {
        const cells = coverRegion([[a], [b]], 4, "geodetic");
        for (let k = 1; k < cells.length; k++) expect(cells[k]! > cells[k - 1]!).toBe(true);
      }),
      { numRuns: runs(40, 8) },
    );
  });

  it("of several polygons is the union of theirs", () => {
    fc.assert(
      fc.property(star, star, (a, b) => {
        const united = new Set([...cellsOf([[a]], 4), ...cellsOf([[b]], 4)]);
        expect(cellsOf([[a], [b]], 4)).toEqual(united);
      }),
      { numRuns: runs(40, 8) },
    );
  });

  it("nests: the cells of an order are within those of the order before", () => {
    fc.assert(
      fc.property(star, fc.integer({ min: 1, max: 5 }), (ring, order) => {
        const coarse = cellsOf([[ring]], order - 1);
        for (const cell of cellsOf([[ring]], order)) expect(coarse).toContain(cell >> 2n);
      }),
      { numRuns: runs(40, 8) },
    );
  });
});

/** A ring drawn towards its first vertex until no vertex is farther than this from it. */
function shrunk(ring: Ring, sizeRad: number): Ring {
  const vectors = ringVectors(ring);
  const first = vectors[0]!;
  const reach = Math.max(...vectors.map((v) => angleBetween(first, v)));
  const part = Math.min(1, sizeRad / reach);
  return ringOf(
    ...vectors.map((v) =>
      lonLatOf(unit([0, 1, 2].map((i) => first[i]! + part * (v[i]! - first[i]!)) as unknown as Vector)),
    ),
  );
}

function pointInside(ring: readonly Vector[], along: number, inward: number): Vector {
  const a = ring[Math.floor(along * (ring.length - 1))]!;
  const b = ring[(Math.floor(along * (ring.length - 1)) + 1) % ring.length]!;
  const c = ring[(Math.floor(along * (ring.length - 1)) + 2) % ring.length]!;
  return unit(
    [0, 1, 2].map((i) => inward * a[i]! + (1 - inward) * (b[i]! + c[i]!) * 0.5) as unknown as Vector,
  );
}
