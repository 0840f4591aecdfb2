import { describe, expect, it } from "vitest";
import { CAP_SIZE } from "@zagg/sphere";
import { writeCellCap } from "../src/cover/cell-cap.js";
import { OUTLINE_SIZE, writeCellOutline } from "../src/cover/cell-outline.js";
import { facePointVector } from "../src/kernels/cell-geometry.js";
import { isProof } from "../../../vitest.effort.mjs";

const POINTS = OUTLINE_SIZE / 4;

/** The documented bound of the band, in circumradii. */
const WIDEST_BAND = 0.0055;

/** Calls back for every cell of a face at the poles, one at the equator and one in the south. */
function eachCell(order: number, visit: (face: number, ix: number, iy: number) => void): void {
  for (const face of [1, 6, 11]) {
    for (let ix = 0; ix < 2 ** order; ix++) for (let iy = 0; iy < 2 ** order; iy++) visit(face, ix, iy);
  }
}

/** Distance of p from the great circle through two points of an outline. */
function offCircle(outline: Float64Array, a: number, b: number, p: Float64Array): number {
  const [ax, ay, az] = outline.subarray(4 * a, 4 * a + 3) as unknown as [number, number, number];
  const [bx, by, bz] = outline.subarray(4 * b, 4 * b + 3) as unknown as [number, number, number];
  const n = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx] as const;
  return Math.abs(n[0] * p[0]! + n[1] * p[1]! + n[2] * p[2]!) / Math.hypot(...n);
}

describe("the outline of a cell", () => {
  it.each(isProof ? [0, 1, 2, 4] : [0, 1, 2])(
    "stays within its band between points, at order %i",
    (order) => {
      const outline = new Float64Array(OUTLINE_SIZE);
      const bounds = new Float64Array(CAP_SIZE);
      const point = new Float64Array(3);
      eachCell(order, (face, ix, iy) => {
        writeCellOutline(order, face, ix, iy, outline, 0, point);
        writeCellCap(order, face, ix, iy, bounds, 0, new Float64Array(12));
        for (let k = 0; k < POINTS; k++) {
          const band = outline[4 * k + 3]!;
          expect(band).toBeLessThan(WIDEST_BAND * bounds[4]!);
          for (let part = 1; part < 8; part++) {
            // The south to east side has y = 0, then x = 1, y = 1, x = 0.
            const at = ((k % 8) + part / 8) / 8;
            const u = [at, 1, 1 - at, 0][Math.floor(k / 8)]!;
            const v = [0, at, 1, 1 - at][Math.floor(k / 8)]!;
            facePointVector(order, face, ix + u, iy + v, point);
            expect(offCircle(outline, k, (k + 1) % POINTS, point)).toBeLessThanOrEqual(band);
          }
        }
      });
    },
  );

  it.each(isProof ? [0, 1, 3] : [0, 1])("lies within the cell's cap, at order %i", (order) => {
    const bounds = new Float64Array(CAP_SIZE);
    const outline = new Float64Array(OUTLINE_SIZE);
    eachCell(order, (face, ix, iy) => {
      writeCellCap(order, face, ix, iy, bounds, 0, new Float64Array(12));
      writeCellOutline(order, face, ix, iy, outline, 0, new Float64Array(3));
      for (let k = 0; k < POINTS; k++) {
        const chord = Math.hypot(...[0, 1, 2].map((i) => outline[4 * k + i]! - bounds[i]!));
        expect(chord).toBeLessThanOrEqual(bounds[4]!);
      }
    });
  });
});
