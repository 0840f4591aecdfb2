/** Conic projections with two standard parallels: Snyder 1987, USGS Professional Paper 1395, chapters 14 to 16. */
import { arcSine, HALF_PI, placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";

/** What a cone is made of: the radius of each parallel, and back. */
interface Cone {
  /** Cone constant: angle over longitude; positive when the apex is north. */
  readonly n: number;
  /** Signed as n; NaN where there is none. */
  radius(phi: number): number;
  latitude(radius: number): number;
}

/** Parallels and latitude of y = 0, radians. The two parallels may be the same, but not opposite. */
export interface ConicParameters {
  readonly lat0: number;
  readonly lat1: number;
  readonly lat2: number;
}

/** Parallels nearer than this are one. */
const SAME = 1e-10;
/** Every longitude meets at the apex: semi-major axes. */
const APEX = 1e-10;

/** Lambert's conformal conic. The pole away from the apex has no position. */
export function createConformalConic(latitudes: Latitudes, { lat0, lat1, lat2 }: ConicParameters): Formulas {
  const isometric = (phi: number) => Math.asinh(latitudes.conformalTangent(phi));
  const m1 = latitudes.parallel(lat1);
  const psi1 = isometric(lat1);
  const n =
    Math.abs(lat1 - lat2) < SAME
      ? Math.sin(lat1)
      : Math.log(m1 / latitudes.parallel(lat2)) / (isometric(lat2) - psi1);
  const scale = (m1 / n) * Math.exp(n * psi1);
  return fromCone(lat0, {
    n,
    radius(phi) {
      if (Math.cos(phi) > 1e-15) return scale * Math.exp(-n * isometric(phi));
      return phi * n > 0 ? 0 : NaN;
    },
    latitude: (radius) => latitudes.fromConformalTangent(Math.sinh(-Math.log(radius / scale) / n)),
  });
}

/** Albers' equal-area conic. */
export function createEqualAreaConic(latitudes: Latitudes, { lat0, lat1, lat2 }: ConicParameters): Formulas {
  const qPole = 2 * latitudes.authalicRadius ** 2;
  const q = (phi: number) => qPole * Math.sin(latitudes.authalic(phi));
  const m1 = latitudes.parallel(lat1);
  const n =
    Math.abs(lat1 - lat2) < SAME
      ? Math.sin(lat1)
      : (m1 * m1 - latitudes.parallel(lat2) ** 2) / (q(lat2) - q(lat1));
  const c = m1 * m1 + n * q(lat1);
  return fromCone(lat0, {
    n,
    /* Rounding may lead below zero at the apex of a projection whose standard parallel is a pole. */
    radius: (phi) => Math.sqrt(Math.max(0, c - n * q(phi))) / n,
    latitude: (radius) => latitudes.fromAuthalic(arcSine((c - (radius * n) ** 2) / (n * qPole))),
  });
}

/** Equidistant conic. */
export function createEquidistantConic(
  latitudes: Latitudes,
  { lat0, lat1, lat2 }: ConicParameters,
): Formulas {
  const m1 = latitudes.parallel(lat1);
  const arc1 = latitudes.arc(lat1);
  const n =
    Math.abs(lat1 - lat2) < SAME
      ? Math.sin(lat1)
      : (m1 - latitudes.parallel(lat2)) / (latitudes.arc(lat2) - arc1);
  const c = arc1 + m1 / n;
  return fromCone(lat0, {
    n,
    radius: (phi) => c - latitudes.arc(phi),
    latitude: (radius) => latitudes.fromArc(c - radius),
  });
}

function fromCone(lat0: number, { n, radius, latitude }: Cone): Formulas {
  const radius0 = radius(lat0);
  return {
    forward(lambda, phi, xy) {
      const rho = radius(phi);
      return positioned(xy, rho * Math.sin(n * lambda), radius0 - rho * Math.cos(n * lambda));
    },
    inverse(x, y, lp) {
      const sign = n < 0 ? -1 : 1;
      const rho = sign * Math.hypot(x, radius0 - y);
      if (Math.abs(rho) < APEX) return placed(lp, 0, sign * HALF_PI);
      return placed(lp, Math.atan2(sign * x, sign * (radius0 - y)) / n, latitude(rho));
    },
  };
}
