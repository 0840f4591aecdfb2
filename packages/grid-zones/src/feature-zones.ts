/** Zones as a GeoJSON tells them: names and polygons, in the order of the features. */
import { GridError, type Json, type JsonObject, type Polygon, type Region, type Ring } from "@zagg/core";
import { assertGeoJsonCrs } from "@zagg/sphere";
import type { ZonesParams } from "./params.js";

/** One feature. */
export interface Zone {
  readonly name: string;
  readonly polygons: Region;
}

type Feature = Readonly<Record<string, unknown>>;

/**
 * @throws GridError `GRID_ZONES_EMPTY`, `GRID_ZONE_ID`, `GRID_ZONE_DUPLICATE`, `GRID_ZONE_GEOMETRY`
 * @throws GeometryError `REGION_CRS`
 */
export function readZones({ geojson, id }: ZonesParams): readonly Zone[] {
  const features = geojson.features as readonly Feature[];
  if (features.length === 0) {
    throw new GridError("GRID_ZONES_EMPTY", {
      path: "/output/grid/geojson/features",
      what: "the GeoJSON has no features",
      why: "every feature is a cell, and a grid has at least one",
      mend: "give a FeatureCollection of Polygons or MultiPolygons",
    });
  }
  assertCrs(geojson, "");
  features.forEach((feature, k) => {
    assertCrs(feature, `/features/${k}`);
    assertCrs(feature.geometry, `/features/${k}/geometry`);
  });
  const names = namesOf(features, id ?? null);
  assertDistinct(names);
  return features.map((feature, k) => {
    const name = names[k]!;
    return { name, polygons: readGeometry(feature.geometry, k, name) };
  });
}

function assertCrs(node: unknown, path: string): void {
  const { crs } = (node ?? {}) as { crs?: unknown };
  assertGeoJsonCrs(crs, `/output/grid/geojson${path}/crs`);
}

function namesOf(features: readonly Feature[], property: string | null): readonly string[] {
  if (property !== null) return features.map((feature, k) => propertyOf(feature, property, k));
  const everyOneHasAnId = features.every(({ id }) => isName(id));
  return features.map(({ id }, k) => String(everyOneHasAnId ? id : k));
}

function propertyOf(feature: Feature, property: string, k: number): string {
  const properties = feature.properties as JsonObject | null | undefined;
  const value = properties?.[property];
  if (isName(value)) return String(value);
  throw new GridError("GRID_ZONE_ID", {
    path: `/output/grid/geojson/features/${k}/properties`,
    what: `feature ${k} has ${value === undefined ? "no property" : "no text or number as its property"} "${property}"`,
    why: "`output.grid.id` says that this property names the zones",
    mend: `its properties are: ${Object.keys(properties ?? {}).join(", ") || "none"}; name one that every feature has, or leave \`id\` out`,
    details: { feature: k, property },
  });
}

function isName(value: unknown): value is string | number {
  return typeof value === "number" || (typeof value === "string" && value !== "");
}

function assertDistinct(names: readonly string[]): void {
  const seen = new Map<string, number>();
  names.forEach((name, k) => {
    const first = seen.get(name);
    if (first !== undefined) {
      throw new GridError("GRID_ZONE_DUPLICATE", {
        path: `/output/grid/geojson/features/${k}`,
        what: `features ${first} and ${k} are both called "${name}"`,
        why: "a name must mean one zone",
        mend: "set `output.grid.id` to a property that differs, or join the features to one MultiPolygon",
        details: { name, features: [first, k] },
      });
    }
    seen.set(name, k);
  });
}

function readGeometry(geometry: unknown, k: number, name: string): Region {
  const { type, coordinates } = (geometry ?? {}) as { type?: Json; coordinates?: unknown };
  const polygons = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : undefined;
  if (polygons === undefined) {
    const given = type === undefined ? "no geometry" : `a geometry of type ${JSON.stringify(type)}`;
    throw geometryInvalid(k, name, given, "a zone is an area: a Polygon or a MultiPolygon");
  }
  if (!isList(polygons)) throw geometryInvalid(k, name, "no list of polygons", SHAPE);
  return polygons.map((rings): Polygon => {
    if (!isList(rings)) throw geometryInvalid(k, name, "a polygon without rings", SHAPE);
    return rings.map((positions) => readRing(positions, k, name));
  });
}

const SHAPE = "a polygon is a list of rings, a ring a list of [longitude, latitude] (RFC 7946, section 3.1)";

function readRing(positions: unknown, k: number, name: string): Ring {
  if (!Array.isArray(positions)) throw geometryInvalid(k, name, "a ring that is no list", SHAPE);
  const vertices = positions as readonly unknown[];
  for (const vertex of vertices) {
    if (!Array.isArray(vertex) || typeof vertex[0] !== "number" || typeof vertex[1] !== "number") {
      throw geometryInvalid(k, name, `the vertex ${JSON.stringify(vertex)}`, SHAPE);
    }
  }
  const open = (isClosed(vertices) ? vertices.slice(0, -1) : vertices) as readonly [number, number][];
  return {
    lonDeg: Float64Array.from(open, ([lon]) => lon),
    latDeg: Float64Array.from(open, ([, lat]) => lat),
  };
}

function isClosed(vertices: readonly unknown[]): boolean {
  const [lon, lat] = (vertices[0] ?? []) as number[];
  const [lastLon, lastLat] = (vertices.at(-1) ?? []) as number[];
  return vertices.length > 1 && lon === lastLon && lat === lastLat;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function geometryInvalid(k: number, name: string, given: string, why: string): GridError {
  return new GridError("GRID_ZONE_GEOMETRY", {
    path: `/output/grid/geojson/features/${k}/geometry`,
    what: `feature ${k}, "${name}", has ${given}`,
    why,
    mend: "mend the feature, or leave it out",
    details: { feature: k, name },
  });
}
