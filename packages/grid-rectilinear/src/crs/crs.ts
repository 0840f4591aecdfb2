/** A coordinate reference system: longitude and latitude to x and y, and back. */
import { createLatitudes } from "../kernels/latitudes.js";
import { projectPolarStereographic, type PolarStereographic } from "../kernels/polar-stereographic.js";
import { fromMeridian, project, unproject, type Placement } from "../kernels/project.js";
import { createTransverseMercator, projectTransverseMercator } from "../kernels/transverse-mercator.js";
import { createDatumShift, type DatumShift } from "./datum-shift.js";
import { crsDefinition, isKnownEpsgCode, type CrsDefinition } from "./definition.js";
import { authalicSphere, squaredEccentricity } from "./ellipsoid.js";
import { crsFault } from "./faults.js";
import { readParameters, type CrsParameters } from "./parameters.js";
import { readProjString } from "./proj-string.js";
import type { ProjectionKind, ProjectionParameters } from "./projection-kind.js";
import { placesAnything, sameCrs } from "./same-crs.js";
import { epsgCodeOf, isWkt, parseWkt, type WktNode } from "./wkt-tree.js";
import { readWkt } from "./wkt.js";

/**
 * A coordinate reference system.
 *
 * Axes are x, y (longitude, latitude) whatever the authority says.
 */
export interface Crs {
  /** As signatures carry it. */
  readonly text: string;
  readonly epsg: number | undefined;
  /** x and y are longitude and latitude in degrees. */
  readonly geographic: boolean;
  readonly parameters: CrsParameters;
  /**
   * Projects n points. Longitude and latitude in degrees on WGS 84; x and y in CRS units, NaN where a coordinate is
   * not finite, a latitude is not within [-90, 90], or the projection has no such point: behind a horizon, at an antipode,
   * where its formulas do not lead back.
   *
   * A geographic CRS on WGS 84 is the identity: longitudes keep their turn, so that 190 stays 190. Projections take
   * longitudes modulo 360.
   */
  forward(lonDeg: Float64Array, latDeg: Float64Array, n: number, x: Float64Array, y: Float64Array): void;
  /** Writes longitude and latitude in degrees to `out`; false where the CRS has no such position. */
  inverse(x: number, y: number, out: Float64Array): boolean;
}

/** The two directions of a CRS without its datum: longitudes and latitudes on its ellipsoid. */
type Plane = Pick<Crs, "forward" | "inverse">;

const DEGREE = Math.PI / 180;

/**
 * Parses a CRS: `EPSG:n`, a PROJ string or WKT.
 *
 * WKT that names an EPSG code which is known here must mean what the code means; the code's own datum shift stands in for
 * that of a datum whose name says nothing.
 *
 * @throws GridError `CRS_UNKNOWN`, `CRS_UNSUPPORTED`, `CRS_PARAMETER`, `CRS_DATUM`
 *
 * @example
 * const crs = createCrs("EPSG:3031");
 */
export function createCrs(text: string | number): Crs {
  const definition = crsDefinition(text);
  if (!isWkt(definition.definition)) {
    return assembled(definition, readParameters(definition, readProjString(definition)));
  }
  const root = parseWkt(definition.definition);
  if (root === undefined) {
    throw crsFault("CRS_UNKNOWN", definition, {
      why: "it is WKT that does not close, or is not WKT",
      mend: "check it; projinfo prints WKT for any CRS",
    });
  }
  const code = epsgCodeOf(root);
  return code === undefined || !isKnownEpsgCode(code)
    ? ofWkt(definition, root)
    : checkedWkt(definition, root, code);
}

function ofWkt(definition: CrsDefinition, root: WktNode, named?: Crs): Crs {
  const given = readWkt(definition, root, named?.parameters);
  return assembled(definition, readParameters(definition, given));
}

function checkedWkt(definition: CrsDefinition, root: WktNode, code: number): Crs {
  const named = createCrs(`EPSG:${code}`);
  const crs = ofWkt(definition, root, named);
  if (sameCrs(crs, named)) return crs;
  throw crsFault("CRS_UNSUPPORTED", definition, {
    why: `it is WKT that names EPSG:${code}, and its parameters place points elsewhere than that code does`,
    mend: `write EPSG:${code}, or take the code out if the parameters are what you mean`,
  });
}

function assembled(definition: CrsDefinition, parameters: CrsParameters): Crs {
  const shift = createDatumShift(parameters.ellipsoid, parameters.shift);
  const plane =
    parameters.kind === undefined ? degrees(parameters) : projected(definition, parameters, parameters.kind);
  const crs: Crs = Object.freeze({
    text: definition.text,
    epsg: definition.epsg,
    geographic: parameters.kind === undefined,
    parameters,
    ...(shift === undefined ? plane : shifted(plane, shift)),
  });
  if (placesAnything(crs)) return crs;
  throw crsFault("CRS_UNKNOWN", definition, {
    why: "no point of the Earth can be projected with it",
    mend: "check its parameters",
  });
}

function shifted(plane: Plane, shift: DatumShift): Plane {
  return {
    forward(lonDeg, latDeg, n, x, y) {
      const [lon, lat] = [new Float64Array(n), new Float64Array(n)];
      shift.fromWgs84(lonDeg, latDeg, n, lon, lat);
      for (let i = 0; i < n; i++) {
        if (!(Math.abs(latDeg[i]!) <= 90)) lat[i] = NaN;
      }
      plane.forward(lon, lat, n, x, y);
    },
    inverse(x, y, out) {
      if (!plane.inverse(x, y, out)) return false;
      shift.toWgs84(out);
      return true;
    },
  };
}

/** A geographic CRS. On Greenwich it keeps the turn of longitudes. */
function degrees({ primeMeridian, lonWrap }: CrsParameters): Plane {
  const isTurned = primeMeridian !== 0 || lonWrap !== undefined;
  const middle = lonWrap ?? 0;
  return {
    forward(lonDeg, latDeg, n, x, y) {
      for (let i = 0; i < n; i++) {
        const longitude = lonDeg[i]!;
        const latitude = latDeg[i]!;
        x[i] = isTurned ? middle + fromMeridian(longitude, primeMeridian + middle) : longitude;
        y[i] = latitude >= -90 && latitude <= 90 ? latitude : NaN;
      }
    },
    inverse(x, y, out) {
      if (!Number.isFinite(x) || !(Math.abs(y) <= 90)) return false;
      out[0] = isTurned ? fromMeridian(x, -primeMeridian) : x;
      out[1] = y;
      return true;
    },
  };
}

function projected(definition: CrsDefinition, parameters: CrsParameters, kind: ProjectionKind): Plane {
  const { ellipsoid, numbers, flags, words, toMeter, x0, y0, primeMeridian } = parameters;
  const surface = kind.sphere === "authalic" ? authalicSphere(ellipsoid) : ellipsoid;
  const e2 = kind.sphere === undefined ? squaredEccentricity(surface) : 0;
  const own: ProjectionParameters = { latitudes: createLatitudes(e2), a: surface.a, numbers, flags, words };
  const fault = kind.fault?.(own);
  if (fault !== undefined) throw crsFault("CRS_PARAMETER", definition, { why: fault[0], mend: fault[1] });
  const formulas = kind.formulas(own);
  const scale = kind.scale?.(own) ?? 1;
  const sign = kind.subtractsOffsets === true ? -1 : 1;
  const placement: Placement = {
    meridianDeg: primeMeridian + (numbers["lon_0"] ?? numbers["lonc"] ?? 0),
    radius: kind.angular === true ? 1 / DEGREE : (surface.a * scale) / toMeter,
    x0: (sign * x0) / toMeter,
    y0: (sign * y0) / toMeter,
  };
  return {
    forward:
      fastForward(kind, own, placement) ??
      ((lonDeg, latDeg, n, x, y) => project(formulas, placement, lonDeg, latDeg, n, x, y)),
    inverse: (x, y, out) => unproject(formulas, placement, x, y, out),
  };
}

/** Kernels for whole blocks, of the two projections that most points go through. */
function fastForward(
  kind: ProjectionKind,
  { latitudes: { e2 }, numbers }: ProjectionParameters,
  { meridianDeg, radius, x0, y0 }: Placement,
): Crs["forward"] | undefined {
  const lon0Rad = fromMeridian(meridianDeg, 0) * DEGREE;
  const lat0 = numbers["lat_0"] ?? 0;
  if (kind.name === "tmerc") {
    const transverse = createTransverseMercator(radius, e2, 1, lon0Rad, lat0 * DEGREE, x0, y0);
    return (lonDeg, latDeg, n, x, y) => projectTransverseMercator(transverse, lonDeg, latDeg, n, x, y);
  }
  if (kind.name !== "stere" || Math.abs(lat0) !== 90) return undefined;
  const e = Math.sqrt(e2);
  const polar: PolarStereographic = {
    pole: lat0 > 0 ? 1 : -1,
    lon0Rad,
    x0,
    y0,
    eccentricity: e,
    scale: (2 * radius) / (Math.sqrt(1 - e2) * Math.exp(e * Math.atanh(e))),
  };
  return (lonDeg, latDeg, n, x, y) => projectPolarStereographic(polar, lonDeg, latDeg, n, x, y);
}
