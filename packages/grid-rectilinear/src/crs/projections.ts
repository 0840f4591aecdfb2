/** The projections: which parameters each reads, their defaults as of PROJ 9.5, and the formulas that do it. */
import {
  createAzimuthalEqualArea,
  createAzimuthalEquidistantOfSphere,
  createGnomonicOfSphere,
  createPolarEquidistant,
  createStereographic,
} from "../kernels/azimuthal.js";
import { createCassini, createCassiniOfSphere } from "../kernels/cassini.js";
import { createConformalConic, createEqualAreaConic, createEquidistantConic } from "../kernels/conic.js";
import {
  createCylindricalEqualArea,
  createEquidistantCylindrical,
  createMercator,
  createMiller,
} from "../kernels/cylindrical.js";
import {
  createDoubleStereographic,
  createKrovak,
  createSwissObliqueMercator,
} from "../kernels/gauss-sphere.js";
import { createAzimuthalEquidistant, createGnomonic } from "../kernels/geodesic.js";
import { createLatitudes } from "../kernels/latitudes.js";
import { createObliqueMercator } from "../kernels/oblique-mercator.js";
import { createGeostationary, createNearSided, createOrthographic } from "../kernels/perspective.js";
import { createBonne, createPolyconic } from "../kernels/polyconic.js";
import {
  createEckert6,
  createEqualEarth,
  createMollweide,
  createSinusoidal,
} from "../kernels/pseudocylindrical.js";
import { createRotatedPole } from "../kernels/rotated-pole.js";
import { createTransverseMercatorFormulas } from "../kernels/transverse-mercator.js";
import { createVanDerGrinten } from "../kernels/van-der-grinten.js";
import {
  conformalFault,
  equatorScale,
  krovakFault,
  obliqueFault,
  oppositeParallels,
  parallels,
  scaledTwice,
  stereographicFault,
  stereographicScale,
} from "./projection-checks.js";
import { isPolar, radians, scaleFactor, type ProjectionKind } from "./projection-kind.js";

/** Squared eccentricity of the Bessel ellipsoid as PROJ rounds it for Krovak's projection: 0.3 mm on the ground. */
const KROVAK_E2 = 0.006674372230614;
const centred = { lat_0: 0, lon_0: 0 } as const;

const kinds: readonly ProjectionKind[] = [
  {
    name: "aea",
    numbers: { ...centred, lat_1: 0, lat_2: 0 },
    fault: oppositeParallels,
    formulas: (p) => createEqualAreaConic(p.latitudes, parallels(p)),
  },
  {
    name: "aeqd",
    numbers: centred,
    formulas(p) {
      const { e2 } = p.latitudes;
      if (isPolar(p) && e2 !== 0) return createPolarEquidistant(p.latitudes, radians(p, "lat_0"));
      return e2 === 0
        ? createAzimuthalEquidistantOfSphere(radians(p, "lat_0"))
        : createAzimuthalEquidistant(e2, radians(p, "lat_0"));
    },
  },
  {
    name: "bonne",
    numbers: { lat_1: null, lon_0: 0 },
    fault: ({ numbers }) =>
      Math.abs(numbers["lat_1"]!) < 1e-8
        ? ["a standard parallel on the equator makes no cone", "use sinu for it"]
        : undefined,
    formulas: (p) => createBonne(p.latitudes, radians(p, "lat_1")),
  },
  {
    name: "cass",
    numbers: centred,
    formulas: (p) =>
      p.latitudes.e2 === 0
        ? createCassiniOfSphere(radians(p, "lat_0"))
        : createCassini(p.latitudes, radians(p, "lat_0")),
  },
  {
    name: "cea",
    numbers: { lon_0: 0, lat_ts: undefined, k_0: 1 },
    fault: (p) =>
      scaleFactor(p) > 1
        ? ["no parallel is longer on the map than the equator", "give +k_0 of 1 at most, or +lat_ts"]
        : scaledTwice(p),
    formulas: (p) => createCylindricalEqualArea(p.latitudes, equatorScale(p)),
  },
  { name: "eck6", numbers: { lon_0: 0 }, sphere: "equatorial", formulas: createEckert6 },
  {
    name: "eqc",
    numbers: { ...centred, lat_ts: 0 },
    sphere: "equatorial",
    formulas: (p) => createEquidistantCylindrical(Math.cos(radians(p, "lat_ts")), radians(p, "lat_0")),
  },
  {
    name: "eqdc",
    numbers: { ...centred, lat_1: 0, lat_2: 0 },
    fault: oppositeParallels,
    formulas: (p) => createEquidistantConic(p.latitudes, parallels(p)),
  },
  { name: "eqearth", numbers: { lon_0: 0 }, formulas: (p) => createEqualEarth(p.latitudes) },
  {
    name: "geos",
    numbers: { lon_0: 0, h: null },
    words: { sweep: ["x", "y"] },
    formulas: (p) => createGeostationary(p.latitudes.e2, p.numbers["h"]! / p.a, p.words["sweep"] === "x"),
  },
  {
    name: "gnom",
    numbers: centred,
    formulas: (p) =>
      p.latitudes.e2 === 0
        ? createGnomonicOfSphere(radians(p, "lat_0"))
        : createGnomonic(p.latitudes.e2, radians(p, "lat_0")),
  },
  {
    name: "krovak",
    numbers: { lat_0: 49.5, lon_0: 24 + 5 / 6, k_0: 0.9999, alpha: undefined },
    subtractsOffsets: true,
    fault: krovakFault,
    scale: scaleFactor,
    formulas: (p) => createKrovak(createLatitudes(KROVAK_E2), radians(p, "lat_0")),
  },
  {
    name: "laea",
    numbers: centred,
    formulas: (p) => createAzimuthalEqualArea(p.latitudes, radians(p, "lat_0")),
  },
  {
    name: "lcc",
    numbers: { lat_0: undefined, lon_0: 0, lat_1: 0, lat_2: undefined, k_0: 1 },
    fault: conformalFault,
    scale: scaleFactor,
    formulas: (p) => createConformalConic(p.latitudes, parallels(p)),
  },
  {
    name: "merc",
    numbers: { lon_0: 0, lat_ts: undefined, k_0: 1 },
    fault: scaledTwice,
    scale: equatorScale,
    formulas: (p) => createMercator(p.latitudes),
  },
  { name: "mill", numbers: { lon_0: 0 }, sphere: "authalic", formulas: createMiller },
  { name: "moll", numbers: { lon_0: 0 }, sphere: "equatorial", formulas: createMollweide },
  {
    name: "nsper",
    numbers: { ...centred, h: null },
    sphere: "equatorial",
    formulas: (p) => createNearSided(radians(p, "lat_0"), p.numbers["h"]! / p.a, 0, 0),
  },
  {
    name: "ob_tran",
    numbers: { lon_0: 0, o_lat_p: null, o_lon_p: 0 },
    words: { o_proj: ["longlat", "latlong", "lonlat", "latlon"] },
    sphere: "equatorial",
    angular: true,
    fault: ({ words }) =>
      words["o_proj"] === undefined
        ? ["of oblique projections only the rotated pole is known", "write +o_proj=longlat"]
        : undefined,
    formulas: (p) => createRotatedPole(radians(p, "o_lat_p"), radians(p, "o_lon_p")),
  },
  {
    name: "omerc",
    numbers: { lat_0: 0, lonc: 0, alpha: undefined, gamma: undefined, k_0: 1 },
    flags: ["no_uoff", "no_off"],
    fault: obliqueFault,
    scale: scaleFactor,
    formulas: (p) =>
      createObliqueMercator(p.latitudes, {
        lat0: radians(p, "lat_0"),
        /* Of a CRS with +gamma alone, PROJ takes the azimuth for 0. */
        alpha: radians(p, "alpha"),
        gamma: radians(p, p.numbers["gamma"] === undefined ? "alpha" : "gamma"),
        fromEquator: p.flags.size > 0,
      }),
  },
  {
    name: "ortho",
    numbers: { ...centred, k_0: 1 },
    scale: scaleFactor,
    formulas: (p) => createOrthographic(p.latitudes.e2, radians(p, "lat_0")),
  },
  {
    name: "poly",
    numbers: centred,
    formulas: (p) => createPolyconic(p.latitudes, radians(p, "lat_0")),
  },
  { name: "sinu", numbers: { lon_0: 0 }, formulas: (p) => createSinusoidal(p.latitudes) },
  {
    name: "somerc",
    numbers: { ...centred, k_0: 1 },
    fault: (p) =>
      isPolar(p)
        ? ["a centre at a pole has no azimuth", "use stere with +lat_0=90 or +lat_0=-90"]
        : undefined,
    scale: scaleFactor,
    formulas: (p) => createSwissObliqueMercator(p.latitudes, radians(p, "lat_0")),
  },
  {
    name: "stere",
    numbers: { ...centred, lat_ts: undefined, k_0: 1 },
    fault: stereographicFault,
    scale: stereographicScale,
    formulas: (p) => createStereographic(p.latitudes, radians(p, "lat_0")),
  },
  {
    name: "sterea",
    numbers: { ...centred, k_0: 1 },
    scale: scaleFactor,
    formulas: (p) =>
      isPolar(p)
        ? createStereographic(p.latitudes, radians(p, "lat_0"))
        : createDoubleStereographic(p.latitudes, radians(p, "lat_0")),
  },
  {
    name: "tmerc",
    numbers: { ...centred, k_0: 1 },
    scale: scaleFactor,
    formulas: (p) => createTransverseMercatorFormulas(p.latitudes, radians(p, "lat_0")),
  },
  {
    name: "tpers",
    numbers: { ...centred, h: null, tilt: 0, azi: 0 },
    sphere: "equatorial",
    formulas: (p) =>
      createNearSided(radians(p, "lat_0"), p.numbers["h"]! / p.a, radians(p, "tilt"), radians(p, "azi")),
  },
  { name: "vandg", numbers: { lon_0: 0 }, sphere: "authalic", formulas: createVanDerGrinten },
  {
    name: "webmerc",
    numbers: { lon_0: 0 },
    sphere: "equatorial",
    formulas: (p) => createMercator(p.latitudes),
  },
];

const byName: ReadonlyMap<string, ProjectionKind> = new Map(kinds.map((kind) => [kind.name, kind]));

/** The projection of a PROJ name, if it is known here. */
export function projectionNamed(name: string): ProjectionKind | undefined {
  return byName.get(name);
}

/** Every name that is known, ascending; longlat and utm are read elsewhere. */
export function projectionNames(): readonly string[] {
  return ["longlat", "utm", ...byName.keys()].sort();
}
