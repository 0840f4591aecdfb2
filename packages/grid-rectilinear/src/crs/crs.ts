/** A coordinate reference system: longitude and latitude to x and y, and back. */
import { GridError } from "@zagg/core";
import { projectPolarStereographic, type PolarStereographic } from "../kernels/polar-stereographic.js";
import {
  createTransverseMercator,
  projectTransverseMercator,
  type TransverseMercator,
} from "../kernels/transverse-mercator.js";
import { crsDefinition, isKnownEpsgCode, type CrsDefinition } from "./definition.js";
import {
  parseProjection,
  sharesDatum,
  transformForward,
  transformInverse,
  type MutablePoint,
  type Projection,
} from "./proj.js";
import { placesAnything, sameCrs } from "./same-crs.js";
import { epsgCodeOfWkt, isWkt } from "./wkt.js";

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
  readonly projection: Projection;
  /**
   * Projects n points. Longitude and latitude in degrees on WGS 84; x and y in CRS units, NaN where a coordinate is
   * not finite, a latitude is not within [-90, 90], or the projection has no such point.
   *
   * A geographic CRS on WGS 84 is the identity: longitudes keep their turn, so that 190 stays 190. Projections take
   * longitudes modulo 360.
   */
  forward(lonDeg: Float64Array, latDeg: Float64Array, n: number, x: Float64Array, y: Float64Array): void;
  /** Writes longitude and latitude in degrees to `out`; false where the CRS has no such position. */
  inverse(x: number, y: number, out: Float64Array): boolean;
}

const DEGREE = Math.PI / 180;

/**
 * Parses a CRS: `EPSG:n`, a PROJ string or WKT.
 *
 * WKT that names an EPSG code which is known here must mean what the code means; the code's own definition stands in
 * for WKT that proj4 cannot parse.
 *
 * @throws GridError `CRS_UNKNOWN`, `CRS_UNSUPPORTED`
 *
 * @example
 * const crs = createCrs("EPSG:3031");
 */
export function createCrs(text: string | number): Crs {
  const definition = crsDefinition(text);
  const code = isWkt(definition.definition) ? epsgCodeOfWkt(definition.definition) : undefined;
  if (code === undefined || !isKnownEpsgCode(code)) return assembled(definition);
  const named = createCrs(`EPSG:${code}`);
  let crs: Crs;
  try {
    crs = assembled(definition);
  } catch {
    return Object.freeze({ ...named, text: definition.text, epsg: undefined });
  }
  if (!sameCrs(crs, named)) throw misread(definition, code);
  return crs;
}

function assembled(definition: CrsDefinition): Crs {
  const projection = parseProjection(definition);
  const geographic = projection.projName === "longlat";
  const direct = sharesDatum(projection) && projection.from_greenwich === undefined;
  const identity = geographic && direct && projection.long_wrap === undefined;
  const crs: Crs = Object.freeze({
    text: definition.text,
    epsg: definition.epsg,
    geographic,
    projection,
    forward: identity ? copyValid : projector(projection, direct),
    inverse: (x: number, y: number, out: Float64Array) => {
      const point = identity ? { x, y } : transformInverse(projection, x, y);
      if (point === undefined || !Number.isFinite(point.x) || !(Math.abs(point.y) <= 90)) return false;
      out[0] = point.x;
      out[1] = point.y;
      return true;
    },
  });
  if (!placesAnything(crs)) throw placesNothing(definition);
  return crs;
}

/** @param direct the projection takes WGS 84 as it is */
function projector(projection: Projection, direct: boolean): Crs["forward"] {
  if (!direct || projection.projName === "longlat") {
    return (lonDeg, latDeg, n, x, y) => projectWithShift(projection, lonDeg, latDeg, n, x, y);
  }
  const polar = polarStereographic(projection);
  if (polar !== undefined) {
    return (lonDeg, latDeg, n, x, y) => projectPolarStereographic(polar, lonDeg, latDeg, n, x, y);
  }
  const transverse = transverseMercator(projection);
  if (transverse !== undefined) {
    return (lonDeg, latDeg, n, x, y) => projectTransverseMercator(transverse, lonDeg, latDeg, n, x, y);
  }
  return (lonDeg, latDeg, n, x, y) => projectDirect(projection, lonDeg, latDeg, n, x, y);
}

function copyValid(lonDeg: Float64Array, latDeg: Float64Array, n: number, x: Float64Array, y: Float64Array) {
  for (let i = 0; i < n; i++) {
    const latitude = latDeg[i]!;
    x[i] = lonDeg[i]!;
    y[i] = latitude >= -90 && latitude <= 90 ? latitude : NaN;
  }
}

/** One point object for all points: proj4's own entry point makes several per point. */
function projectDirect(
  projection: Projection,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  n: number,
  x: Float64Array,
  y: Float64Array,
) {
  const toMeter = projection.to_meter ?? 1;
  const point: MutablePoint = { x: 0, y: 0 };
  for (let i = 0; i < n; i++) {
    const longitude = lonDeg[i]!;
    const latitude = latDeg[i]!;
    x[i] = NaN;
    y[i] = NaN;
    if (!(latitude >= -90 && latitude <= 90) || !Number.isFinite(longitude)) continue;
    point.x = wrapLongitude(longitude) * DEGREE;
    point.y = latitude * DEGREE;
    let projected: MutablePoint | null | undefined;
    try {
      projected = projection.forward(point);
    } catch {
      continue; // outside the projection's domain
    }
    if (typeof projected !== "object" || projected === null) continue;
    x[i] = projected.x / toMeter;
    y[i] = projected.y / toMeter;
  }
}

function projectWithShift(
  projection: Projection,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  n: number,
  x: Float64Array,
  y: Float64Array,
) {
  for (let i = 0; i < n; i++) {
    const longitude = lonDeg[i]!;
    const latitude = latDeg[i]!;
    const inDomain = latitude >= -90 && latitude <= 90 && Number.isFinite(longitude);
    const projected = inDomain ? transformForward(projection, wrapLongitude(longitude), latitude) : undefined;
    x[i] = projected?.x ?? NaN;
    y[i] = projected?.y ?? NaN;
  }
}

/** proj4 takes out one turn at most. Values within [-180, 180] are returned as they are. */
function wrapLongitude(longitude: number): number {
  return longitude >= -180 && longitude <= 180 ? longitude : longitude - 360 * Math.round(longitude / 360);
}

/** The parameters of the fast kernel, when this is an ellipsoidal polar stereographic projection in metres. */
function polarStereographic(projection: Projection): PolarStereographic | undefined {
  const { names, sphere, con, cons, a, e, k0, to_meter } = projection;
  const stereographic = names?.includes("stere") === true && !sphere;
  if (!stereographic || con === undefined || cons === undefined || k0 === undefined) return undefined;
  if ((to_meter ?? 1) !== 1 || e > 0.1) return undefined;
  return {
    pole: con > 0 ? 1 : -1,
    lon0Rad: projection.long0 ?? 0,
    x0: projection.x0 ?? 0,
    y0: projection.y0 ?? 0,
    eccentricity: e,
    scale: (2 * a * k0) / cons,
  };
}

/** The same for an ellipsoidal transverse Mercator projection in metres, UTM among them. */
function transverseMercator(projection: Projection): TransverseMercator | undefined {
  const { names, approx, a, e, es, k0, to_meter, lat0, long0, x0, y0 } = projection;
  const transverse = names?.includes("etmerc") === true || names?.includes("utm") === true;
  if (!transverse || approx === true || !(es > 0) || e > 0.1 || (to_meter ?? 1) !== 1) return undefined;
  return createTransverseMercator(a, es, k0 ?? 1, long0 ?? 0, lat0 ?? 0, x0 ?? 0, y0 ?? 0);
}

function misread(definition: CrsDefinition, code: number): GridError {
  return new GridError("CRS_UNSUPPORTED", {
    path: "/output/grid/crs",
    what: `crs is WKT that names EPSG:${code}`,
    why: "its parameters, as proj4 reads them, place points elsewhere than that code does",
    mend: `write EPSG:${code}, or take the code out if the parameters are what you mean`,
    details: { crs: definition.text, epsg: code },
  });
}

function placesNothing(definition: CrsDefinition): GridError {
  return new GridError("CRS_UNKNOWN", {
    path: "/output/grid/crs",
    what: `crs is "${definition.text}"`,
    why: "no point of the Earth can be projected with it: a parameter is missing or is not a number",
    mend: "check its parameters; UTM, for one, needs +zone",
    details: { crs: definition.text },
  });
}
