/** What a projection is, for one point at a time: a sphere or ellipsoid of semi-major axis 1 to a plane, and back. */

/**
 * A projection of an ellipsoid whose semi-major axis is 1. Longitudes count from the projection's own meridian, in [-π, π];
 * latitudes are geodetic, in [-π/2, π/2]; radians.
 *
 * Both functions answer false, and write anything, where there is no position: behind a horizon, at an antipode, off the map.
 */
export interface Formulas {
  forward(lambda: number, phi: number, xy: Float64Array): boolean;
  /** Writes λ and φ. Where a pole has every longitude λ is any. */
  inverse(x: number, y: number, lp: Float64Array): boolean;
}

export const HALF_PI = Math.PI / 2;

/** A longitude or latitude of an inverse may stand this far off the map, by rounding. Radians. */
const OFF_MAP = 1e-10;

/** Writes an inverse's answer, if it is on the map. */
export function placed(lp: Float64Array, lambda: number, phi: number): boolean {
  if (!(Math.abs(lambda) <= Math.PI + OFF_MAP && Math.abs(phi) <= HALF_PI + OFF_MAP)) return false;
  lp[0] = lambda;
  lp[1] = Math.min(HALF_PI, Math.max(-HALF_PI, phi));
  return true;
}

/** Writes a position, if it is finite. */
export function positioned(xy: Float64Array, x: number, y: number): boolean {
  xy[0] = x;
  xy[1] = y;
  return Number.isFinite(x) && Number.isFinite(y);
}

/** Arc sine where rounding may lead a little beyond 1; farther out it is NaN. */
export function arcSine(sine: number): number {
  const size = Math.abs(sine);
  return size > 1 && size < 1 + 1e-12 ? Math.sign(sine) * HALF_PI : Math.asin(sine);
}
