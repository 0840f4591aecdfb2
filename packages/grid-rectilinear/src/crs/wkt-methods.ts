/** The projection methods of WKT, by their names in the dialects of EPSG, GDAL and Esri, as projections of PROJ. */

/** How a method is read. */
export interface WktMethod {
  readonly proj: string;
  /** Its parameters whose key differs from the usual one (`usualKeys`), by name without spaces and signs. */
  readonly keys?: Readonly<Record<string, string>>;
  /** What it implies. */
  readonly implied?: Readonly<Record<string, string | true>>;
  /** Parameters that must have one value, for the method is known for it alone. */
  readonly fixed?: Readonly<Record<string, number>>;
}

/** Keys of parameters, by name without spaces and signs. */
export const usualKeys: Readonly<Record<string, string>> = {
  falseeasting: "x_0",
  falsenorthing: "y_0",
  eastingatfalseorigin: "x_0",
  northingatfalseorigin: "y_0",
  eastingatprojectioncentre: "x_0",
  northingatprojectioncentre: "y_0",
  centralmeridian: "lon_0",
  longitudeofcenter: "lon_0",
  longitudeoforigin: "lon_0",
  longitudeofnaturalorigin: "lon_0",
  longitudeoffalseorigin: "lon_0",
  longitudeofprojectioncentre: "lon_0",
  longitudeoftopocentricorigin: "lon_0",
  latitudeoforigin: "lat_0",
  latitudeofcenter: "lat_0",
  latitudeofnaturalorigin: "lat_0",
  latitudeoffalseorigin: "lat_0",
  latitudeofprojectioncentre: "lat_0",
  latitudeoftopocentricorigin: "lat_0",
  scalefactor: "k_0",
  scalefactoratnaturalorigin: "k_0",
  scalefactoratprojectioncentre: "k_0",
  scalefactoroninitialline: "k_0",
  scalefactoronpseudostandardparallel: "k_0",
  standardparallel1: "lat_1",
  standardparallel2: "lat_2",
  latitudeof1ststandardparallel: "lat_1",
  latitudeof2ndstandardparallel: "lat_2",
  latitudeofstandardparallel: "lat_ts",
  azimuth: "alpha",
  azimuthatprojectioncentre: "alpha",
  azimuthofinitialline: "alpha",
  colatitudeofconeaxis: "alpha",
  rectifiedgridangle: "gamma",
  xyplanerotation: "gamma",
  anglefromrectifiedtoskewgrid: "gamma",
  height: "h",
  satelliteheight: "h",
  viewpointheight: "h",
};

const trueScale = { standardparallel1: "lat_ts", latitudeof1ststandardparallel: "lat_ts" } as const;
const oblique = { longitudeofcenter: "lonc", longitudeofprojectioncentre: "lonc" } as const;
const fromNaturalOrigin = { proj: "omerc", keys: oblique, implied: { no_uoff: true } } as const;
const fromCentre = { proj: "omerc", keys: oblique } as const;
const polarByParallel = {
  proj: "stere",
  keys: { standardparallel1: "lat_ts", latitudeoforigin: "lat_ts" },
} as const;

const localOrthographic = {
  proj: "ortho",
  keys: { azimuth: "turn", azimuthatprojectioncentre: "turn", azimuthofinitialline: "turn" },
  fixed: { turn: 0 },
} as const;

/** By name without spaces and signs. */
export const wktMethods: Readonly<Record<string, WktMethod>> = {
  albers: { proj: "aea" },
  albersconicequalarea: { proj: "aea" },
  albersequalarea: { proj: "aea" },
  americanpolyconic: { proj: "poly" },
  azimuthalequidistant: { proj: "aeqd" },
  behrmann: { proj: "cea", keys: trueScale },
  bonne: { proj: "bonne", keys: { latitudeofnaturalorigin: "lat_1" } },
  cassini: { proj: "cass", fixed: { k_0: 1 } },
  cassinisoldner: { proj: "cass", fixed: { k_0: 1 } },
  cylindricalequalarea: { proj: "cea", keys: trueScale },
  doublestereographic: { proj: "sterea" },
  eckertvi: { proj: "eck6" },
  equalearth: { proj: "eqearth" },
  equidistantconic: { proj: "eqdc" },
  equidistantcylindrical: { proj: "eqc", keys: trueScale },
  equidistantcylindricalspherical: { proj: "eqc", keys: trueScale },
  equirectangular: { proj: "eqc", keys: trueScale },
  gausskruger: { proj: "tmerc" },
  geostationarysatellitesweepx: { proj: "geos", implied: { sweep: "x" } },
  geostationarysatellitesweepy: { proj: "geos", implied: { sweep: "y" } },
  gnomonic: { proj: "gnom" },
  hotineobliquemercator: fromNaturalOrigin,
  hotineobliquemercatorazimuthcenter: fromCentre,
  hotineobliquemercatorazimuthnaturalorigin: fromNaturalOrigin,
  hotineobliquemercatorvarianta: fromNaturalOrigin,
  hotineobliquemercatorvariantb: fromCentre,
  krovak: {
    proj: "krovak",
    keys: {
      pseudostandardparallel1: "parallel",
      xscale: "xscale",
      yscale: "yscale",
      xyplanerotation: "rotation",
    },
    fixed: { parallel: 78.5, xscale: -1, yscale: 1, rotation: 90 },
  },
  krovaknorthorientated: {
    proj: "krovak",
    keys: { latitudeofpseudostandardparallel: "parallel" },
    fixed: { parallel: 78.5 },
  },
  lambertazimuthalequalarea: { proj: "laea" },
  lambertazimuthalequalareaspherical: { proj: "laea", implied: { R_A: true } },
  lambertconformalconic: { proj: "lcc" },
  lambertconformalconic1sp: { proj: "lcc" },
  lambertconformalconic2sp: { proj: "lcc" },
  lambertconicconformal1sp: { proj: "lcc" },
  lambertconicconformal2sp: { proj: "lcc" },
  lambertcylindricalequalarea: { proj: "cea", keys: trueScale },
  lambertcylindricalequalareaspherical: { proj: "cea", keys: trueScale, implied: { R_A: true } },
  local: localOrthographic,
  localorthographic: localOrthographic,
  mercator: { proj: "merc", keys: trueScale },
  mercator1sp: { proj: "merc", keys: trueScale },
  mercator2sp: { proj: "merc", keys: trueScale },
  mercatorauxiliarysphere: {
    proj: "webmerc",
    keys: { standardparallel1: "parallel", auxiliaryspheretype: "sphere" },
    fixed: { parallel: 0, sphere: 0 },
  },
  mercatorvarianta: { proj: "merc", fixed: { lat_0: 0 } },
  mercatorvariantb: { proj: "merc", keys: trueScale },
  millercylindrical: { proj: "mill" },
  mollweide: { proj: "moll" },
  obliquestereographic: { proj: "sterea" },
  orthographic: { proj: "ortho" },
  platecarree: { proj: "eqc", keys: trueScale },
  polarstereographic: polarByParallel,
  polarstereographicvarianta: { proj: "stere" },
  polarstereographicvariantb: polarByParallel,
  polyconic: { proj: "poly" },
  popularvisualisationpseudomercator: { proj: "webmerc", fixed: { lat_0: 0 } },
  rectifiedskeworthomorphiccenter: fromCentre,
  rectifiedskeworthomorphicnaturalorigin: fromNaturalOrigin,
  sinusoidal: { proj: "sinu" },
  stereographic: { proj: "stere" },
  stereographicnorthpole: { ...polarByParallel, implied: { lat_0: "90" } },
  stereographicsouthpole: { ...polarByParallel, implied: { lat_0: "-90" } },
  transversemercator: { proj: "tmerc" },
  vandergrinten: { proj: "vandg" },
  vandergrinteni: { proj: "vandg" },
  verticalnearsideperspective: { proj: "nsper" },
  verticalperspective: {
    proj: "nsper",
    keys: { ellipsoidalheightoftopocentricorigin: "ground" },
    fixed: { ground: 0 },
  },
};
