/** Regions from GeoJSON (RFC 7946). */
import { GeometryError, type Polygon, type Region, type Warning } from "@zagg/core";
import { shown } from "@zagg/core/internal";
import { isPlace } from "../vector/longitude.js";
import { createRing } from "./clean-ring.js";
import { assertGeoJsonCrs } from "./geojson-crs.js";
import { ringWarnings } from "./ring-warnings.js";

/** Collections in collections; more only a hostile document has. */
const MAX_DEPTH = 16;

/**
 * The polygons of a GeoJSON document, holes honoured. Takes a FeatureCollection, Feature, GeometryCollection, Polygon
 * or MultiPolygon; altitudes are ignored, features without geometry are passed over, longitudes, which lie within ±540, are folded to
 * ±180, and rings need not be closed. A member `crs` may name WGS 84. Edges are great circles, the short way round, so a polygon may cross
 * the antimeridian or hold a pole.
 *
 * A ring that fits in a hemisphere may run either way: it encloses its smaller side. A larger one has the polygon to its left, as RFC
 * 7946 asks: an outer ring counter-clockwise, a hole clockwise. So a clockwise outer ring that is larger than a hemisphere encloses what
 * is outside of it on a flat map. What a ring walks to and fro, such as the cut along the antimeridian to a pole, counts for nothing.
 * @param tell is told of rings that may not mean what their author thinks: `REGION_CROSSING`, `REGION_CLOCKWISE`
 * @throws GeometryError `REGION_NOT_GEOJSON`, `REGION_CRS`, `REGION_COORDINATE`, `REGION_RING`, `REGION_CROSSING`, `REGION_EMPTY`
 */
export function regionFromGeoJson(value: unknown, tell?: (warning: Warning) => void): Region {
  const region: Polygon[] = [];
  collect(value, "", { region, tell });
  if (region.length === 0) {
    throw new GeometryError("REGION_EMPTY", {
      what: "the GeoJSON document holds no polygon",
      why: "a region needs an area",
      mend: "give a Polygon or MultiPolygon with coordinates",
    });
  }
  return region;
}

/** The polygons so far, and who hears of what is odd in them. */
interface Reading {
  readonly region: Polygon[];
  readonly tell: ((warning: Warning) => void) | undefined;
}

function collect(value: unknown, path: string, reading: Reading, depth = 0): void {
  if (depth > MAX_DEPTH) throw notGeoJson(path, value, `at most ${MAX_DEPTH} collections within each other`);
  const { type, ...members } = asObject(value, path);
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  assertGeoJsonCrs(members["crs"], at("crs"));
  switch (type) {
    case "FeatureCollection":
      return asList(members["features"], at("features")).forEach((feature, i) =>
        collect(feature, `${at("features")}[${i}]`, reading, depth + 1),
      );
    case "Feature":
      return members["geometry"] === null
        ? undefined
        : collect(members["geometry"], at("geometry"), reading, depth + 1);
    case "GeometryCollection":
      return asList(members["geometries"], at("geometries")).forEach((geometry, i) =>
        collect(geometry, `${at("geometries")}[${i}]`, reading, depth + 1),
      );
    case "Polygon":
      return addPolygon(members["coordinates"], at("coordinates"), reading);
    case "MultiPolygon":
      return asList(members["coordinates"], at("coordinates")).forEach((polygon, i) =>
        addPolygon(polygon, `${at("coordinates")}[${i}]`, reading),
      );
    default:
      throw notGeoJson(at("type"), type, "a Polygon, a MultiPolygon, or a collection or Feature of them");
  }
}

function addPolygon(value: unknown, path: string, { region, tell }: Reading): void {
  const rings = asList(value, path);
  if (rings.length > 0) region.push(rings.map((ring, i) => toRing(ring, `${path}[${i}]`, i > 0, tell)));
}

function toRing(value: unknown, path: string, isHole: boolean, tell: Reading["tell"]): Polygon[number] {
  const lonDeg: number[] = [];
  const latDeg: number[] = [];
  asList(value, path).forEach((position, i) => {
    const [lon, lat] = asList(position, `${path}[${i}]`);
    if (typeof lon !== "number" || typeof lat !== "number") {
      throw notGeoJson(`${path}[${i}]`, position, "a position: longitude, latitude");
    }
    if (!isPlace(lon, lat)) {
      throw new GeometryError("REGION_COORDINATE", {
        path: `${path}[${i}]`,
        what: `${path}[${i}] is (${lon}, ${lat})`,
        why: "a position is longitude within ±540 and latitude within ±90 degrees, in that order",
        mend: "write degrees of WGS 84 (CRS84), longitude first",
      });
    }
    lonDeg.push(lon);
    latDeg.push(lat);
  });
  const ring = createRing(lonDeg, latDeg, path);
  if (tell !== undefined) ringWarnings(ring, { lonDeg, latDeg }, path, isHole).forEach(tell);
  return ring;
}

function asObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw notGeoJson(path, value, "a GeoJSON object");
  }
  return value as Readonly<Record<string, unknown>>;
}

function asList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw notGeoJson(path, value, "a list");
  return value;
}

function notGeoJson(path: string, found: unknown, expected: string): GeometryError {
  const where = path === "" ? "the document" : path;
  return new GeometryError("REGION_NOT_GEOJSON", {
    path: where,
    what: `${where} is ${shown(found)}`,
    why: `${expected} should be there`,
    mend: "give GeoJSON (RFC 7946) with polygons",
  });
}
