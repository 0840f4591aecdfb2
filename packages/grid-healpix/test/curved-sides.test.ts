import { describe, expect, it } from "vitest";
import { facePointVector } from "../src/kernels/cell-geometry.js";
import { cellAt, cellsOf } from "./coverage-oracle.js";
import { dot, lonLatOf, ringOf, unit, type Vector } from "./spherical-oracle.js";

const PIECES_A_SIDE = 8;

/** Pieces that bulge less are straight as far as rounding can tell; radians. */
const LEAST_BULGE_RAD = 1e-9;

const facePoint = (order: number, face: number, x: number, y: number): Vector => {
  const out = new Float64Array(3);
  facePointVector(order, face, x, y, out);
  return [out[0]!, out[1]!, out[2]!];
};

const mix = (a: Vector, b: Vector, s: number, t: number): Vector =>
  unit([s * a[0] + t * b[0], s * a[1] + t * b[1], s * a[2] + t * b[2]]);

/** Place on the outline of a unit square: side 0 to 3 from the south corner to the east one and on, 0..1 along it. */
const outlinePlace = (side: number, along: number): readonly [number, number] =>
  (
    [
      [along, 0],
      [1, along],
      [1 - along, 1],
      [0, 1 - along],
    ] as const
  )[side] as readonly [number, number];

/** A triangle outside of a cell but for one edge that cuts off the top of a piece's bulge, and a point in what it cuts. */
function bulgeCutter(order: number, face: number, ix: number, iy: number, side: number, piece: number) {
  const onSide = (along: number): Vector => {
    const [u, v] = outlinePlace(side, along);
    return facePoint(order, face, ix + u, iy + v);
  };
  const [from, to] = [onSide(piece / PIECES_A_SIDE), onSide((piece + 1) / PIECES_A_SIDE)];
  const top = onSide((piece + 0.5) / PIECES_A_SIDE);
  const middle = mix(from, to, 1, 1);
  const rise: Vector = [top[0] - middle[0], top[1] - middle[1], top[2] - middle[2]];
  const bulge = Math.hypot(...rise);
  const outward = unit(rise);
  const centre = facePoint(order, face, ix + 0.5, iy + 0.5);
  if (bulge < LEAST_BULGE_RAD || dot(outward, middle) - dot(outward, centre) < 0) return undefined;
  const above = (along: number, height: number): Vector =>
    mix(mix(from, to, 1 - along, along), outward, 1, height * bulge);
  // The bulge is a parabola: 0.64 high at a fifth of the piece, 1 in the middle.
  const triangle = [above(0.2, 0.66), above(0.8, 0.66), above(0.5, 3)];
  return { ring: ringOf(...triangle.map(lonLatOf)), cut: lonLatOf(above(0.5, 0.85)) };
}

describe("a cell with curved sides", () => {
  it("is covered when an edge cuts off the top of a bulge, with no vertex in the cell and no corner in the polygon", () => {
    let cutters = 0;
    for (const [face, order] of [
      [0, 0],
      [1, 2],
      [2, 4],
      [9, 1],
      [11, 3],
    ] as const) {
      const [ix, iy] = face < 4 ? [2 ** order - 1, 2 ** order - 1] : [0, 0];
      for (let side = 0; side < 4; side++) {
        for (let piece = 0; piece < PIECES_A_SIDE; piece++) {
          const cutter = bulgeCutter(order, face, ix, iy, side, piece);
          if (cutter === undefined) continue;
          cutters++;
          expect(cellsOf([[cutter.ring]], order)).toContain(cellAt(order, ...cutter.cut));
        }
      }
    }
    expect(cutters).toBeGreaterThan(40);
  });
});
