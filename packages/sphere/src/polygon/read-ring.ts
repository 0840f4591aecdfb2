/** Reading a ring: what is refused, and the distinct vertices that are left. */
import { GeometryError, type Ring } from "@zagg/core";
import { unitVectors } from "../vector/unit-vectors.js";
import type { PolygonArrays } from "./polygon-arrays.js";
import { crossingOf } from "./ring-crossing.js";
import { hasThreePlaces, oppositeEdge } from "./ring-checks.js";

/**
 * Writes unit vectors of places, three numbers each, from 3·start on. A grid whose sphere has another latitude than the
 * given one hands over its own; {@link unitVectors} takes latitudes as those of the sphere.
 */
export type VectorWriter = (
  lonDeg: Float64Array,
  latDeg: Float64Array,
  out: Float64Array,
  start: number,
) => void;

/**
 * Writes the coordinates and unit vectors of a ring's vertices into `arrays`, from vertex `start` on; none equals the
 * next. Vertices are one when their vectors are equal to the last bit. There has to be room for all of the ring's vertices.
 * @returns how many there are
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`
 */
export function readRing(
  ring: Ring,
  arrays: PolygonArrays,
  start: number,
  writeVectors: VectorWriter = unitVectors,
): number {
  const { lonDeg, latDeg } = ring;
  if (lonDeg.length !== latDeg.length) throw lengthsDiffer(lonDeg.length, latDeg.length);
  for (let i = 0; i < lonDeg.length; i++) {
    const lon = lonDeg[i]!;
    const lat = latDeg[i]!;
    if (!(Math.abs(lon) < Infinity && Math.abs(lat) <= 90)) throw coordinateInvalid(i, lon, lat);
  }
  if (!hasThreePlaces(ring)) throw tooFewVertices(lonDeg.length);
  const opposite = oppositeEdge(ring);
  if (opposite >= 0) throw antipodal(ring, opposite);
  arrays.lonDeg.set(lonDeg, start);
  arrays.latDeg.set(latDeg, start);
  writeVectors(lonDeg, latDeg, arrays.vertices, start);
  return dropRepeated(arrays, start, start + lonDeg.length) - start;
}

/**
 * Refuses a ring larger than a hemisphere that crosses itself, vertices start … stop−1: what is left of one part of it is right of another. It
 * is looked at on the sphere of the given latitudes, so that every grid refuses the same rings.
 * @throws GeometryError `GEOMETRY_CROSSING`
 */
export function assertSide({ lonDeg, latDeg }: PolygonArrays, start: number, stop: number): void {
  const vectors = new Float64Array(3 * (stop - start));
  unitVectors(lonDeg.subarray(start, stop), latDeg.subarray(start, stop), vectors);
  const crossing = crossingOf(vectors);
  if (crossing === undefined) return;
  const [first, second] = crossing.map((edge) => `(${lonDeg[start + edge]}, ${latDeg[start + edge]})`);
  throw new GeometryError("GEOMETRY_CROSSING", {
    what: `a ring larger than a hemisphere crosses itself, after ${first} and after ${second}`,
    why: "it encloses what lies to the left of its edges, which is then one side and the other",
    mend: "split the ring where it crosses itself, into polygons of their own",
  });
}

/** Closes the gaps of vertices that equal the one after them; the last is followed by the first. @returns the new end */
function dropRepeated({ lonDeg, latDeg, vertices }: PolygonArrays, start: number, stop: number): number {
  let end = start;
  for (let i = start; i < stop; i++) {
    if (samePlace(vertices, i, i + 1 < stop ? i + 1 : start)) continue;
    if (end < i) {
      lonDeg[end] = lonDeg[i]!;
      latDeg[end] = latDeg[i]!;
      vertices.copyWithin(3 * end, 3 * i, 3 * i + 3);
    }
    end++;
  }
  return end;
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

function antipodal({ lonDeg, latDeg }: Ring, edge: number): GeometryError {
  const place = (vertex: number): string => `longitude ${lonDeg[vertex]}, latitude ${latDeg[vertex]}`;
  return new GeometryError("GEOMETRY_EDGE", {
    what: `an edge joins opposite points of the sphere, ${place(edge)} and ${place((edge + 1) % lonDeg.length)}`,
    why: "every great circle through one of them passes through the other, so that the edge has no direction",
    mend: "add a vertex between them",
  });
}
