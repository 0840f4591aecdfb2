/** Places on the sphere that the cells divide. */
import { unitVectors, type VectorWriter } from "@zagg/sphere";
import { authalicShiftRad, isAuthalic, type LatitudeConvention } from "../latitude.js";

/** How geodetic places become unit vectors on the sphere whose latitude is the convention's. */
export function vectorWriter(latitude: LatitudeConvention): VectorWriter {
  return isAuthalic(latitude) ? authalicVectors : unitVectors;
}

/** Vectors of geodetic places, moved along their meridians; poles and meridians stay exact. */
function authalicVectors(lonDeg: Float64Array, latDeg: Float64Array, out: Float64Array, start: number): void {
  unitVectors(lonDeg, latDeg, out, start);
  const stop = 3 * (start + lonDeg.length);
  for (let at = 3 * start; at < stop; at += 3) {
    const sinLat = out[at + 2]!;
    const squared = out[at]! * out[at]! + out[at + 1]! * out[at + 1]!;
    if (squared === 0) continue;
    const cosLat = Math.sqrt(squared);
    const shift = authalicShiftRad(2 * sinLat * cosLat, (cosLat - sinLat) * (cosLat + sinLat));
    // A shift is at most 0.0023, so that what these series leave out is below 1e-19.
    const square = shift * shift;
    const sinShift = shift * (1 - (square / 6) * (1 - square / 20));
    const versine = (square / 2) * (1 - square / 12);
    const stretch = 1 - (versine + (sinLat / cosLat) * sinShift);
    out[at] = out[at]! * stretch;
    out[at + 1] = out[at + 1]! * stretch;
    out[at + 2] = sinLat + (cosLat * sinShift - sinLat * versine);
  }
}
