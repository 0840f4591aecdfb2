/**
 * Auxiliary latitudes of an ellipsoid of semi-major axis 1: conformal, rectifying and authalic.
 *
 * The conformal latitude is in closed form (Karney 2011, J. Geodesy 85:475, equations 7 to 9 and 19 to 21). The other two are
 * Fourier series in the third flattening n to sixth order (Karney 2023, Survey Review 56:165, tables of appendix A); at n = 1/380
 * what is cut off is below 1e-17.
 */

/** A series Σ C[k]·sin 2kφ, k = 1 to 6. */
type Series = readonly [number, number, number, number, number, number];

/** An ellipsoid's latitudes. Radians; lengths in semi-major axes. */
export interface Latitudes {
  /** Squared eccentricity, 0 to 0.011. */
  readonly e2: number;
  /** Radius of a parallel. */
  parallel(phi: number): number;
  /** Tangent of the conformal latitude; asinh of it is the isometric latitude. */
  conformalTangent(phi: number): number;
  /** Geodetic latitude whose conformal latitude has this tangent. */
  fromConformalTangent(tau: number): number;
  /** Length of the meridian from the equator. */
  arc(phi: number): number;
  fromArc(length: number): number;
  authalic(phi: number): number;
  fromAuthalic(xi: number): number;
  /** Radius of the sphere of the same surface. */
  readonly authalicRadius: number;
}

/* Coefficients of n^k, n^(k+1), … of each sine. */
const RECTIFYING = [
  [-3 / 2, 0, 9 / 16, 0, -3 / 32, 0],
  [15 / 16, 0, -15 / 32, 0, 135 / 2048],
  [-35 / 48, 0, 105 / 256, 0],
  [315 / 512, 0, -189 / 512],
  [-693 / 1280, 0],
  [1001 / 2048],
];
const FROM_RECTIFYING = [
  [3 / 2, 0, -27 / 32, 0, 269 / 512, 0],
  [21 / 16, 0, -55 / 32, 0, 6759 / 4096],
  [151 / 96, 0, -417 / 128, 0],
  [1097 / 512, 0, -15543 / 2560],
  [8011 / 2560, 0],
  [293393 / 61440],
];
const AUTHALIC = [
  [-4 / 3, -4 / 45, 88 / 315, 538 / 4725, 20824 / 467775, -44732 / 2837835],
  [34 / 45, 8 / 105, -2482 / 14175, -37192 / 467775, -12467764 / 212837625],
  [-1532 / 2835, -898 / 14175, 54968 / 467775, 100320856 / 1915538625],
  [6007 / 14175, 24496 / 467775, -5884124 / 70945875],
  [-23356 / 66825, -839792 / 19348875],
  [570284222 / 1915538625],
];
const FROM_AUTHALIC = [
  [4 / 3, 4 / 45, -16 / 35, -2582 / 14175, 60136 / 467775, 28112932 / 212837625],
  [46 / 45, 152 / 945, -11966 / 14175, -21016 / 51975, 251310128 / 638512875],
  [3044 / 2835, 3802 / 14175, -94388 / 66825, -8797648 / 10945935],
  [6059 / 4725, 41072 / 93555, -1472637812 / 638512875],
  [768272 / 467775, 455935736 / 638512875],
  [4210684958 / 1915538625],
];

/** @param e2 squared eccentricity, 0 to 0.011 */
export function createLatitudes(e2: number): Latitudes {
  const e = Math.sqrt(e2);
  const f = e2 / (1 + Math.sqrt(1 - e2));
  const n = f / (2 - f);
  const n2 = n * n;
  const rectifying = seriesAt(RECTIFYING, n);
  const fromRectifying = seriesAt(FROM_RECTIFYING, n);
  const authalic = seriesAt(AUTHALIC, n);
  const fromAuthalic = seriesAt(FROM_AUTHALIC, n);
  const radius = (1 + n2 * (1 / 4 + n2 * (1 / 64 + n2 / 256))) / (1 + n);
  const qPole = e2 === 0 ? 2 : 1 + ((1 - e2) * Math.atanh(e)) / e;
  const conformalOf = (tau: number) => {
    if (e2 === 0) return tau;
    const secant = Math.sqrt(1 + tau * tau);
    const sigma = Math.sinh(e * Math.atanh((e * tau) / secant));
    return tau * Math.sqrt(1 + sigma * sigma) - sigma * secant;
  };
  return {
    e2,
    parallel: (phi) => Math.cos(phi) / Math.sqrt(1 - e2 * Math.sin(phi) ** 2),
    conformalTangent: (phi) => conformalOf(Math.tan(phi)),
    fromConformalTangent(target) {
      if (e2 === 0 || !Number.isFinite(target)) return Math.atan(target);
      let tau = target / (1 - e2);
      for (let i = 0; i < 4; i++) {
        const reached = conformalOf(tau);
        const step =
          ((target - reached) * (1 + (1 - e2) * tau * tau)) /
          ((1 - e2) * Math.sqrt((1 + reached * reached) * (1 + tau * tau)));
        tau += step;
        if (Math.abs(step) < 1e-16 * (1 + Math.abs(tau))) break;
      }
      return Math.atan(tau);
    },
    arc: (phi) => radius * summed(phi, rectifying),
    fromArc: (length) => summed(length / radius, fromRectifying),
    authalic: (phi) => summed(phi, authalic),
    fromAuthalic: (xi) => summed(xi, fromAuthalic),
    authalicRadius: Math.sqrt(qPole / 2),
  };
}

function seriesAt(coefficients: readonly (readonly number[])[], n: number): Series {
  return coefficients.map(
    (terms, i) => n ** (i + 1) * terms.reduceRight((sum, term) => sum * n + term, 0),
  ) as unknown as Series;
}

/** φ + Σ C[k]·sin 2kφ, by Clenshaw's recurrence. */
function summed(phi: number, series: Series): number {
  const twice = 2 * Math.cos(2 * phi);
  let next = 0;
  let afterNext = 0;
  for (let k = 5; k >= 0; k--) {
    const here = series[k]! + twice * next - afterNext;
    afterNext = next;
    next = here;
  }
  return phi + next * Math.sin(2 * phi);
}
