import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { floorDivide } from "../src/kernels/floor-divide.js";

/** NumPy's npy_floor_divide for doubles, step by step. */
function numpyFloorDivide(a: number, b: number): number {
  const mod = a % b;
  let div = (a - mod) / b;
  if (mod !== 0 && b < 0 !== mod < 0) div -= 1;
  let floor = Math.floor(div);
  if (div - floor > 0.5) floor += 1;
  return floor;
}

const size = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

describe("floor division", () => {
  it("gives 9 for 1.0 over 0.1, where Math.floor gives 10", () => {
    expect(Math.floor(1.0 / 0.1)).toBe(10);
    expect(floorDivide(1.0, 0.1)).toBe(9);
  });

  it("gives whole numbers for whole multiples", () => {
    expect([floorDivide(0, 5), floorDivide(25, 5), floorDivide(-25, 5)]).toEqual([0, 5, -5]);
  });

  it("rounds towards minus infinity below zero", () => {
    expect([floorDivide(-1e-300, 5), floorDivide(-0.3, 0.1), floorDivide(-1.0, 0.1)]).toEqual([-1, -3, -10]);
  });

  it("is not a finite number for a dividend that is not", () => {
    expect(
      [floorDivide(NaN, 1), floorDivide(Infinity, 1), floorDivide(-Infinity, 1)].some(Number.isFinite),
    ).toBe(false);
  });

  it("agrees with NumPy's algorithm on any dividend", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), size, (a, b) => {
        expect(floorDivide(a, b) + 0).toBe(numpyFloorDivide(a, b) + 0);
      }),
      { numRuns: 5000 },
    );
  });

  it("agrees with NumPy's algorithm at multiples of the divisor and their neighbours", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e7, max: 1e7 }),
        size,
        fc.integer({ min: -2, max: 2 }),
        (k, b, ulps) => {
          const a = k * b * (1 + ulps * Number.EPSILON);
          expect(floorDivide(a, b) + 0).toBe(numpyFloorDivide(a, b) + 0);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
