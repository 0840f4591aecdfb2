/** What a cell's cap is, and which edges of a polygon may meet the cell. */
import { cellCenterVector, cellCornerVectors } from "../kernels/cell-geometry.js";
import type { PreparedPolygon } from "./prepared-polygon.js";

/** Numbers that {@link writeCellBounds} writes: centre x, y, z; sine of the circumradius; its chord. */
export const BOUNDS_SIZE = 5;

/** Widens a cap for the rounding of its corners. */
const CAP_SLACK = 1 + 1e-6;

/** Rounding of a product of unit vectors. */
export const DOT_ERROR = 2e-15;

/**
 * Bounds of a cell: its centre, and the radius of a cap around it that holds the cell. No point of a cell is farther
 * from its centre than its farthest corner.
 * @param out     {@link BOUNDS_SIZE} numbers are written from `at` on
 * @param corners scratch, length 12
 */
export function writeCellBounds(
  order: number,
  face: number,
  ix: number,
  iy: number,
  out: Float64Array,
  at: number,
  corners: Float64Array,
): void {
  cellCenterVector(order, face, ix, iy, corners);
  const x = corners[0]!;
  const y = corners[1]!;
  const z = corners[2]!;
  cellCornerVectors(order, face, ix, iy, corners);
  let squared = 0;
  for (let k = 0; k < 12; k += 3) {
    const away = (corners[k]! - x) ** 2 + (corners[k + 1]! - y) ** 2 + (corners[k + 2]! - z) ** 2;
    if (away > squared) squared = away;
  }
  const chord = Math.sqrt(squared) * CAP_SLACK;
  out[at] = x;
  out[at + 1] = y;
  out[at + 2] = z;
  out[at + 3] = chord * Math.sqrt(1 - (chord * chord) / 4);
  out[at + 4] = chord;
}

/**
 * Appends to a list those of its edges (from … to−1) that may come within a cell's cap. Leaves out none that do.
 * @returns the end of the appended part, which begins at `to`
 */
export function keepNearEdges(
  polygon: PreparedPolygon,
  list: Int32Array,
  from: number,
  to: number,
  bounds: Float64Array,
  at: number,
): number {
  const { normals, middles, halfChords } = polygon;
  const x = bounds[at]!;
  const y = bounds[at + 1]!;
  const z = bounds[at + 2]!;
  const reach = bounds[at + 3]! + DOT_ERROR;
  const chord = bounds[at + 4]!;
  let end = to;
  for (let i = from; i < to; i++) {
    const edge = list[i]!;
    const k = 3 * edge;
    const height = normals[k]! * x + normals[k + 1]! * y + normals[k + 2]! * z;
    if (height > reach || height < -reach) continue;
    const far = halfChords[edge]! + chord;
    const away = (middles[k]! - x) ** 2 + (middles[k + 1]! - y) ** 2 + (middles[k + 2]! - z) ** 2;
    if (away <= far * far) list[end++] = edge;
  }
  return end;
}
