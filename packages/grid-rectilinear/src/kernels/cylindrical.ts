/** Cylindrical projections: Snyder 1987, USGS Professional Paper 1395, chapters 7, 10, 11 and 12. */
import { arcSine, placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";

/** Mercator. The poles have no position. */
export function createMercator(latitudes: Latitudes): Formulas {
  return {
    forward(lambda, phi, xy) {
      if (Math.cos(phi) < 1e-15) return false;
      return positioned(xy, lambda, Math.asinh(latitudes.conformalTangent(phi)));
    },
    inverse: (x, y, lp) => placed(lp, x, latitudes.fromConformalTangent(Math.sinh(y))),
  };
}

/** Lambert's cylindrical equal-area projection. @param k0 scale on the equator */
export function createCylindricalEqualArea(latitudes: Latitudes, k0: number): Formulas {
  const height = latitudes.authalicRadius ** 2 / k0;
  return {
    forward: (lambda, phi, xy) => positioned(xy, k0 * lambda, height * Math.sin(latitudes.authalic(phi))),
    inverse: (x, y, lp) => placed(lp, x / k0, latitudes.fromAuthalic(arcSine(y / height))),
  };
}

/** Equidistant cylindrical, of the sphere. @param k0 scale on the equator @param lat0 latitude of y = 0 */
export function createEquidistantCylindrical(k0: number, lat0: number): Formulas {
  return {
    forward: (lambda, phi, xy) => positioned(xy, k0 * lambda, phi - lat0),
    inverse: (x, y, lp) => placed(lp, x / k0, y + lat0),
  };
}

/** Miller's cylindrical projection, of the sphere. */
export function createMiller(): Formulas {
  return {
    forward: (lambda, phi, xy) => positioned(xy, lambda, 1.25 * Math.asinh(Math.tan(0.8 * phi))),
    inverse: (x, y, lp) => placed(lp, x, 1.25 * Math.atan(Math.sinh(0.8 * y))),
  };
}
