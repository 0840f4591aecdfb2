/**
 * Projections by way of Gauss's conformal sphere, which touches the ellipsoid along one parallel: double stereographic, Swiss
 * oblique Mercator and Krovak's oblique cone. IOGP Guidance Note 7-2, methods 9809, 9814 and 9819.
 */
import { stereographicOfSphere } from "./azimuthal.js";
import { HALF_PI, placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";

/** The sphere: longitudes are stretched by c, isometric latitudes by c and moved. */
interface GaussSphere {
  readonly c: number;
  /** Latitude of the centre on the sphere. */
  readonly chi0: number;
  readonly radius: number;
  latitude(phi: number): number;
  geodetic(chi: number): number;
}

function createGaussSphere(latitudes: Latitudes, lat0: number): GaussSphere {
  const { e2 } = latitudes;
  const c = Math.sqrt(1 + (e2 * Math.cos(lat0) ** 4) / (1 - e2));
  const chi0 = Math.asin(Math.sin(lat0) / c);
  const moved = Math.asinh(Math.tan(chi0)) - c * Math.asinh(latitudes.conformalTangent(lat0));
  return {
    c,
    chi0,
    radius: Math.sqrt(1 - e2) / (1 - e2 * Math.sin(lat0) ** 2),
    latitude: (phi) => Math.atan(Math.sinh(c * Math.asinh(latitudes.conformalTangent(phi)) + moved)),
    geodetic: (chi) => latitudes.fromConformalTangent(Math.sinh((Math.asinh(Math.tan(chi)) - moved) / c)),
  };
}

/** Double stereographic. Longitudes that the sphere holds twice, and the antipode, have no position. */
export function createDoubleStereographic(latitudes: Latitudes, lat0: number): Formulas {
  const { c, chi0, radius, latitude, geodetic } = createGaussSphere(latitudes, lat0);
  const sphere = stereographicOfSphere(chi0, 2 * radius);
  return {
    forward(lambda, phi, xy) {
      const chi = latitude(phi);
      return !isTwice(c * lambda, chi) && sphere.forward(c * lambda, chi, xy);
    },
    inverse: (x, y, lp) => sphere.inverse(x, y, lp) && placed(lp, lp[0]! / c, geodetic(lp[1]!)),
  };
}

/** Swiss oblique Mercator. Only the hemisphere about the centre's meridian has positions. */
export function createSwissObliqueMercator(latitudes: Latitudes, lat0: number): Formulas {
  const { c, chi0, radius, latitude, geodetic } = createGaussSphere(latitudes, lat0);
  const sin0 = Math.sin(chi0);
  const cos0 = Math.cos(chi0);
  return {
    forward(lambda, phi, xy) {
      const chi = latitude(phi);
      const outward = cos0 * Math.cos(chi) * Math.cos(c * lambda) + sin0 * Math.sin(chi);
      if (outward <= 0 || isTwice(c * lambda, chi)) return false;
      const across = Math.cos(chi) * Math.sin(c * lambda);
      const up = cos0 * Math.sin(chi) - sin0 * Math.cos(chi) * Math.cos(c * lambda);
      return positioned(
        xy,
        radius * Math.atan2(across, outward),
        radius * Math.asinh(up / Math.hypot(across, outward)),
      );
    },
    inverse(x, y, lp) {
      const longitude = x / radius;
      if (!(Math.abs(longitude) < HALF_PI)) return false;
      const up = Math.tanh(y / radius);
      const cosine = 1 / Math.cosh(y / radius);
      const outward = cosine * Math.cos(longitude);
      const across = cosine * Math.sin(longitude);
      const along = cos0 * outward - sin0 * up;
      const chi = Math.atan2(sin0 * outward + cos0 * up, Math.hypot(across, along));
      return placed(lp, Math.atan2(across, along) / c, geodetic(chi));
    },
  };
}

/** Krovak: the pseudo-standard parallel, and the colatitude of the oblique cone's axis. Radians. */
const KROVAK_PARALLEL = (78.5 * Math.PI) / 180;
const KROVAK_AXIS = ((30 + 17 / 60 + 17.3031 / 3600) * Math.PI) / 180;

/** Krovak, with eastings and northings that are negative in its land. Only the hemisphere about the axis' meridian has positions. */
export function createKrovak(latitudes: Latitudes, lat0: number): Formulas {
  const { c, radius, latitude, geodetic } = createGaussSphere(latitudes, lat0);
  const sinAxis = Math.sin(KROVAK_AXIS);
  const cosAxis = Math.cos(KROVAK_AXIS);
  const n = Math.sin(KROVAK_PARALLEL);
  const rho0 = radius / Math.tan(KROVAK_PARALLEL);
  const isometric0 = Math.asinh(Math.tan(KROVAK_PARALLEL));
  return {
    forward(lambda, phi, xy) {
      const chi = latitude(phi);
      const delta = -c * lambda;
      const up = cosAxis * Math.sin(chi) + sinAxis * Math.cos(chi) * Math.cos(delta);
      const outward = sinAxis * Math.sin(chi) - cosAxis * Math.cos(chi) * Math.cos(delta);
      const across = Math.cos(chi) * Math.sin(delta);
      /* Longitude on the oblique sphere counts from the side away from the geographic pole. */
      if (-outward <= 0 || isTwice(delta, chi)) return false;
      const rho = rho0 * Math.exp(n * (isometric0 - Math.asinh(up / Math.hypot(across, outward))));
      const angle = n * Math.atan2(across, -outward);
      return positioned(xy, -rho * Math.sin(angle), -rho * Math.cos(angle));
    },
    inverse(x, y, lp) {
      const rho = Math.hypot(x, y);
      const longitude = Math.atan2(-x, -y) / n;
      if (!(Math.abs(longitude) < HALF_PI) || rho === 0) return false;
      const isometric = isometric0 - Math.log(rho / rho0) / n;
      const up = Math.tanh(isometric);
      const cosine = 1 / Math.cosh(isometric);
      const outward = -cosine * Math.cos(longitude);
      const across = cosine * Math.sin(longitude);
      const along = sinAxis * up - cosAxis * outward;
      const chi = Math.atan2(cosAxis * up + sinAxis * outward, Math.hypot(across, along));
      return placed(lp, -Math.atan2(across, along) / c, geodetic(chi));
    },
  };
}

/** Whether a longitude on the sphere, stretched by c, is more than half a turn, where the sphere holds another point too. */
function isTwice(stretched: number, chi: number): boolean {
  return Math.abs(stretched) > Math.PI && HALF_PI - Math.abs(chi) > 1e-10;
}
