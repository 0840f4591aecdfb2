/** Transverse Mercator projection of an ellipsoid: Krüger's series to sixth order, Karney 2011, J. Geodesy 85:475. */
import { placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";

/** What the projection depends on. Angles in radians, lengths in metres. */
export interface TransverseMercator {
  readonly lon0Rad: number;
  readonly x0: number;
  /** Northing of the equator on the central meridian. */
  readonly equatorY: number;
  /** Eccentricity of the ellipsoid, up to 0.1. */
  readonly eccentricity: number;
  /** Scale on the central meridian times the rectifying radius: Karney's k0·A (equation 14). */
  readonly radius: number;
  /** How far from the central meridian there are positions, in units of the radius. */
  readonly farthest: number;
  /** Karney's alpha 1 to 6 (equation 35). */
  readonly alpha: readonly [number, number, number, number, number, number];
}

const DEGREE = Math.PI / 180;
/** Eastings, in semi-major axes, within which the series back is exact to rounding. */
const NEAR_MERIDIAN = 0.5;
/** The series is of no use farther from the central meridian, in units of the radius; PROJ stops there too. */
const FARTHEST = 2.623395162778;
/** More than the series moves a point that far out. */
const SERIES_SHIFT = 0.12;
/** On a sphere there is no series, and only the ends of the world are out of reach: 1e-10 from them. */
const FARTHEST_OF_SPHERE = 23;

/** Derives the constants. Semi-major axis a and offsets in metres, third parameter e². */
export function createTransverseMercator(
  a: number,
  e2: number,
  k0: number,
  lon0Rad: number,
  lat0Rad: number,
  x0: number,
  y0: number,
): TransverseMercator {
  const n = thirdFlattening(e2);
  const n2 = n * n;
  const polynomial = (power: number, ...terms: number[]) =>
    n ** power * terms.reduceRight((sum, term) => sum * n + term, 0);
  const unplaced: TransverseMercator = {
    lon0Rad,
    x0,
    equatorY: 0,
    eccentricity: Math.sqrt(e2),
    farthest: e2 === 0 ? FARTHEST_OF_SPHERE : FARTHEST,
    radius: ((k0 * a) / (1 + n)) * (1 + n2 * (1 / 4 + n2 * (1 / 64 + n2 / 256))),
    alpha: [
      polynomial(1, 1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37800),
      polynomial(2, 13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1983433 / 1935360),
      polynomial(3, 61 / 240, -103 / 140, 15061 / 26880, 167603 / 181440),
      polynomial(4, 49561 / 161280, -179 / 168, 6601661 / 7257600),
      polynomial(5, 34729 / 80640, -3418889 / 1995840),
      polynomial(6, 212378941 / 319334400),
    ],
  };
  const x = new Float64Array(1);
  const y = new Float64Array(1);
  const origin = [lon0Rad / DEGREE, lat0Rad / DEGREE].map((angle) => Float64Array.of(angle));
  projectTransverseMercator(unplaced, origin[0] as Float64Array, origin[1] as Float64Array, 1, x, y);
  return { ...unplaced, equatorY: y0 - y[0]! };
}

/**
 * Projects points. Off the central meridian by more than about 80 degrees an ellipsoid has no position.
 *
 * @param lonDeg geodetic longitude, degrees
 * @param latDeg geodetic latitude, degrees, [-90, 90]; anything else gives NaN
 * @param x metres; written up to n
 * @param y metres; written up to n
 */
export function projectTransverseMercator(
  projection: TransverseMercator,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  n: number,
  x: Float64Array,
  y: Float64Array,
): void {
  const { lon0Rad, x0, equatorY, eccentricity: e, radius, farthest, alpha } = projection;
  const [a1, a2, a3, a4, a5, a6] = alpha;
  for (let i = 0; i < n; i++) {
    const latitude = latDeg[i]!;
    if (!(latitude >= -90 && latitude <= 90)) {
      x[i] = NaN;
      y[i] = NaN;
      continue;
    }
    const phi = Math.abs(latitude) * DEGREE;
    const lambda = lonDeg[i]! * DEGREE - lon0Rad;
    const sin = Math.sin(phi);
    const s = e * sin;
    const s2 = s * s;
    const atanh =
      s * (1 + s2 * (1 / 3 + s2 * (1 / 5 + s2 * (1 / 7 + s2 * (1 / 9 + s2 * (1 / 11 + s2 / 13))))));
    const p = -e * atanh;
    const exp = 1 + p * (1 + (p / 2) * (1 + (p / 3) * (1 + (p / 4) * (1 + (p / 5) * (1 + p / 6)))));
    const t = ((1 + sin) / Math.cos(phi)) * exp;
    const tau = (latitude < 0 ? -0.5 : 0.5) * (t - 1 / t);
    const cosLambda = Math.cos(lambda);
    const h2 = tau * tau + cosLambda * cosLambda;
    const h = Math.sqrt(h2);
    const sinhEta = Math.sin(lambda) / h;
    const sin2xi = (2 * tau * cosLambda) / h2;
    const cos2xi = (cosLambda * cosLambda - tau * tau) / h2;
    const coshEta = Math.sqrt(1 + sinhEta * sinhEta);
    const sinh2eta = 2 * sinhEta * coshEta;
    const cosh2eta = 1 + 2 * sinhEta * sinhEta;
    /* Clenshaw summation of alpha_j·sin(2jζ) for complex ζ, from j = 6 down. */
    const cr = 2 * cos2xi * cosh2eta;
    const ci = -2 * sin2xi * sinh2eta;
    const r5 = a5 + cr * a6;
    const i5 = ci * a6;
    const r4 = a4 + cr * r5 - ci * i5 - a6;
    const i4 = cr * i5 + ci * r5;
    const r3 = a3 + cr * r4 - ci * i4 - r5;
    const i3 = cr * i4 + ci * r4 - i5;
    const r2 = a2 + cr * r3 - ci * i3 - r4;
    const i2 = cr * i3 + ci * r3 - i4;
    const r1 = a1 + cr * r2 - ci * i2 - r3;
    const i1 = cr * i2 + ci * r2 - i3;
    const sr = sin2xi * cosh2eta;
    const si = cos2xi * sinh2eta;
    const asinh = Math.log(Math.abs(sinhEta) + coshEta); // absolute error 1e-16, a nanometre on the ground
    const eta = (sinhEta < 0 ? -asinh : asinh) + sr * i1 + si * r1;
    const xi = Math.atan2(tau, cosLambda) + sr * r1 - si * i1;
    /* Beyond, the series may also end up anywhere near. */
    const inDomain = Math.abs(eta) <= farthest && asinh <= farthest + SERIES_SHIFT;
    x[i] = inDomain ? x0 + radius * eta : NaN;
    y[i] = inDomain ? equatorY + radius * xi : NaN;
  }
}

/** The same of an ellipsoid of semi-major axis 1 with scale 1, for one point at a time, and back. Of a sphere too. */
export function createTransverseMercatorFormulas(latitudes: Latitudes, lat0Rad: number): Formulas {
  const { e2 } = latitudes;
  const projection = createTransverseMercator(1, e2, 1, 0, lat0Rad, 0, 0);
  const beta = fromPlane(e2);
  const [lonDeg, latDeg, x, y] = [1, 1, 1, 1].map((n) => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return {
    forward(lambda, phi, xy) {
      lonDeg[0] = lambda / DEGREE;
      latDeg[0] = phi / DEGREE;
      projectTransverseMercator(projection, lonDeg, latDeg, 1, x, y);
      return positioned(xy, x[0]!, y[0]!);
    },
    inverse(easting, northing, lp) {
      if (!fromSeries(easting, northing, lp)) return false;
      if (Math.abs(easting) < NEAR_MERIDIAN) return true;
      /* Far out the series back is the less exact of the two: what it misses by, seen from the other, is taken off. */
      lonDeg[0] = lp[0]! / DEGREE;
      latDeg[0] = lp[1]! / DEGREE;
      projectTransverseMercator(projection, lonDeg, latDeg, 1, x, y);
      if (!Number.isNaN(x[0])) fromSeries(2 * easting - x[0]!, 2 * northing - y[0]!, lp);
      return true;
    },
  };

  function fromSeries(easting: number, northing: number, lp: Float64Array): boolean {
    const eta = easting / projection.radius;
    const xi = (northing - projection.equatorY) / projection.radius;
    if (!(Math.abs(eta) <= projection.farthest + 1e-9 && Math.abs(xi) <= Math.PI + 1e-9)) return false;
    let [etaPrime, xiPrime] = [eta, xi];
    for (let j = 1; j <= 6; j++) {
      xiPrime -= beta[j - 1]! * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta);
      etaPrime -= beta[j - 1]! * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta);
    }
    const sinh = Math.sinh(etaPrime);
    const cos = Math.cos(xiPrime);
    return placed(
      lp,
      Math.atan2(sinh, cos),
      latitudes.fromConformalTangent(Math.sin(xiPrime) / Math.hypot(sinh, cos)),
    );
  }
}

/** Karney's beta 1 to 6 (equation 36). */
function fromPlane(e2: number): readonly number[] {
  const n = thirdFlattening(e2);
  return [
    [1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96199 / 604800],
    [1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1118711 / 3870720],
    [17 / 480, -37 / 840, -209 / 4480, 5569 / 90720],
    [4397 / 161280, -11 / 504, -830251 / 7257600],
    [4583 / 161280, -108847 / 3991680],
    [20648693 / 638668800],
  ].map((terms, i) => n ** (i + 1) * terms.reduceRight((sum, term) => sum * n + term, 0));
}

function thirdFlattening(e2: number): number {
  const f = e2 / (1 + Math.sqrt(1 - e2));
  return f / (2 - f);
}
