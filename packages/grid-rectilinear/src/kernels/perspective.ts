/**
 * Views of the Earth from outside along straight lines: orthographic, near-sided and geostationary. Each is what its name says, computed
 * with vectors; horizons are where a line of sight touches the surface. Parameters as of Snyder 1987, USGS Professional
 * Paper 1395, chapters 20 and 23, and of CGMS 03 (geostationary, section 4.4.3).
 */
import { placed, positioned, type Formulas } from "./formulas.js";

/** A line that meets an ellipsoid within rounding of touching it touches it: of the squared half of the chord. */
const TOUCH = 1e-15;

/**
 * Orthographic view of an ellipsoid, along the normal at its centre (IOGP Guidance Note 7-2, method 9840). Only the side whose
 * normals face the viewer has positions.
 */
export function createOrthographic(e2: number, lat0: number): Formulas {
  const sin0 = Math.sin(lat0);
  const cos0 = Math.cos(lat0);
  const nu0 = 1 / Math.sqrt(1 - e2 * sin0 * sin0);
  /* The centre, in the plane of its meridian: outward along the equator, and up. */
  const outward0 = nu0 * cos0;
  const up0 = nu0 * (1 - e2) * sin0;
  return {
    forward(lambda, phi, xy) {
      const sin = Math.sin(phi);
      const cos = Math.cos(phi);
      if (sin0 * sin + cos0 * cos * Math.cos(lambda) < -1e-10) return false;
      const nu = 1 / Math.sqrt(1 - e2 * sin * sin);
      const outward = nu * cos * Math.cos(lambda) - outward0;
      const up = nu * (1 - e2) * sin - up0;
      return positioned(xy, nu * cos * Math.sin(lambda), cos0 * up - sin0 * outward);
    },
    inverse(x, y, lp) {
      /* The line through (x, y) along the normal meets the ellipsoid twice; t is how far up it, and the upper one is seen. */
      const outward = outward0 - y * sin0;
      const up = up0 + y * cos0;
      return seen([outward, x, up], [cos0, 0, sin0], e2, 1, lp);
    },
  };
}

/**
 * Near-sided perspective of the sphere, with or without a tilted camera.
 * @param height of the camera above the surface @param tilt of the picture from the tangent plane @param azimuth of the tilt
 */
export function createNearSided(lat0: number, height: number, tilt: number, azimuth: number): Formulas {
  const sin0 = Math.sin(lat0);
  const cos0 = Math.cos(lat0);
  const distance = 1 + height;
  const [sinTilt, cosTilt, sinAzimuth, cosAzimuth] = [
    Math.sin(tilt),
    Math.cos(tilt),
    Math.sin(azimuth),
    Math.cos(azimuth),
  ];
  return {
    forward(lambda, phi, xy) {
      const sin = Math.sin(phi);
      const cos = Math.cos(phi);
      const along = sin0 * sin + cos0 * cos * Math.cos(lambda);
      if (along < 1 / distance) return false;
      const k = height / (distance - along);
      const x = k * cos * Math.sin(lambda);
      const y = k * (cos0 * sin - sin0 * cos * Math.cos(lambda));
      /* Snyder's equations 23-9 to 23-11: what the camera looks at stays, the rest is turned and divided. */
      const ahead = y * cosAzimuth + x * sinAzimuth;
      const divisor = 1 / ((ahead * sinTilt) / height + cosTilt);
      if (!(divisor > 0)) return false;
      return positioned(xy, (x * cosAzimuth - y * sinAzimuth) * cosTilt * divisor, ahead * divisor);
    },
    inverse(tiltedX, tiltedY, lp) {
      const divisor = height - tiltedY * sinTilt;
      if (!(divisor > 0)) return false;
      const across = (height * tiltedX) / divisor;
      const ahead = (height * tiltedY * cosTilt) / divisor;
      const x = across * cosAzimuth + ahead * sinAzimuth;
      const y = ahead * cosAzimuth - across * sinAzimuth;
      /* From the camera at `distance` down through (x, y) of the tangent plane. */
      const toward = [-height * cos0 - y * sin0, x, -height * sin0 + y * cos0] as const;
      return seen([distance * cos0, 0, distance * sin0], toward, 0, -1, lp);
    },
  };
}

/**
 * View of an ellipsoid from a satellite above the equator. Positions are angles at the satellite times its height.
 * @param sweepX whether the scanner sweeps about the x axis (GOES) or the y axis (Meteosat)
 */
export function createGeostationary(e2: number, height: number, sweepX: boolean): Formulas {
  const distance = 1 + height;
  const shape = 1 - e2;
  return {
    forward(lambda, phi, xy) {
      const nu = 1 / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
      const outward = nu * Math.cos(phi) * Math.cos(lambda);
      const across = nu * Math.cos(phi) * Math.sin(lambda);
      const up = nu * shape * Math.sin(phi);
      const ahead = distance - outward;
      /* Behind the horizon the normal points away from the satellite. */
      if (ahead * outward - across * across - (up * up) / shape < 0) return false;
      return sweepX
        ? positioned(xy, height * Math.atan(across / Math.hypot(up, ahead)), height * Math.atan(up / ahead))
        : positioned(
            xy,
            height * Math.atan(across / ahead),
            height * Math.atan(up / Math.hypot(across, ahead)),
          );
    },
    inverse(x, y, lp) {
      const tanX = Math.tan(x / height);
      const tanY = Math.tan(y / height);
      const across = sweepX ? tanX * Math.hypot(1, tanY) : tanX;
      const up = sweepX ? tanY : tanY * Math.hypot(1, tanX);
      return Math.abs(x) < (height * Math.PI) / 2 && seen([distance, 0, 0], [-1, across, up], e2, -1, lp);
    },
  };
}

/** Outward on the equator of the centre's meridian, across to the east of it, and up. */
type Vector = readonly [outward: number, across: number, up: number];

/**
 * Where a line meets the ellipsoid.
 * @param which 1 for the meeting farther along the line, -1 for the nearer one
 */
function seen(
  [outward, across, up]: Vector,
  [dOutward, dAcross, dUp]: Vector,
  e2: number,
  which: 1 | -1,
  lp: Float64Array,
): boolean {
  const flat = 1 / (1 - e2);
  const a = dOutward * dOutward + dAcross * dAcross + flat * dUp * dUp;
  const b = outward * dOutward + across * dAcross + flat * up * dUp;
  const c = outward * outward + across * across + flat * up * up - 1;
  const root = b * b - a * c;
  if (!(root >= -TOUCH)) return false;
  const t = (-b + (root < TOUCH ? 0 : which * Math.sqrt(root))) / a;
  const x = outward + t * dOutward;
  const y = across + t * dAcross;
  const z = up + t * dUp;
  return placed(lp, Math.atan2(y, x), Math.atan2(z * flat, Math.hypot(x, y)));
}
