/** Cassini's projection: Snyder 1987, USGS Professional Paper 1395, chapter 13; IOGP Guidance Note 7-2, method 9806. */
import { HALF_PI, placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";

/** Cassini, of the sphere. */
export function createCassiniOfSphere(lat0: number): Formulas {
  return {
    forward(lambda, phi, xy) {
      const across = Math.cos(phi) * Math.sin(lambda);
      const outward = Math.cos(phi) * Math.cos(lambda);
      const x = Math.atan2(across, Math.hypot(outward, Math.sin(phi)));
      return positioned(xy, x, Math.atan2(Math.sin(phi), outward) - lat0);
    },
    inverse(x, y, lp) {
      if (!(Math.abs(x) <= HALF_PI)) return false;
      const along = y + lat0;
      const up = Math.cos(x) * Math.sin(along);
      const outward = Math.cos(x) * Math.cos(along);
      return placed(lp, Math.atan2(Math.sin(x), outward), Math.atan2(up, Math.hypot(Math.sin(x), outward)));
    },
  };
}

/** Farther from the central meridian the series folds over itself. Radians. */
const FARTHEST = (80 * Math.PI) / 180;
/** The way back may overshoot it by rounding. */
const OFF_SERIES = 1e-10;
/** The longest step of the way back, and how many there may be. */
const LONGEST_STEP = 0.3;
const MOST_STEPS = 30;

/** Of an ellipsoid: a series about the central meridian. There are positions up to 80° from it. */
export function createCassini(latitudes: Latitudes, lat0: number): Formulas {
  const series = cassiniSeries(latitudes, lat0);
  return {
    forward: (lambda, phi, xy) => Math.abs(lambda) <= FARTHEST && series(lambda, phi, xy),
    inverse: (x, y, lp) =>
      cassiniInverse(latitudes, lat0, series, x, y, lp) && Math.abs(lp[0]!) <= FARTHEST + OFF_SERIES,
  };
}

type Series = Formulas["forward"];

/** Snyder's equations 13-7 and 13-8. */
function cassiniSeries(latitudes: Latitudes, lat0: number): Series {
  const arc0 = latitudes.arc(lat0);
  const { e2 } = latitudes;
  return (lambda, phi, xy) => {
    const cos = Math.cos(phi);
    const tan = Math.tan(phi);
    const t = tan * tan;
    const c = (e2 * cos * cos) / (1 - e2);
    const nu = 1 / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
    const a = lambda * cos;
    const a2 = a * a;
    const x = nu * a * (1 - a2 * t * (1 / 6 + ((8 - t + 8 * c) * a2) / 120));
    const bend = nu * tan * a2 * (1 / 2 + ((5 - t + 6 * c) * a2) / 24);
    return positioned(xy, x, latitudes.arc(phi) - arc0 + bend);
  };
}

/** By Newton's steps to where the series gives the position, from Snyder's equations 13-10 and 13-11, or else from the sphere. */
function cassiniInverse(
  latitudes: Latitudes,
  lat0: number,
  series: Series,
  x: number,
  y: number,
  lp: Float64Array,
): boolean {
  const foot = latitudes.fromArc(latitudes.arc(lat0) + y);
  if (Math.abs(HALF_PI - Math.abs(foot)) < 1e-9) return placed(lp, 0, foot);
  const t = Math.tan(foot) ** 2;
  const nu2 = 1 / (1 - latitudes.e2 * Math.sin(foot) ** 2);
  const d = x / Math.sqrt(nu2);
  const d2 = d * d;
  lp[1] = foot - (Math.tan(foot) / (nu2 * (1 - latitudes.e2))) * d2 * (1 / 2 - ((1 + 3 * t) * d2) / 24);
  lp[0] = (d * (1 + t * d2 * (-1 / 3 + ((1 + 3 * t) * d2) / 15))) / Math.cos(foot);
  if (improved(series, x, y, lp)) return true;
  return createCassiniOfSphere(lat0).inverse(x, y, lp) && improved(series, x, y, lp);
}

/** Newton's steps from a longitude and latitude, in place. */
function improved(series: Series, x: number, y: number, lp: Float64Array): boolean {
  let [lambda, phi] = [lp[0]!, lp[1]!];
  const step = 1e-6;
  for (let i = 0; i < MOST_STEPS; i++) {
    phi = bounded(phi, HALF_PI);
    lambda = bounded(lambda, Math.PI);
    series(lambda, phi, at);
    const [missX, missY] = [x - at[0]!, y - at[1]!];
    /* Towards the middle, since the series has no meaning beyond a pole. */
    const east = lambda > 0 ? -step : step;
    series(lambda + east, phi, at);
    const [xl, yl] = [(missX - x + at[0]!) / east, (missY - y + at[1]!) / east];
    const north = phi > 0 ? -step : step;
    series(lambda, phi + north, at);
    const [xp, yp] = [(missX - x + at[0]!) / north, (missY - y + at[1]!) / north];
    const determinant = xl * yp - xp * yl;
    const dLambda = bounded((missX * yp - missY * xp) / determinant, LONGEST_STEP);
    const dPhi = bounded((missY * xl - missX * yl) / determinant, LONGEST_STEP);
    lambda += dLambda;
    phi += dPhi;
    if (Math.abs(dLambda) + Math.abs(dPhi) < 1e-14) return placed(lp, lambda, phi);
  }
  return false;
}

const at = new Float64Array(2);

function bounded(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
