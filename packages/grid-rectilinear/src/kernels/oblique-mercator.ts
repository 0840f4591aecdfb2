/** Hotine's oblique Mercator: Snyder 1987, USGS Professional Paper 1395, chapter 9, alternate B; IOGP Guidance Note 7-2, methods 9812 and 9815. */
import { HALF_PI, placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";

/** Angles in radians; longitudes count from that of the centre. */
export interface ObliqueMercatorParameters {
  /** Latitude of the centre, not a pole. */
  readonly lat0: number;
  /** Azimuth of the initial line at the centre. */
  readonly alpha: number;
  /** Angle from the initial line to north of the grid. */
  readonly gamma: number;
  /** Whether positions count from where the initial line meets the aposphere's equator instead of from the centre. */
  readonly fromEquator: boolean;
}

/** Scale on the initial line is 1. Positions on the line through the aposphere's poles have none. */
export function createObliqueMercator(
  latitudes: Latitudes,
  { lat0, alpha, gamma, fromEquator }: ObliqueMercatorParameters,
): Formulas {
  const { e2 } = latitudes;
  const isometric = (phi: number) => Math.asinh(latitudes.conformalTangent(phi));
  const shrink = 1 - e2 * Math.sin(lat0) ** 2;
  const b = Math.sqrt(1 + (e2 * Math.cos(lat0) ** 4) / (1 - e2));
  const a = (b * Math.sqrt(1 - e2)) / shrink;
  const d = Math.max(1, (b * Math.sqrt(1 - e2)) / (Math.cos(lat0) * Math.sqrt(shrink)));
  const south = lat0 < 0 ? -1 : 1;
  const f = d + south * Math.sqrt(d * d - 1);
  /* ln E of Snyder's equation 9-13. */
  const logE = Math.log(f) - b * isometric(lat0);
  const gamma0 = Math.asin(Math.sin(alpha) / d);
  const lambdaOrigin = -Math.asin(((f - 1 / f) / 2) * Math.tan(gamma0)) / b;
  const uCentre = fromEquator
    ? 0
    : south * Math.abs((a / b) * Math.atan2(Math.sqrt(d * d - 1), Math.cos(alpha)));
  const [sin0, cos0] = [Math.sin(gamma0), Math.cos(gamma0)];
  const [sinRect, cosRect] = [Math.sin(gamma), Math.cos(gamma)];
  return {
    forward(lambda, phi, xy) {
      const isPole = HALF_PI - Math.abs(phi) < 1e-10;
      let u: number;
      let v: number;
      if (isPole) {
        u = (a / b) * phi;
        v = (a / b) * Math.log(Math.tan(Math.PI / 4 - (Math.sign(phi) * gamma0) / 2));
      } else {
        const logW = logE + b * isometric(phi);
        const s = Math.sinh(logW);
        const turn = b * turned(lambda - lambdaOrigin);
        const across = (s * sin0 - Math.sin(turn) * cos0) / Math.cosh(logW);
        if (1 - Math.abs(across) < 1e-10) return false;
        v = -(a / b) * Math.atanh(across);
        u = (a / b) * Math.atan2(s * cos0 + Math.sin(turn) * sin0, Math.cos(turn));
      }
      u -= uCentre;
      return positioned(xy, v * cosRect + u * sinRect, u * cosRect - v * sinRect);
    },
    inverse(x, y, lp) {
      const v = x * cosRect - y * sinRect;
      const u = y * cosRect + x * sinRect + uCentre;
      const s = Math.sinh((-b * v) / a);
      const t = Math.cosh((-b * v) / a);
      const along = Math.sin((b * u) / a);
      const up = (along * cos0 + s * sin0) / t;
      if (1 - Math.abs(up) < 1e-14) return placed(lp, 0, Math.sign(up) * HALF_PI);
      const phi = latitudes.fromConformalTangent(Math.sinh((Math.atanh(up) - logE) / b));
      const lambda = lambdaOrigin - Math.atan2(s * cos0 - along * sin0, Math.cos((b * u) / a)) / b;
      return placed(lp, turned(lambda), phi);
    },
  };
}

function turned(lambda: number): number {
  return Math.abs(lambda) <= Math.PI ? lambda : lambda - 2 * Math.PI * Math.round(lambda / (2 * Math.PI));
}
