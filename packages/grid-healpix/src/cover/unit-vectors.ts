/** Longitudes and latitudes as unit vectors, exact at the poles and on the meridians 0, ±90 and ±180. */
import { authalicShiftRad, type LatitudeConvention } from "../latitude.js";

const RADIANS = Math.PI / 180;

/** Beyond this many degrees a longitude is reduced by the remainder of a full turn first. */
const PLAIN_LON_DEG = 2 ** 20;

/**
 * Unit vectors of points, three numbers a point, on the sphere whose latitude is the convention's. Longitudes that
 * differ by whole turns give equal vectors, and so do all longitudes at a pole.
 * @param lonDeg any finite longitude; length n
 * @param latDeg geodetic, [-90, 90]; length n
 * @param out    3n numbers are written from 3·start on
 */
export function unitVectors(
  lonDeg: Float64Array,
  latDeg: Float64Array,
  latitude: LatitudeConvention,
  out: Float64Array,
  start: number,
): void {
  const authalic = latitude === "authalic";
  for (let i = 0, at = 3 * start; i < lonDeg.length; i++, at += 3) {
    const lat = latDeg[i]!;
    const latQuarter = Math.floor(lat / 90 + 0.5);
    const latRad = (lat - 90 * latQuarter) * RADIANS;
    let sinLat = Math.sin(latRad);
    let cosLat = Math.cos(latRad);
    if (latQuarter !== 0) {
      const turned = sinLat;
      sinLat = latQuarter * cosLat;
      cosLat = -latQuarter * turned;
    }
    if (authalic) {
      const shift = authalicShiftRad(2 * sinLat * cosLat, (cosLat - sinLat) * (cosLat + sinLat));
      // A shift is at most 0.0023, so that what these series leave out is below 1e-19.
      const square = shift * shift;
      const sinShift = shift * (1 - (square / 6) * (1 - square / 20));
      const versine = (square / 2) * (1 - square / 12);
      const geodeticSine = sinLat;
      sinLat += cosLat * sinShift - sinLat * versine;
      cosLat -= geodeticSine * sinShift + cosLat * versine;
    }
    const given = lonDeg[i]!;
    const lon = Math.abs(given) < PLAIN_LON_DEG ? given : given % 360;
    const quarter = Math.floor(lon / 90 + 0.5);
    const lonRad = (lon - 90 * quarter) * RADIANS;
    const along = cosLat * Math.cos(lonRad);
    const across = cosLat * Math.sin(lonRad);
    // Less from zero, not negated: there is no minus zero among the coordinates.
    const turn = quarter & 3;
    out[at] = turn === 0 ? along : turn === 1 ? 0 - across : turn === 2 ? 0 - along : across;
    out[at + 1] = turn === 0 ? across : turn === 1 ? along : turn === 2 ? 0 - across : 0 - along;
    out[at + 2] = sinLat;
  }
}
