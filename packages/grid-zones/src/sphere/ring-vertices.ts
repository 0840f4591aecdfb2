/** The vertices of a ring as the index keeps them, and a point whose side is known. */
import { GeometryError, isCodedError, type Polygon } from "@zagg/core";
import { lonLatOf, preparePolygon, vectorOf, type PreparedPolygon, type Vector } from "@zagg/sphere";
import { wrapLongitude } from "./longitude.js";

/** A vertex: longitude in [-180, 180), 0 at a pole; latitude. Degrees. */
export interface Vertex {
  readonly lon: number;
  readonly lat: number;
}

/** A point of the sphere that is inside a ring, or outside. */
export interface KnownPoint extends Vertex {
  readonly vector: Vector;
  readonly inside: boolean;
}

export interface ReadRing {
  /** None is the place of the next one; there is none when the ring is nothing but a seam. */
  readonly vertices: readonly Vertex[];
  readonly known: KnownPoint;
}

/**
 * @param owner whose polygon it is, for messages: `zone "Fiji"`
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`, `GEOMETRY_CROSSING`
 */
export function readRings(polygon: Polygon, owner: string): readonly ReadRing[] {
  const { lonDeg, latDeg, rings } = prepared(polygon, owner);
  return rings.map(({ start, stop, side }) => {
    const vertices = Array.from({ length: stop - start }, (_, i) =>
      vertexAt(lonDeg[start + i]!, latDeg[start + i]!),
    );
    // What is opposite to the middle of the cap around a small ring is outside.
    return side.kind === "small"
      ? { vertices, known: knownPoint([-side.x, -side.y, -side.z], false) }
      : { vertices, known: knownPoint([side.x, side.y, side.z], side.inside) };
  });
}

export function isPole({ lat }: Vertex): boolean {
  return Math.abs(lat) === 90;
}

function knownPoint(place: Vector, inside: boolean): KnownPoint {
  const [lon, lat] = lonLatOf(place);
  const vertex = vertexAt(lon, lat);
  return { ...vertex, vector: vectorOf(vertex.lon, vertex.lat), inside };
}

function vertexAt(lon: number, lat: number): Vertex {
  return { lon: Math.abs(lat) === 90 ? 0 : wrapLongitude(lon), lat };
}

function prepared(polygon: Polygon, owner: string): PreparedPolygon {
  try {
    return preparePolygon(polygon);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const { code, what, why, mend, details } = error;
    throw new GeometryError(code, { what: `${owner}: ${what}`, why, mend, details: { ...details, owner } });
  }
}
