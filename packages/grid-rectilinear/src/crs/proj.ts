/** proj4 as this package uses it: definitions parsed directly, its global registry left alone. */
import { GridError } from "@zagg/core";
import proj4 from "proj4";
import type { CrsDefinition } from "./definition.js";
import { isWkt, plainWkt } from "./wkt.js";

/** A point that projections overwrite. */
export interface MutablePoint {
  x: number;
  y: number;
}

/** The fields of a proj4 projection that are read here. Angles in radians, lengths in metres. */
export interface Projection {
  readonly projName: string;
  readonly names?: readonly string[];
  readonly a: number;
  readonly b: number;
  readonly es: number;
  readonly e: number;
  readonly sphere?: boolean;
  readonly lat0?: number;
  readonly lat1?: number;
  readonly lat2?: number;
  readonly lat_ts?: number;
  readonly long0?: number;
  readonly x0?: number;
  readonly y0?: number;
  readonly k0?: number;
  /** Of a polar stereographic projection: 1 north, -1 south, and its constant. */
  readonly con?: number;
  readonly cons?: number;
  readonly approx?: boolean;
  readonly to_meter?: number;
  readonly units?: string;
  readonly from_greenwich?: number;
  readonly long_wrap?: number;
  readonly nadgrids?: string;
  readonly datum: { readonly datum_type: number; readonly a: number; readonly es: number };
  /** Radians to metres; returns the point, another one, or nothing. */
  forward(point: MutablePoint): MutablePoint | null | undefined;
}

/* Datum types of proj4 (constants/values). */
const DATUM_WGS84 = 4;
const DATUM_NONE = 5;
/** proj4 takes ellipsoids this near in e² for one. */
const SAME_ELLIPSOID = 5e-11;

/** @throws GridError `CRS_UNKNOWN`, `CRS_UNSUPPORTED` */
export function parseProjection(crs: CrsDefinition): Projection {
  let projection: Projection;
  try {
    const text = isWkt(crs.definition) ? plainWkt(crs.definition) : crs.definition;
    projection = new proj4.Proj(text) as unknown as Projection;
  } catch (cause) {
    throw new GridError("CRS_UNKNOWN", {
      path: "/output/grid/crs",
      what: `crs is "${crs.text}"`,
      why: "it cannot be parsed, or names a projection that proj4 does not have",
      mend: "check the PROJ string or WKT; projinfo prints both for any CRS",
      details: { crs: crs.text },
      cause,
    });
  }
  const fault = unsupported(crs, projection);
  if (fault !== undefined) {
    throw new GridError("CRS_UNSUPPORTED", {
      path: "/output/grid/crs",
      what: `crs is "${crs.text}"`,
      why: fault,
      mend: "use a geographic or projected CRS that needs no grid files",
      details: { crs: crs.text },
    });
  }
  return projection;
}

/** Whether longitudes and latitudes on WGS 84 need no shift to this projection's datum. */
export function sharesDatum(projection: Projection): boolean {
  const { datum_type, a, es } = projection.datum;
  if (datum_type === DATUM_NONE) return true;
  const wgs84 = proj4.WGS84 as unknown as Projection;
  return datum_type === DATUM_WGS84 && a === wgs84.a && Math.abs(es - wgs84.es) < SAME_ELLIPSOID;
}

/** Longitude and latitude in degrees on WGS 84 to this CRS; undefined where it cannot be. */
export function transformForward(projection: Projection, lonDeg: number, latDeg: number) {
  return transform(proj4.WGS84, projection, lonDeg, latDeg);
}

/** A position in this CRS to longitude and latitude in degrees on WGS 84; undefined where it cannot be. */
export function transformInverse(projection: Projection, x: number, y: number) {
  return transform(projection, proj4.WGS84, x, y);
}

function transform(from: unknown, to: unknown, x: number, y: number): MutablePoint | undefined {
  try {
    return proj4.transform(from as never, to as never, { x, y }, false);
  } catch {
    return undefined; // proj4 throws at points outside a projection's domain
  }
}

function unsupported(crs: CrsDefinition, projection: Projection): string | undefined {
  if (/\+(proj=pipeline|step)\b/.test(crs.definition)) return "a pipeline of operations is not a CRS";
  if (projection.projName === "geocent" || projection.names?.includes("geocent")) {
    return "a geocentric CRS has three axes";
  }
  if (projection.nadgrids !== undefined) return `it shifts datums with grid files (${projection.nadgrids})`;
  return undefined;
}
