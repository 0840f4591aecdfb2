/** Points by blocks through the formulas of a projection. */
import type { Formulas } from "./formulas.js";

/** Where a projection stands: degrees; radius in metres, or whatever positions are in; offsets in the same. */
export interface Placement {
  /** East of Greenwich. */
  readonly meridianDeg: number;
  readonly radius: number;
  readonly x0: number;
  readonly y0: number;
}

const DEGREE = Math.PI / 180;

/**
 * Projects points.
 *
 * @param lonDeg geodetic longitude, degrees, any turn
 * @param latDeg geodetic latitude, degrees, [-90, 90]; anything else gives NaN
 * @param x written up to n; NaN where there is no position
 * @param y written up to n
 */
export function project(
  formulas: Formulas,
  { meridianDeg, radius, x0, y0 }: Placement,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  n: number,
  x: Float64Array,
  y: Float64Array,
): void {
  const xy = new Float64Array(2);
  for (let i = 0; i < n; i++) {
    const latitude = latDeg[i]!;
    const lambda = fromMeridian(lonDeg[i]!, meridianDeg) * DEGREE;
    const isPlaced =
      latitude >= -90 &&
      latitude <= 90 &&
      Number.isFinite(lambda) &&
      formulas.forward(lambda, latitude * DEGREE, xy);
    x[i] = isPlaced ? x0 + radius * xy[0]! : NaN;
    y[i] = isPlaced ? y0 + radius * xy[1]! : NaN;
  }
}

/** The other way, for one position; degrees. False where the projection has no such position. */
export function unproject(
  formulas: Formulas,
  { meridianDeg, radius, x0, y0 }: Placement,
  x: number,
  y: number,
  lonLat: Float64Array,
): boolean {
  if (!formulas.inverse((x - x0) / radius, (y - y0) / radius, lonLat)) return false;
  lonLat[0] = fromMeridian(lonLat[0]! / DEGREE, -meridianDeg);
  lonLat[1] = lonLat[1]! / DEGREE;
  return true;
}

/** A longitude may overshoot by so much, by rounding, before it is turned: PROJ's own tolerance. Degrees. */
const OVERSHOOT = 1e-12 / DEGREE;

/** Longitude from a meridian, in [-180, 180]; within that it is not turned. */
export function fromMeridian(longitude: number, meridian: number): number {
  const apart = longitude - meridian;
  return Math.abs(apart) <= 180 + OVERSHOOT ? apart : apart - 360 * Math.round(apart / 360);
}
