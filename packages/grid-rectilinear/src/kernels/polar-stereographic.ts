/** Polar stereographic projection of an ellipsoid: Snyder 1987, USGS Professional Paper 1395, chapter 21. */

/** What the projection depends on. Angles in radians, lengths in metres. */
export interface PolarStereographic {
  /** 1 for the north pole, -1 for the south pole. */
  readonly pole: 1 | -1;
  /** Longitude that runs straight down (north) or up (south) from the pole. */
  readonly lon0Rad: number;
  readonly x0: number;
  readonly y0: number;
  /** Eccentricity of the ellipsoid, up to 0.1. */
  readonly eccentricity: number;
  /** rho / t of equations 21-33 and 21-34: radius of a parallel over its t. */
  readonly scale: number;
}

const DEGREE = Math.PI / 180;

/**
 * Projects points.
 *
 * ((1 - e sin φ) / (1 + e sin φ))^(e/2) is exp(-e·atanh(e sin φ)); both series are cut where the next term is below
 * 1e-17 for e up to 0.1, which saves a power per point.
 *
 * @param lonDeg geodetic longitude, degrees
 * @param latDeg geodetic latitude, degrees, [-90, 90]; anything else gives NaN, as does the other pole
 * @param x metres; written up to n
 * @param y metres; written up to n
 */
export function projectPolarStereographic(
  projection: PolarStereographic,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  n: number,
  x: Float64Array,
  y: Float64Array,
): void {
  const { pole, lon0Rad, x0, y0, eccentricity: e, scale } = projection;
  for (let i = 0; i < n; i++) {
    const latitude = latDeg[i]! * pole;
    if (!(latitude > -90 && latitude <= 90)) {
      x[i] = NaN;
      y[i] = NaN;
      continue;
    }
    const phi = latitude * DEGREE;
    const sin = Math.sin(phi);
    const s = e * sin;
    const s2 = s * s;
    const atanh =
      s * (1 + s2 * (1 / 3 + s2 * (1 / 5 + s2 * (1 / 7 + s2 * (1 / 9 + s2 * (1 / 11 + s2 / 13))))));
    const p = e * atanh;
    const exp = 1 + p * (1 + (p / 2) * (1 + (p / 3) * (1 + (p / 4) * (1 + (p / 5) * (1 + p / 6)))));
    const rho = scale * Math.tan(0.5 * (Math.PI / 2 - phi)) * exp;
    const lambda = lonDeg[i]! * DEGREE - lon0Rad;
    x[i] = x0 + rho * Math.sin(lambda);
    y[i] = y0 - pole * rho * Math.cos(lambda);
  }
}
