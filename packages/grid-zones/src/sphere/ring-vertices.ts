/** Reading a ring: what is refused, and the vertices that are left. */
import { GeometryError, type Ring } from "@zagg/core";
import { wrapLongitude } from "./unit-vector.js";

/** A vertex: longitude in [-180, 180), 0 at a pole; latitude. Degrees. */
export interface Vertex {
  readonly lon: number;
  readonly lat: number;
}

/**
 * The vertices of a ring; none is the place of the next one.
 * @param owner whose ring it is, for messages: `zone "Fiji"`
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`
 */
export function readVertices({ lonDeg, latDeg }: Ring, owner: string): readonly Vertex[] {
  if (lonDeg.length !== latDeg.length) {
    throw new GeometryError("GEOMETRY_RING", {
      what: `a ring of ${owner} has ${lonDeg.length} longitudes and ${latDeg.length} latitudes`,
      why: "each vertex has one of both",
      mend: "give both arrays the same length",
    });
  }
  const all = Array.from(lonDeg, (lon, i) => vertexAt(lon, latDeg[i]!, i, owner));
  const kept = all.filter((vertex, i) => !samePlace(vertex, all[(i + 1) % all.length]!));
  const [first] = kept;
  const second = kept.find((vertex) => !samePlace(vertex, first as Vertex));
  const third = kept.find(
    (vertex) => !samePlace(vertex, first as Vertex) && !samePlace(vertex, second as Vertex),
  );
  if (third !== undefined) return kept;
  throw new GeometryError("GEOMETRY_RING", {
    what: `a ring of ${owner} with ${lonDeg.length} vertices has fewer than three different ones`,
    why: "edges are great circles, so that less than a triangle encloses nothing (a box around all longitudes collapses too)",
    mend: "drop the ring, or add vertices along edges that are meant to follow a parallel",
    details: { owner, vertices: lonDeg.length },
  });
}

export function isPole({ lat }: Vertex): boolean {
  return Math.abs(lat) === 90;
}

function vertexAt(lon: number, lat: number, vertex: number, owner: string): Vertex {
  if (Number.isFinite(lon) && Math.abs(lat) <= 90) {
    return { lon: Math.abs(lat) === 90 ? 0 : wrapLongitude(lon), lat };
  }
  throw new GeometryError("GEOMETRY_COORDINATE", {
    what: `vertex ${vertex} of a ring of ${owner} is at longitude ${lon}, latitude ${lat}`,
    why: "longitudes are finite and latitudes lie in [-90, 90], both in degrees",
    mend: "check the order (longitude first) and the unit of the coordinates",
    details: { owner, vertex, lon: String(lon), lat: String(lat) },
  });
}

function samePlace(a: Vertex, b: Vertex): boolean {
  return a.lat === b.lat && a.lon === b.lon;
}
