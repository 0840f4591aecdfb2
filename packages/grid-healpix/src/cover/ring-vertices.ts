/** Reading a ring: what is refused, and the distinct vertices that are left. */
import { GeometryError, type Ring } from "@zagg/core";
import { authalicFromGeodetic, type LatitudeConvention } from "../latitude.js";
import { unitVectors } from "./unit-vectors.js";

/** The vertices of a ring in its grid's latitude; none equals the next. */
export interface RingVertices {
  readonly count: number;
  readonly lonDeg: Float64Array;
  /** Geodetic, as given. */
  readonly latDeg: Float64Array;
  /** Three numbers a vertex, on the sphere that the grid divides. */
  readonly vectors: Float64Array;
}

/**
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`
 */
export function readRing(ring: Ring, latitude: LatitudeConvention): RingVertices {
  const { lonDeg, latDeg } = ring;
  if (lonDeg.length !== latDeg.length) throw lengthsDiffer(lonDeg.length, latDeg.length);
  for (let i = 0; i < lonDeg.length; i++) {
    const lon = lonDeg[i] as number;
    const lat = latDeg[i] as number;
    if (!Number.isFinite(lon) || !(Math.abs(lat) <= 90)) throw coordinateInvalid(i, lon, lat);
  }
  const vectors = new Float64Array(3 * lonDeg.length);
  unitVectors(lonDeg, latitude === "authalic" ? latDeg.map(authalicFromGeodetic) : latDeg, vectors);
  const kept = distinctFromNext(vectors);
  if (!hasThreePlaces(vectors, kept)) throw tooFewVertices(lonDeg.length);
  if (kept.length === lonDeg.length) return { count: kept.length, lonDeg, latDeg, vectors };
  const compact = new Float64Array(3 * kept.length);
  kept.forEach((i, k) => compact.set(vectors.subarray(3 * i, 3 * i + 3), 3 * k));
  return {
    count: kept.length,
    lonDeg: Float64Array.from(kept, (i) => lonDeg[i] as number),
    latDeg: Float64Array.from(kept, (i) => latDeg[i] as number),
    vectors: compact,
  };
}

/** Indices of the vertices that differ from the one after them; the last is followed by the first. */
function distinctFromNext(vectors: Float64Array): number[] {
  const count = vectors.length / 3;
  const kept: number[] = [];
  for (let i = 0; i < count; i++) if (!samePlace(vectors, i, (i + 1) % count)) kept.push(i);
  return kept;
}

function hasThreePlaces(vectors: Float64Array, kept: readonly number[]): boolean {
  const first = kept[0];
  if (first === undefined) return false;
  const second = kept.find((i) => !samePlace(vectors, first, i));
  if (second === undefined) return false;
  return kept.some((i) => !samePlace(vectors, first, i) && !samePlace(vectors, second, i));
}

function samePlace(vectors: Float64Array, i: number, j: number): boolean {
  return (
    vectors[3 * i] === vectors[3 * j] &&
    vectors[3 * i + 1] === vectors[3 * j + 1] &&
    vectors[3 * i + 2] === vectors[3 * j + 2]
  );
}

function lengthsDiffer(lons: number, lats: number): GeometryError {
  return new GeometryError("GEOMETRY_RING", {
    what: `a ring has ${lons} longitudes and ${lats} latitudes`,
    why: "each vertex has one of both",
    mend: "give both arrays the same length",
    details: { longitudes: lons, latitudes: lats },
  });
}

function coordinateInvalid(vertex: number, lon: number, lat: number): GeometryError {
  return new GeometryError("GEOMETRY_COORDINATE", {
    what: `vertex ${vertex} of a ring is at longitude ${lon}, latitude ${lat}`,
    why: "longitudes are finite and latitudes lie in [-90, 90], both in degrees",
    mend: "check the order (longitude first) and the unit of the coordinates",
    details: { vertex, lon: String(lon), lat: String(lat) },
  });
}

function tooFewVertices(count: number): GeometryError {
  return new GeometryError("GEOMETRY_RING", {
    what: `a ring of ${count} vertices has fewer than three different ones`,
    why: "edges are great circles, so that less than a triangle encloses nothing (a box around all longitudes collapses too)",
    mend: "drop the ring, or add vertices along edges that are meant to follow a parallel",
    details: { vertices: count },
  });
}
