/** Azimuthal projections about any centre: Snyder 1987, USGS Professional Paper 1395, chapters 21, 22, 24 and 25. */
import { HALF_PI, placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";

/** Points nearer to the antipode of the centre than this have no position: cosine of the distance plus 1. */
const ANTIPODE = 1e-14;

/**
 * Stereographic, conformal on the ellipsoid through the conformal sphere (Snyder's equations 21-24 and 21-27). The antipode has no
 * position.
 */
export function createStereographic(latitudes: Latitudes, lat0: number): Formulas {
  const isPolar = HALF_PI - Math.abs(lat0) < 1e-10;
  const chi0 = isPolar ? lat0 : Math.atan(latitudes.conformalTangent(lat0));
  const { e2 } = latitudes;
  const e = Math.sqrt(e2);
  const scale = isPolar
    ? 2 / (Math.sqrt(1 - e2) * Math.exp(e * Math.atanh(e)))
    : (2 * latitudes.parallel(lat0)) / Math.cos(chi0);
  const sphere = stereographicOfSphere(chi0, scale);
  return {
    forward: (lambda, phi, xy) => sphere.forward(lambda, Math.atan(latitudes.conformalTangent(phi)), xy),
    inverse(x, y, lp) {
      if (!sphere.inverse(x, y, lp)) return false;
      lp[1] = latitudes.fromConformalTangent(Math.tan(lp[1]!));
      return true;
    },
  };
}

/** Stereographic, of the sphere. @param scale diameter of the sphere, times the scale at the centre */
export function stereographicOfSphere(lat0: number, scale: number): Formulas {
  const sin0 = Math.sin(lat0);
  const cos0 = Math.cos(lat0);
  return {
    forward(lambda, phi, xy) {
      const sin = Math.sin(phi);
      const cos = Math.cos(phi);
      const cosLambda = Math.cos(lambda);
      const fromAntipode = 1 + sin0 * sin + cos0 * cos * cosLambda;
      if (fromAntipode < ANTIPODE) return false;
      const k = scale / fromAntipode;
      return positioned(xy, k * cos * Math.sin(lambda), k * (cos0 * sin - sin0 * cos * cosLambda));
    },
    inverse: (x, y, lp) => onSphere(x, y, 2 * Math.atan(Math.hypot(x, y) / scale), sin0, cos0, lp),
  };
}

/** Lambert's azimuthal equal-area projection. The antipode has no position. */
export function createAzimuthalEqualArea(latitudes: Latitudes, lat0: number): Formulas {
  const radius = latitudes.authalicRadius;
  const isPolar = HALF_PI - Math.abs(lat0) < 1e-10;
  if (isPolar) return polarEqualArea(latitudes, lat0);
  const xi0 = latitudes.authalic(lat0);
  const sin0 = Math.sin(xi0);
  const cos0 = Math.cos(xi0);
  /* Makes the scale at the centre the same in all directions. */
  const d = latitudes.parallel(lat0) / (radius * cos0);
  return {
    forward(lambda, phi, xy) {
      const xi = latitudes.authalic(phi);
      const sin = Math.sin(xi);
      const cos = Math.cos(xi);
      const cosLambda = Math.cos(lambda);
      const fromAntipode = 1 + sin0 * sin + cos0 * cos * cosLambda;
      if (fromAntipode < ANTIPODE) return false;
      const b = radius * Math.sqrt(2 / fromAntipode);
      return positioned(xy, b * d * cos * Math.sin(lambda), (b / d) * (cos0 * sin - sin0 * cos * cosLambda));
    },
    inverse(x, y, lp) {
      const u = x / d;
      const v = y * d;
      const sine = Math.hypot(u, v) / (2 * radius);
      if (!(sine <= 1) || !onSphere(u, v, 2 * Math.asin(sine), sin0, cos0, lp)) return false;
      lp[1] = latitudes.fromAuthalic(lp[1]!);
      return true;
    },
  };
}

function polarEqualArea(latitudes: Latitudes, lat0: number): Formulas {
  const pole = lat0 < 0 ? -1 : 1;
  const diameter = 2 * latitudes.authalicRadius;
  return {
    forward(lambda, phi, xy) {
      const half = (HALF_PI - pole * latitudes.authalic(phi)) / 2;
      if (1 - Math.sin(half) ** 2 < ANTIPODE) return false;
      const rho = diameter * Math.sin(half);
      return positioned(xy, rho * Math.sin(lambda), -pole * rho * Math.cos(lambda));
    },
    inverse(x, y, lp) {
      const xi = pole * (HALF_PI - 2 * Math.asin(Math.hypot(x, y) / diameter));
      return placed(lp, Math.atan2(x, -pole * y), latitudes.fromAuthalic(xi));
    },
  };
}

/** Azimuthal equidistant, of the sphere. The antipode has no position. */
export function createAzimuthalEquidistantOfSphere(lat0: number): Formulas {
  const sin0 = Math.sin(lat0);
  const cos0 = Math.cos(lat0);
  return {
    forward(lambda, phi, xy) {
      const sin = Math.sin(phi);
      const cos = Math.cos(phi);
      const east = cos * Math.sin(lambda);
      const north = cos0 * sin - sin0 * cos * Math.cos(lambda);
      const across = Math.hypot(east, north);
      const along = sin0 * sin + cos0 * cos * Math.cos(lambda);
      if (along < 0 && across < 1e-10) return false;
      const k = across === 0 ? 1 : Math.atan2(across, along) / across;
      return positioned(xy, k * east, k * north);
    },
    inverse(x, y, lp) {
      const c = Math.hypot(x, y);
      return c < Math.PI && onSphere(x, y, c, sin0, cos0, lp);
    },
  };
}

/** Azimuthal equidistant about a pole of an ellipsoid: distances along meridians. */
export function createPolarEquidistant(latitudes: Latitudes, lat0: number): Formulas {
  const pole = lat0 < 0 ? -1 : 1;
  const quarter = latitudes.arc(HALF_PI);
  return {
    forward(lambda, phi, xy) {
      const rho = quarter - pole * latitudes.arc(phi);
      return positioned(xy, rho * Math.sin(lambda), -pole * rho * Math.cos(lambda));
    },
    inverse: (x, y, lp) =>
      placed(lp, Math.atan2(x, -pole * y), latitudes.fromArc(pole * (quarter - Math.hypot(x, y)))),
  };
}

/** Gnomonic, of the sphere. Only the hemisphere about the centre has positions. */
export function createGnomonicOfSphere(lat0: number): Formulas {
  const sin0 = Math.sin(lat0);
  const cos0 = Math.cos(lat0);
  return {
    forward(lambda, phi, xy) {
      const sin = Math.sin(phi);
      const cos = Math.cos(phi);
      const along = sin0 * sin + cos0 * cos * Math.cos(lambda);
      if (along <= 1e-10) return false;
      const north = cos0 * sin - sin0 * cos * Math.cos(lambda);
      return positioned(xy, (cos * Math.sin(lambda)) / along, north / along);
    },
    inverse: (x, y, lp) => onSphere(x, y, Math.atan(Math.hypot(x, y)), sin0, cos0, lp),
  };
}

/** The point at an angular distance c from the centre, in the direction of (x, y). */
function onSphere(x: number, y: number, c: number, sin0: number, cos0: number, lp: Float64Array): boolean {
  const length = Math.hypot(x, y);
  const east = length === 0 ? 0 : (x / length) * Math.sin(c);
  const north = length === 0 ? 0 : (y / length) * Math.sin(c);
  const along = Math.cos(c);
  const outward = cos0 * along - sin0 * north;
  const up = sin0 * along + cos0 * north;
  return placed(lp, Math.atan2(east, outward), Math.atan2(up, Math.hypot(east, outward)));
}
