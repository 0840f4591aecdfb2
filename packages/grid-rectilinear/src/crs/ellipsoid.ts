/** Ellipsoids: by name, or by their axes. */
import type { CrsDefinition } from "./definition.js";
import { crsFault } from "./faults.js";

/** Semi-axes, metres. */
export interface Ellipsoid {
  readonly a: number;
  readonly b: number;
}

/** Semi-major axis and inverse flattening of PROJ 9.5, `proj -le`; those that PROJ gives by both axes are so here. */
const named: Readonly<Record<string, Ellipsoid>> = {
  MERIT: flattened(6378137, 298.257),
  SGS85: flattened(6378136, 298.257),
  GRS80: flattened(6378137, 298.257222101),
  IAU76: flattened(6378140, 298.257),
  airy: flattened(6377563.396, 299.3249646),
  "APL4.9": flattened(6378137, 298.25),
  NWL9D: flattened(6378145, 298.25),
  mod_airy: { a: 6377340.189, b: 6356034.446 },
  andrae: flattened(6377104.43, 300),
  danish: flattened(6377019.2563, 300),
  aust_SA: flattened(6378160, 298.25),
  GRS67: flattened(6378160, 298.247167427),
  GSK2011: flattened(6378136.5, 298.2564151),
  bessel: flattened(6377397.155, 299.1528128),
  bess_nam: flattened(6377483.865, 299.1528128),
  clrk66: { a: 6378206.4, b: 6356583.8 },
  clrk80: flattened(6378249.145, 293.4663),
  clrk80ign: flattened(6378249.2, 293.4660212936269),
  CPM: flattened(6375738.7, 334.29),
  delmbr: flattened(6376428, 311.5),
  engelis: flattened(6378136.05, 298.2566),
  evrst30: flattened(6377276.345, 300.8017),
  evrst48: flattened(6377304.063, 300.8017),
  evrst56: flattened(6377301.243, 300.8017),
  evrst69: flattened(6377295.664, 300.8017),
  evrstSS: flattened(6377298.556, 300.8017),
  fschr60: flattened(6378166, 298.3),
  fschr60m: flattened(6378155, 298.3),
  fschr68: flattened(6378150, 298.3),
  helmert: flattened(6378200, 298.3),
  hough: flattened(6378270, 297),
  intl: flattened(6378388, 297),
  krass: flattened(6378245, 298.3),
  kaula: flattened(6378163, 298.24),
  lerch: flattened(6378139, 298.257),
  mprts: flattened(6397300, 191),
  new_intl: { a: 6378157.5, b: 6356772.2 },
  plessis: { a: 6376523, b: 6355863 },
  PZ90: flattened(6378136, 298.25784),
  SEasia: { a: 6378155, b: 6356773.3205 },
  walbeck: { a: 6376896, b: 6355834.8467 },
  WGS60: flattened(6378165, 298.3),
  WGS66: flattened(6378145, 298.25),
  WGS72: flattened(6378135, 298.26),
  WGS84: flattened(6378137, 298.257223563),
  sphere: { a: 6370997, b: 6370997 },
};

export const wgs84: Ellipsoid = named["WGS84"]!;

/** Series are cut for ellipsoids no flatter than this, which all of the Earth's are. */
const FLATTEST = 1 / 190;

/** By semi-major axis and inverse flattening; an inverse flattening of 0 is a sphere. */
export function flattened(a: number, inverseFlattening: number): Ellipsoid {
  return { a, b: inverseFlattening === 0 ? a : a * (1 - 1 / inverseFlattening) };
}

export function squaredEccentricity({ a, b }: Ellipsoid): number {
  return a === b ? 0 : 1 - (b / a) ** 2;
}

/** @throws GridError `CRS_PARAMETER` if it is none of those that PROJ names */
export function namedEllipsoid(definition: CrsDefinition, name: string): Ellipsoid {
  const found = Object.hasOwn(named, name) ? named[name] : undefined;
  if (found !== undefined) return found;
  const inOtherCase = Object.keys(named).find((key) => key.toLowerCase() === name.toLowerCase());
  throw crsFault("CRS_PARAMETER", definition, {
    why: `+ellps=${name} is not an ellipsoid of PROJ`,
    mend:
      inOtherCase === undefined
        ? "use a name that `proj -le` lists, or give its axes with +a and +rf"
        : `write +ellps=${inOtherCase}`,
  });
}

/** @throws GridError `CRS_PARAMETER` if it is no ellipsoid, longer than wide, or flatter than 1/190 */
export function checkedEllipsoid(definition: CrsDefinition, ellipsoid: Ellipsoid): Ellipsoid {
  const { a, b } = ellipsoid;
  if (a > 0 && b > 0 && b <= a && (a - b) / a <= FLATTEST) return ellipsoid;
  throw crsFault("CRS_PARAMETER", definition, {
    why: `its ellipsoid has semi-axes of ${a} m and ${b} m; projections here are for flattenings from 0 to 1/190`,
    mend: "give the semi-major axis in metres and the flattening of an ellipsoid of the Earth",
  });
}

/** The sphere of the same surface as an ellipsoid (`+R_A`), by PROJ's own series: its radius is 0.1 mm from the exact one. */
export function authalicSphere(ellipsoid: Ellipsoid): Ellipsoid {
  const e2 = squaredEccentricity(ellipsoid);
  const radius = ellipsoid.a * (1 - e2 * (1 / 6 + e2 * (17 / 360 + (e2 * 67) / 3024)));
  return { a: radius, b: radius };
}
