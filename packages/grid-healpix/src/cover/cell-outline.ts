/** The true outline of a cell as short great-circle pieces. */
import { DOT_ERROR } from "@zagg/sphere";
import { facePointVector } from "../kernels/cell-geometry.js";

const PIECES_A_SIDE = 8;

/** Points of an outline, and pieces. */
export const POINTS = 4 * PIECES_A_SIDE;

/** Numbers that {@link writeCellOutline} writes: each point, and the width of the band around its two pieces. */
export const OUTLINE_SIZE = 4 * POINTS;

/** A piece bulges most near its middle; the rest is covered by half as much again. */
export const BULGE_SLACK = 1.5;

/** A cell of one order. */
export interface OutlinedCell {
  readonly order: number;
  readonly face: number;
  readonly ix: number;
  readonly iy: number;
}

/**
 * Outline of a cell: points anticlockwise from the south corner, and for each the distance within which the true
 * outline stays from the great-circle pieces before and after it (radians; half a percent of the circumradius or less).
 * @param out     {@link OUTLINE_SIZE} numbers are written from `at` on
 * @param scratch length 3
 */
export function writeCellOutline(
  order: number,
  face: number,
  ix: number,
  iy: number,
  out: Float64Array,
  at: number,
  scratch: Float64Array,
): void {
  for (let k = 0; k < POINTS; k++) {
    facePointVector(order, face, ix + along(k), iy + along(k + 3 * PIECES_A_SIDE), scratch);
    out.set(scratch, at + 4 * k);
    out[at + 4 * k + 3] = DOT_ERROR;
  }
  for (let k = 0; k < POINTS; k++) {
    const from = at + 4 * k;
    const to = at + 4 * ((k + 1) % POINTS);
    facePointVector(order, face, ix + along(k + 0.5), iy + along(k + 0.5 + 3 * PIECES_A_SIDE), scratch);
    const band = BULGE_SLACK * distanceFromPiece(out, from, to, scratch) + DOT_ERROR;
    out[from + 3] = Math.max(band, out[from + 3]!);
    out[to + 3] = Math.max(band, out[to + 3]!);
  }
}

/** Sine of the radius of a cap around a cell's centre, which `bounds` begins with at `boundsAt`, that the cell holds. */
export function innerSine(outline: Float64Array, at: number, bounds: Float64Array, boundsAt: number): number {
  const centre = bounds.subarray(boundsAt, boundsAt + 3);
  let least = 1;
  for (let k = 0; k < POINTS; k++) {
    const from = at + 4 * k;
    const to = at + 4 * ((k + 1) % POINTS);
    least = Math.min(least, distanceFromPiece(outline, from, to, centre) - outline[from + 3]!);
  }
  return Math.max(0, least - DOT_ERROR);
}

/** A point of the outline, k pieces on from the south corner; between two points of it when k is no whole number. */
export function writeOutlinePoint(
  { order, face, ix, iy }: OutlinedCell,
  k: number,
  out: Float64Array,
  at: number,
): void {
  const place = k < 0 ? k + POINTS : k;
  const point = new Float64Array(3);
  facePointVector(order, face, ix + along(place), iy + along(place + 3 * PIECES_A_SIDE), point);
  out.set(point, at);
}

/** Face coordinate along the outline: up from 0 to 1, there for a side, down, and at 0 for a side. */
function along(k: number): number {
  const position = (k % POINTS) / PIECES_A_SIDE;
  return Math.max(0, Math.min(1, position, 3 - position));
}

/** Distance of a point from the great circle through two points of an outline. */
export function distanceFromPiece(points: Float64Array, a: number, b: number, p: Float64Array): number {
  const sx = points[a]! + points[b]!;
  const sy = points[a + 1]! + points[b + 1]!;
  const sz = points[a + 2]! + points[b + 2]!;
  const dx = points[b]! - points[a]!;
  const dy = points[b + 1]! - points[a + 1]!;
  const dz = points[b + 2]! - points[a + 2]!;
  const nx = sy * dz - sz * dy;
  const ny = sz * dx - sx * dz;
  const nz = sx * dy - sy * dx;
  const norm = Math.hypot(nx, ny, nz);
  const px = p[0]!;
  const py = p[1]!;
  const pz = p[2]!;
  return norm === 0 ? 0 : Math.abs(nx * px + ny * py + nz * pz) / norm;
}
