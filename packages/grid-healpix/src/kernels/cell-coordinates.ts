/**
 * Centres and corners of cells in degrees, at every order (Górski et al. 2005, equations 2 to 9).
 *
 * Longitudes come out in [0, 360), 0 at a pole; latitudes are geodetic under either convention. The cells of NO_ID
 * have the coordinates NaN.
 */
import { geodeticFromAuthalic, isAuthalic, type LatitudeConvention } from "../latitude.js";
import { eighthsOfTurn, rowFromNorth } from "./cell-geometry.js";
import { assertCellIds, faceOfNested, ixOfNested, iyOfNested } from "./cell-index.js";
import { assertOrder } from "./face-cells.js";
import { HIGH, LOW, NO_ID_LANE, assertLengths, lanesOf } from "@zagg/core/internal";
import { nestedFromRing } from "./ring.js";

const DEG_PER_RAD = 180 / Math.PI;
const SQRT_6 = Math.sqrt(6);

/** Offsets of the corners north, west, south and east from a cell's place in its face, x then y. */
const CORNERS = [1, 1, 0, 1, 0, 0, 1, 0];
const CENTER = [0.5, 0.5];

/**
 * Centres of cells given by their nested ids.
 * @param nested n ids, 0..12 · 4^order − 1, or NO_ID
 * @param lonDeg written in full; length n
 * @param latDeg written in full; length n
 * @throws RangeError if lengths differ or the order is out of range; GridError `CELL_ID_RANGE` (nothing is written)
 */
export function nestedCenters(
  order: number,
  nested: BigUint64Array,
  latitude: LatitudeConvention,
  lonDeg: Float64Array,
  latDeg: Float64Array,
): void {
  writePoints(order, nested, latitude, CENTER, lonDeg, latDeg);
}

/**
 * Corners of cells given by their nested ids: north, west, south, east, cell by cell.
 * @param nested n ids, 0..12 · 4^order − 1, or NO_ID
 * @param lonDeg written in full; length 4n
 * @param latDeg written in full; length 4n
 * @throws RangeError if lengths differ or the order is out of range; GridError `CELL_ID_RANGE` (nothing is written)
 */
export function nestedCorners(
  order: number,
  nested: BigUint64Array,
  latitude: LatitudeConvention,
  lonDeg: Float64Array,
  latDeg: Float64Array,
): void {
  writePoints(order, nested, latitude, CORNERS, lonDeg, latDeg);
}

/** Centres of cells given by their ring ids; otherwise as {@link nestedCenters}. */
export function ringCenters(
  order: number,
  ring: BigUint64Array,
  latitude: LatitudeConvention,
  lonDeg: Float64Array,
  latDeg: Float64Array,
): void {
  nestedCenters(order, nestedOf(order, ring), latitude, lonDeg, latDeg);
}

/** Corners of cells given by their ring ids; otherwise as {@link nestedCorners}. */
export function ringCorners(
  order: number,
  ring: BigUint64Array,
  latitude: LatitudeConvention,
  lonDeg: Float64Array,
  latDeg: Float64Array,
): void {
  nestedCorners(order, nestedOf(order, ring), latitude, lonDeg, latDeg);
}

function nestedOf(order: number, ring: BigUint64Array): BigUint64Array {
  const nested = new BigUint64Array(ring.length);
  nestedFromRing(order, ring, nested);
  return nested;
}

/** Writes, for each cell, the points at these offsets from its place in its face. */
function writePoints(
  order: number,
  nested: BigUint64Array,
  latitude: LatitudeConvention,
  offsets: readonly number[],
  lonDeg: Float64Array,
  latDeg: Float64Array,
): void {
  assertOrder(order);
  const points = offsets.length / 2;
  assertLengths(points * nested.length, lonDeg.length, latDeg.length);
  const lanes = lanesOf(nested);
  assertCellIds(order, lanes);
  const convert = isAuthalic(latitude);
  for (let k = 0; k < nested.length; k++) {
    const low = lanes[2 * k + LOW]!;
    const high = lanes[2 * k + HIGH]!;
    if (low === NO_ID_LANE && high === NO_ID_LANE) {
      lonDeg.fill(NaN, points * k, points * (k + 1));
      latDeg.fill(NaN, points * k, points * (k + 1));
      continue;
    }
    const face = faceOfNested(order, low, high);
    const ix = ixOfNested(order, low, high);
    const iy = iyOfNested(order, low, high);
    for (let point = 0; point < points; point++) {
      const x = ix + offsets[2 * point]!;
      const y = iy + offsets[2 * point + 1]!;
      const spherical = sphericalLatDeg(rowFromNorth(order, face, x, y));
      const eighths = eighthsOfTurn(order, face, x, y);
      lonDeg[points * k + point] = 45 * (eighths < 0 ? eighths + 8 : eighths >= 8 ? eighths - 8 : eighths);
      latDeg[points * k + point] = convert ? geodeticFromAuthalic(spherical) : spherical;
    }
  }
}

/** Latitude on the sphere of a row counted from the north pole, 0..4; keeps its digits near the poles. */
function sphericalLatDeg(row: number): number {
  const rowFromPole = Math.min(row, 4 - row);
  if (rowFromPole >= 1) return Math.asin(((2 - row) * 2) / 3) * DEG_PER_RAD;
  const absLat = 90 - 2 * Math.asin(rowFromPole / SQRT_6) * DEG_PER_RAD;
  return row < 2 ? absLat : -absLat;
}
