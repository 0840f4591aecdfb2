/**
 * Points of HEALPix cells as unit vectors. Górski et al. 2005, ApJ 622:759, equations 2 to 9 and section 4.4, in the
 * face coordinates of section 4.1: x grows to the north-east (even bits of a nested index), y to the north-west.
 *
 * Latitudes are those of the sphere (authalic where the ellipsoid matters).
 */

const SQRT_2_3 = Math.sqrt(2 / 3);
const EIGHTH_TURN_RAD = Math.PI / 4;

/**
 * Unit vector (x, y, z) of a cell's centre.
 * @param order 0..29
 * @param face  base cell, 0..11
 * @param ix    0..2^order − 1
 * @param iy    0..2^order − 1
 * @param out   written in full; length 3
 */
export function cellCenterVector(
  order: number,
  face: number,
  ix: number,
  iy: number,
  out: Float64Array,
): void {
  writeFacePoint(order, face, ix + 0.5, iy + 0.5, out, 0);
}

/**
 * Unit vectors of a cell's corners, in the order north, west, south, east. Exact at the poles and on the meridians
 * 0, ±90 and 180; a corner that cells share has the same coordinates in each, to the rounding of one division.
 * @param out written in full; length 12
 */
export function cellCornerVectors(
  order: number,
  face: number,
  ix: number,
  iy: number,
  out: Float64Array,
): void {
  writeFacePoint(order, face, ix + 1, iy + 1, out, 0);
  writeFacePoint(order, face, ix, iy + 1, out, 3);
  writeFacePoint(order, face, ix, iy, out, 6);
  writeFacePoint(order, face, ix + 1, iy, out, 9);
}

/**
 * Unit vector of any point of a face; the sides of a cell are the true, curved ones.
 * @param x   face coordinate in cells, 0..2^order, fractional
 * @param y   face coordinate in cells, 0..2^order, fractional
 * @param out written in full; length 3
 */
export function facePointVector(order: number, face: number, x: number, y: number, out: Float64Array): void {
  writeFacePoint(order, face, x, y, out, 0);
}

/**
 * Distance of a face point from the nearer pole, in rows of the base resolution: below 1 in a polar cap, where the
 * point's latitude is ±(90° − 2 asin(rows / √6)); 1 or more around the equator, where sin(latitude) = (2 − row) · 2/3.
 * @returns the row counted from the north pole, 0..4
 */
export function rowFromNorth(order: number, face: number, x: number, y: number): number {
  return 2 + (face >> 2) - (x + y) / 2 ** order;
}

/** Longitude of a face point in eighths of a turn, -1..8; 0 at the poles, where any longitude is right. */
export function eighthsOfTurn(order: number, face: number, x: number, y: number): number {
  const row = rowFromNorth(order, face, x, y);
  const width = Math.min(row, 4 - row, 1);
  const meridian = 2 * (face & 3) + ((face >> 2) & 1 ? 0 : 1);
  return width > 0 ? meridian + (x - y) / 2 ** order / width : 0;
}

function writeFacePoint(
  order: number,
  face: number,
  x: number,
  y: number,
  out: Float64Array,
  at: number,
): void {
  const row = rowFromNorth(order, face, x, y);
  const rowFromPole = Math.min(row, 4 - row);
  let z: number;
  let sinColatitude: number;
  if (rowFromPole < 1) {
    const depth = (rowFromPole * rowFromPole) / 3;
    z = row < 2 ? 1 - depth : depth - 1;
    sinColatitude = rowFromPole * SQRT_2_3 * Math.sqrt(1 - depth / 2);
  } else {
    z = ((2 - row) * 2) / 3;
    sinColatitude = Math.sqrt((1 - z) * (1 + z));
  }
  const eighths = eighthsOfTurn(order, face, x, y);
  const quarter = Math.round(eighths / 2);
  const angleRad = (eighths - 2 * quarter) * EIGHTH_TURN_RAD;
  const along = sinColatitude * Math.cos(angleRad);
  const across = sinColatitude * Math.sin(angleRad);
  switch (quarter & 3) {
    case 0:
      out[at] = along;
      out[at + 1] = across;
      break;
    case 1:
      out[at] = 0 - across;
      out[at + 1] = along;
      break;
    case 2:
      out[at] = 0 - along;
      out[at + 1] = 0 - across;
      break;
    default:
      out[at] = across;
      out[at + 1] = 0 - along;
  }
  out[at + 2] = z;
}
