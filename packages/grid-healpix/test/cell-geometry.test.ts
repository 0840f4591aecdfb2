import fc from "fast-check";
import { NO_ID } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { cellCenterVector, cellCornerVectors, facePointVector } from "../src/kernels/cell-geometry.js";
import { nestedCenters, nestedCorners, ringCorners } from "../src/kernels/cell-coordinates.js";
import { nestedOfFaceCell } from "../src/kernels/cell-index.js";
import { ringFromNested } from "../src/kernels/ring.js";

/** A few units in the last place of 1. */
const UNIT_TOLERANCE = 1e-15;
/** The same point as a vector and in degrees: a few units in the last place of 360°. */
const DEGREE_TOLERANCE = 1e-12;

const anyCell = fc.integer({ min: 0, max: 29 }).chain((order) => {
  const last = 2 ** order - 1;
  const place = fc.oneof(fc.integer({ min: 0, max: last }), fc.constantFrom(0, last));
  return fc.record({
    order: fc.constant(order),
    face: fc.integer({ min: 0, max: 11 }),
    ix: place,
    iy: place,
  });
});

function corners(order: number, face: number, ix: number, iy: number): number[][] {
  const out = new Float64Array(12);
  cellCornerVectors(order, face, ix, iy, out);
  return [0, 3, 6, 9].map((at) => [...out.subarray(at, at + 3)]);
}

function center(order: number, face: number, ix: number, iy: number): number[] {
  const out = new Float64Array(3);
  cellCenterVector(order, face, ix, iy, out);
  return [...out];
}

describe("cell geometry", () => {
  it("gives unit vectors", () => {
    fc.assert(
      fc.property(anyCell, ({ order, face, ix, iy }) => {
        for (const vector of [center(order, face, ix, iy), ...corners(order, face, ix, iy)]) {
          expect(Math.abs(Math.hypot(...vector) - 1)).toBeLessThan(UNIT_TOLERANCE);
        }
      }),
    );
  });

  it("puts the corners of polar cells exactly on the poles", () => {
    for (let order = 0; order <= 29; order++) {
      const last = 2 ** order - 1;
      for (let quarter = 0; quarter < 4; quarter++) {
        expect(corners(order, quarter, last, last)[0]).toEqual([0, 0, 1]);
        expect(corners(order, 8 + quarter, 0, 0)[2]).toEqual([0, 0, -1]);
      }
    }
  });

  it("puts points of the meridians 0, 90, 180 and 270 exactly on them", () => {
    const axes = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const;
    axes.forEach(([x, y], quarter) => {
      for (const order of [0, 1, 7, 29]) {
        const middle = center(order, 4 + quarter, 0, 0);
        const [north] = corners(order, 4 + quarter, 2 ** order - 1, 2 ** order - 1) as [number[]];
        for (const vector of [middle, north]) {
          expect(Math.abs(vector[0]! * y) + Math.abs(vector[1]! * x)).toBe(0);
          expect(vector[0]! * x + vector[1]! * y).toBeGreaterThan(0);
        }
      }
    });
  });

  it("agrees with centres and corners in degrees, nested and ring", () => {
    fc.assert(
      fc.property(anyCell, ({ order, face, ix, iy }) => {
        const ids = BigUint64Array.of(nestedOfFaceCell(order, face, ix, iy));
        const lon = new Float64Array(4);
        const lat = new Float64Array(4);
        const unit = (k: number): number[] => {
          const lonRad = (lon[k]! * Math.PI) / 180;
          const latRad = (lat[k]! * Math.PI) / 180;
          return [Math.cos(latRad) * Math.cos(lonRad), Math.cos(latRad) * Math.sin(lonRad), Math.sin(latRad)];
        };
        const expectNear = (actual: number[], expected: number[]): void =>
          actual.forEach((value, axis) =>
            expect(Math.abs(value - expected[axis]!)).toBeLessThan(DEGREE_TOLERANCE),
          );
        nestedCenters(order, ids, "geodetic", lon.subarray(0, 1), lat.subarray(0, 1));
        expectNear(unit(0), center(order, face, ix, iy));
        nestedCorners(order, ids, "geodetic", lon, lat);
        corners(order, face, ix, iy).forEach((vector, k) => expectNear(unit(k), vector));
        ringFromNested(order, ids, ids);
        ringCorners(order, ids, "geodetic", lon, lat);
        corners(order, face, ix, iy).forEach((vector, k) => expectNear(unit(k), vector));
        for (const value of lon) expect(value >= 0 && value < 360).toBe(true);
      }),
    );
  });

  it("joins neighbours: sides of a face are sides of the next", () => {
    const point = (face: number, x: number, y: number): number[] => {
      const out = new Float64Array(3);
      facePointVector(4, face, x, y, out);
      return [...out];
    };
    for (let quarter = 0; quarter < 4; quarter++) {
      for (let along = 0; along <= 16; along += 0.25) {
        const pairs = [
          [point(quarter, 16, along), point((quarter + 1) & 3, along, 16)],
          [point(quarter, along, 0), point(4 + ((quarter + 1) & 3), along, 16)],
          [point(quarter, 0, along), point(4 + quarter, 16, along)],
          [point(8 + quarter, along, 16), point(4 + quarter, along, 0)],
          [point(8 + quarter, 16, along), point(4 + ((quarter + 1) & 3), 0, along)],
        ] as const;
        for (const [one, other] of pairs) {
          one.forEach((value, axis) => expect(Math.abs(value - other[axis]!)).toBeLessThan(UNIT_TOLERANCE));
        }
      }
    }
  });

  it("gives NaN for the coordinates of NO_ID and refuses what is no cell", () => {
    const lon = new Float64Array(4);
    const lat = new Float64Array(4);
    nestedCorners(9, BigUint64Array.of(NO_ID), "authalic", lon, lat);
    expect([...lon, ...lat].every(Number.isNaN)).toBe(true);
    const beyond = BigUint64Array.of(12n);
    expect(() => nestedCorners(0, beyond, "authalic", lon, lat)).toThrow(
      expect.objectContaining({ code: "CELL_ID_RANGE" }),
    );
    expect(() => nestedCenters(9, BigUint64Array.of(1n), "authalic", lon, lat)).toThrow(RangeError);
  });
});
