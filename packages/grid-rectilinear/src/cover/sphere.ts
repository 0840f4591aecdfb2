/** Rings as unit vectors, and checks on what a caller may hand in. */
import { GeometryError, type Region, type Ring } from "@zagg/core";

const DEGREE = Math.PI / 180;
/** Vertices closer than this (about a micrometre) are one. Chord on the unit sphere. */
const SAME_VERTEX = 1e-13;
/** Edges whose ends are nearer to opposite than this chord, 6 m on the Earth, have no certain direction. */
const OPPOSITE_CHORD = 1e-6;

/** Unit vectors x y z of the distinct vertices of a ring, in order; the last one is not the first. */
export type RingVectors = Float64Array;

/**
 * Every ring of a region as unit vectors, polygon by polygon.
 * @throws GeometryError `GEOMETRY_COORDINATE`, `GEOMETRY_RING`, `GEOMETRY_EDGE`
 */
export function regionVectors(region: Region): readonly (readonly RingVectors[])[] {
  return region.map((polygon) => polygon.map(ringVectors));
}

/** Unit vector of a position in degrees, written to `out` at `offset`. */
export function writeVector(lonDeg: number, latDeg: number, out: Float64Array, offset: number): void {
  const cos = Math.cos(latDeg * DEGREE);
  out[offset] = cos * Math.cos(lonDeg * DEGREE);
  out[offset + 1] = cos * Math.sin(lonDeg * DEGREE);
  out[offset + 2] = Math.sin(latDeg * DEGREE);
}

function ringVectors({ lonDeg, latDeg }: Ring): RingVectors {
  assertCoordinates(lonDeg, latDeg);
  const vectors = new Float64Array(3 * lonDeg.length);
  let length = 0;
  for (let i = 0; i < lonDeg.length; i++) {
    writeVector(lonDeg[i]!, latDeg[i]!, vectors, length);
    if (length === 0 || chord(vectors, length, vectors, length - 3) > SAME_VERTEX) length += 3;
  }
  while (length > 3 && chord(vectors, 0, vectors, length - 3) <= SAME_VERTEX) length -= 3;
  const distinct = vectors.slice(0, length);
  if (!hasThreePlaces(distinct)) throw tooFew(lonDeg.length);
  assertEdges(distinct);
  return distinct;
}

function assertCoordinates(lonDeg: Float64Array, latDeg: Float64Array): void {
  if (lonDeg.length !== latDeg.length) {
    throw unequalLists(lonDeg.length, latDeg.length);
  }
  for (let i = 0; i < lonDeg.length; i++) {
    const lon = lonDeg[i]!;
    const lat = latDeg[i]!;
    if (!Number.isFinite(lon) || !(Math.abs(lat) <= 90)) {
      throw badCoordinate(i, lon, lat);
    }
  }
}

/** Whether a ring goes to three places or more: one that goes to and fro between two encloses nothing. */
function hasThreePlaces(vectors: RingVectors): boolean {
  const starts = Array.from({ length: vectors.length / 3 }, (_, i) => 3 * i);
  const differs = (i: number, j: number) => chord(vectors, i, vectors, j) > SAME_VERTEX;
  const second = starts.find((i) => differs(i, 0));
  return second !== undefined && starts.some((i) => differs(i, 0) && differs(i, second));
}

function assertEdges(vectors: RingVectors): void {
  const n = vectors.length;
  for (let i = 0; i < n; i += 3) {
    const j = (i + 3) % n;
    const sum = Math.hypot(
      vectors[i]! + vectors[j]!,
      vectors[i + 1]! + vectors[j + 1]!,
      vectors[i + 2]! + vectors[j + 2]!,
    );
    if (sum < OPPOSITE_CHORD) throw antipodal(i / 3);
  }
}

function chord(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return Math.hypot(a[i]! - b[j]!, a[i + 1]! - b[j + 1]!, a[i + 2]! - b[j + 2]!);
}

function unequalLists(longitudes: number, latitudes: number): GeometryError {
  return new GeometryError("GEOMETRY_RING", {
    what: `a ring has ${longitudes} longitudes and ${latitudes} latitudes`,
    why: "each vertex has one of both",
    mend: "give both arrays the same length",
    details: { longitudes, latitudes },
  });
}

function badCoordinate(vertex: number, lon: number, lat: number): GeometryError {
  return new GeometryError("GEOMETRY_COORDINATE", {
    what: `vertex ${vertex} of a ring is at longitude ${lon}, latitude ${lat}`,
    why: "a vertex is a finite longitude and a latitude within [-90, 90], in degrees",
    mend: "check the order of the coordinates: longitude comes before latitude",
    details: { vertex, lon: String(lon), lat: String(lat) },
  });
}

function tooFew(vertices: number): GeometryError {
  return new GeometryError("GEOMETRY_RING", {
    what: `a ring of ${vertices} vertices has fewer than three different ones`,
    why: "edges are great circles, so that less than a triangle encloses nothing (a box around all longitudes collapses too)",
    mend: "drop the ring, or add vertices along edges that are meant to follow a parallel",
    details: { vertices },
  });
}

function antipodal(vertex: number): GeometryError {
  return new GeometryError("GEOMETRY_EDGE", {
    what: `the edge from vertex ${vertex} of a ring ends at the antipodal point`,
    why: "many great circles join antipodal points",
    mend: "add a vertex between the two",
    details: { vertex },
  });
}
