/** Reading a ring: what is refused, and the distinct vertices that are left. */
import { GeometryError, type Ring } from "@zagg/core";
import { unitVectors } from "./unit-vectors.js";

/** Ends of an edge that are nearer to opposite than this chord, 6 m on the Earth, leave its direction open. */
const OPPOSITE_CHORD = 1e-6;

/**
 * Unit vectors of the vertices of a ring, three numbers each; none equals the next.
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`
 */
export function readRing({ lonDeg, latDeg }: Ring): Float64Array {
  if (lonDeg.length !== latDeg.length) throw lengthsDiffer(lonDeg.length, latDeg.length);
  for (let i = 0; i < lonDeg.length; i++) {
    const lon = lonDeg[i]!;
    const lat = latDeg[i]!;
    if (!Number.isFinite(lon) || !(Math.abs(lat) <= 90)) throw coordinateInvalid(i, lon, lat);
  }
  const all = new Float64Array(3 * lonDeg.length);
  unitVectors(lonDeg, latDeg, all);
  const kept = distinctFromNext(all);
  const places = new Set(kept.map((i) => `${all[3 * i]},${all[3 * i + 1]},${all[3 * i + 2]}`));
  if (places.size < 3) throw tooFewVertices(lonDeg.length);
  for (let k = 0; k < kept.length; k++) {
    const i = kept[k]!;
    const j = kept[(k + 1) % kept.length]!;
    const sum = Math.hypot(
      all[3 * i]! + all[3 * j]!,
      all[3 * i + 1]! + all[3 * j + 1]!,
      all[3 * i + 2]! + all[3 * j + 2]!,
    );
    if (sum < OPPOSITE_CHORD) throw antipodal(lonDeg, latDeg, i, j);
  }
  const vectors = new Float64Array(3 * kept.length);
  kept.forEach((i, k) => vectors.set(all.subarray(3 * i, 3 * i + 3), 3 * k));
  return vectors;
}

/** Indices of the vertices that differ from the one after them; the last is followed by the first. */
function distinctFromNext(vectors: Float64Array): number[] {
  const count = vectors.length / 3;
  const kept: number[] = [];
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count;
    const same =
      vectors[3 * i] === vectors[3 * j] &&
      vectors[3 * i + 1] === vectors[3 * j + 1] &&
      vectors[3 * i + 2] === vectors[3 * j + 2];
    if (!same) kept.push(i);
  }
  return kept;
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

function antipodal(lonDeg: Float64Array, latDeg: Float64Array, start: number, end: number): GeometryError {
  const place = (vertex: number): string => `longitude ${lonDeg[vertex]}, latitude ${latDeg[vertex]}`;
  return new GeometryError("GEOMETRY_EDGE", {
    what: `an edge joins opposite points of the sphere, ${place(start)} and ${place(end)}`,
    why: "every great circle through one of them passes through the other, so that the edge has no direction",
    mend: "add a vertex between them",
  });
}
