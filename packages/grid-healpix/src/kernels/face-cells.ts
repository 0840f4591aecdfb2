/**
 * Points to cells of the twelve base faces: the projection that every other kernel starts from.
 *
 * Górski et al. 2005, ApJ 622:759, section 4.4, with the exact √6. Longitudes are reduced to a quarter of a turn in
 * degrees, which is exact, so that a turn more or less changes nothing. A point on the side that two cells share goes
 * to the northern one, a point on a meridian where two faces meet to the eastern one.
 */
import type { LatitudeConvention } from "../latitude.js";
import { projectionPolynomials } from "./projection-polynomials.js";

/** Largest order there is: a nested index at order 29 takes 62 bits. */
export const MAX_ORDER = 29;

/** Beyond this many degrees a longitude is reduced by the remainder of a full turn first. */
const PLAIN_LON_DEG = 2 ** 20;

/**
 * Face and position in the face of each point; face -1 when a coordinate is not finite or |latitude| exceeds 90.
 *
 * @param order  0..29
 * @param lonDeg any finite value
 * @param latDeg geodetic, [-90, 90]
 * @param start  first point
 * @param stop   one past the last point
 * @param face   0..11 or -1; element k − start is of point k
 * @param ix     0..2^order − 1, towards the north-east (even bits of a nested index)
 * @param iy     0..2^order − 1, towards the north-west (odd bits)
 * @throws RangeError if the order is out of range, or an array too short for start and stop
 */
export function faceCellsOfPoints(
  order: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  start: number,
  stop: number,
  latitude: LatitudeConvention,
  face: Int32Array,
  ix: Int32Array,
  iy: Int32Array,
): void {
  assertOrder(order);
  const n = stop - start;
  if (!(start >= 0 && n >= 0 && stop <= lonDeg.length && stop <= latDeg.length)) {
    throw new RangeError(
      `points ${start} to ${stop} of ${lonDeg.length} longitudes, ${latDeg.length} latitudes`,
    );
  }
  if (face.length < n || ix.length < n || iy.length < n) throw new RangeError(`scratch is shorter than ${n}`);
  const { beltDeg, equator, cap } = projectionPolynomials(latitude);
  // Indexed, not destructured: an iterator would hand the loop boxed numbers.
  const e0 = equator[0];
  const e1 = equator[1];
  const e2 = equator[2];
  const e3 = equator[3];
  const e4 = equator[4];
  const e5 = equator[5];
  const e6 = equator[6];
  const e7 = equator[7];
  const e8 = equator[8];
  const c0 = cap[0];
  const c1 = cap[1];
  const c2 = cap[2];
  const c3 = cap[3];
  const c4 = cap[4];
  const c5 = cap[5];
  const c6 = cap[6];
  const c7 = cap[7];
  const c8 = cap[8];
  // A shift, not a power: the compiler is free to move the power into the loop, and does.
  const nside = 1 << order;
  const last = nside - 1;
  for (let k = 0; k < n; k++) {
    const lon = lonDeg[start + k]!;
    const lat = latDeg[start + k]!;
    let quarter = Math.floor(lon * (1 / 90));
    let restDeg = lon - 90 * quarter;
    if (!(restDeg >= 0 && restDeg < 90 && Math.abs(lon) < PLAIN_LON_DEG)) {
      const folded = foldLongitude(lon);
      quarter = quarterOf(folded);
      restDeg = folded - 90 * quarter;
    }
    const across = restDeg / 90;
    const absLat = Math.abs(lat);
    if (absLat <= beltDeg && across >= 0) {
      const s = lat * lat;
      const v =
        lat * (e0 + s * (e1 + s * (e2 + s * (e3 + s * (e4 + s * (e5 + s * (e6 + s * (e7 + s * e8))))))));
      const x = (nside * (0.5 + across + v)) | 0;
      const y = (nside * (1.5 - across + v)) | 0;
      const right = x >>> order;
      const left = y >>> order;
      face[k] = ((2 - left - right) << 2) + ((quarter + (right & (left ^ 1))) & 3);
      ix[k] = x & last;
      iy[k] = y & last;
    } else if (absLat <= 90 && across >= 0) {
      const colat = 90 - absLat;
      const s = colat * colat;
      const sigma =
        colat * (c0 + s * (c1 + s * (c2 + s * (c3 + s * (c4 + s * (c5 + s * (c6 + s * (c7 + s * c8))))))));
      const rows = Math.min(nside * sigma, nside);
      const east = rows * across;
      const west = rows * (1 - across);
      if (lat > 0) {
        face[k] = quarter & 3;
        ix[k] = Math.min(nside - Math.ceil(west), last);
        iy[k] = Math.min(nside - Math.ceil(east), last);
      } else {
        face[k] = 8 + (quarter & 3);
        ix[k] = east | 0;
        iy[k] = Math.min(west | 0, last);
      }
    } else {
      face[k] = -1;
    }
  }
}

/** @throws RangeError unless 0..29 */
export function assertOrder(order: number): void {
  if (!(Number.isInteger(order) && order >= 0 && order <= MAX_ORDER)) {
    throw new RangeError(`order ${order} is not an integer from 0 to ${MAX_ORDER}`);
  }
}

/** Longitude in [0, 360); NaN when it is not finite. */
function foldLongitude(lonDeg: number): number {
  const rest = lonDeg % 360;
  const folded = rest < 0 ? rest + 360 : rest;
  return folded === 360 ? 0 : folded;
}

function quarterOf(foldedDeg: number): number {
  if (foldedDeg < 180) return foldedDeg < 90 ? 0 : 1;
  return foldedDeg < 270 ? 2 : 3;
}
