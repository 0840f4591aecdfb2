/** Rings on the sphere from listed vertices. */
import { GeometryError, type Ring } from "@zagg/core";
import { alongMeridians } from "../polygon/pole-to-pole.js";
import { areOpposite, hasThreePlaces, oppositeEdge } from "../polygon/ring-checks.js";
import { hemisphereOf } from "../vector/hemisphere.js";
import { foldedLongitude } from "../vector/longitude.js";
import { ringVectors } from "../vector/unit-vectors.js";
import { cross, dot, type Vector } from "../vector/vector.js";
import { isSamePlace, ringWithoutSeams } from "./seams.js";

/**
 * The ring of these vertices without what encloses nothing: repeated vertices, the closing one, and edges that are
 * walked to and fro, such as those along the antimeridian to a pole in polygons drawn for a flat map. Such a seam stays when
 * the ring would enclose its other side without it, and when it is all there is, from pole to pole: that is the whole globe.
 * @param where names the ring in messages
 * @throws GeometryError `REGION_RING`
 */
export function createRing(lonDeg: readonly number[], latDeg: readonly number[], where: string): Ring {
  return ringFromArrays(Float64Array.from(lonDeg, foldedLongitude), Float64Array.from(latDeg), where);
}

/**
 * As {@link createRing}, of longitudes that are folded. The arrays become the ring's own where nothing has to be left out between
 * their ends.
 * @throws GeometryError `REGION_RING`
 */
export function ringFromArrays(lonDeg: Float64Array, latDeg: Float64Array, where: string): Ring {
  const last = lonDeg.length - 1;
  const isClosed = last > 0 && lonDeg[0] === lonDeg[last] && latDeg[0] === latDeg[last];
  const vertices = isClosed
    ? { lonDeg: lonDeg.subarray(0, last), latDeg: latDeg.subarray(0, last) }
    : { lonDeg, latDeg };
  if (isClean(vertices)) return vertices;
  const { whole, trimmed } = ringWithoutSeams(alongMeridians(vertices));
  const ring = trimmed.lonDeg.length === whole.lonDeg.length || keepsSide(whole, trimmed) ? trimmed : whole;
  if (!hasThreePlaces(ring)) {
    throw ringError(where, "has fewer than three distinct corners on the globe", "encloses nothing");
  }
  const from = oppositeEdge(ring);
  if (from < 0) return ring;
  const to = (from + 1) % ring.lonDeg.length;
  const place = (i: number): string => `(${ring.lonDeg[i]}, ${ring.latDeg[i]})`;
  const edge = `${place(from)} to ${place(to)}`;
  throw ringError(where, `has the edge ${edge} between opposite points`, "could run along any great circle");
}

/** Whether {@link ringFromArrays} would keep every vertex. */
function isClean(vertices: Ring): boolean {
  const n = vertices.lonDeg.length;
  if (n < 3) return false;
  for (let i = 0, j = n - 1, k = n - 2; i < n; k = j, j = i++) {
    if (isSamePlace(vertices, i, j) || isSamePlace(vertices, i, k) || areOpposite(vertices, j, i))
      return false;
  }
  return hasThreePlaces(vertices);
}

/** Whether a ring encloses the same without its seams. */
function keepsSide(whole: Ring, trimmed: Ring): boolean {
  if (hemisphereOf(ringVectors(whole), 0, whole.lonDeg.length) !== undefined) return true;
  if (trimmed.lonDeg.length < 3) return !(whole.latDeg.includes(90) && whole.latDeg.includes(-90));
  const vectors = ringVectors(trimmed);
  const cap = hemisphereOf(vectors, 0, trimmed.lonDeg.length);
  // With its seams the ring encloses what is left of it; without them, when it fits in a hemisphere, its smaller side.
  return cap === undefined || isAround([cap.x, cap.y, cap.z], vectors);
}

/** Whether a ring within a hemisphere runs counter-clockwise around it, seen from outside: its smaller side is on the left. */
function isAround(middle: Vector, vectors: Float64Array): boolean {
  let doubleArea = 0;
  let from = vectorAt(vectors, vectors.length / 3 - 1);
  for (let i = 0; i < vectors.length / 3; i++) {
    const to = vectorAt(vectors, i);
    // On the plane that touches the middle.
    doubleArea += dot(middle, cross(from, to)) / (dot(middle, from) * dot(middle, to));
    from = to;
  }
  return doubleArea > 0;
}

function vectorAt(vectors: Float64Array, i: number): Vector {
  return [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
}

function ringError(where: string, what: string, why: string): GeometryError {
  return new GeometryError("REGION_RING", {
    path: where,
    what: `${where} ${what}`,
    why: `edges are great circles, the short way round, so it ${why}`,
    mend: "add corners between those far apart; for a band or cap around the globe give a bounding box instead",
  });
}
