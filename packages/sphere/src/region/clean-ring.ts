/** Rings on the sphere from listed vertices. */
import { GeometryError, type Ring } from "@zagg/core";
import { foldedLongitude } from "../vector/longitude.js";

/** Edges this close to joining opposite points of the globe have no great circle of their own; degrees. */
const OPPOSITE_TOLERANCE_DEG = 1e-9;

/**
 * The ring of these vertices without what encloses nothing: repeated vertices, the closing one, and edges that are
 * walked to and fro, such as those along the antimeridian to a pole in polygons drawn for a flat map.
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
  const kept: number[] = [];
  for (let i = 0; i < vertices.lonDeg.length; i++) {
    if (kept.length > 0 && isSame(vertices, kept.at(-1)!, i)) continue;
    if (kept.length > 1 && isSame(vertices, kept.at(-2)!, i)) kept.pop();
    else kept.push(i);
  }
  trimSeam(kept, vertices);
  if (kept.length < 3) {
    throw ringError(where, "has fewer than three distinct corners on the globe", "encloses nothing");
  }
  kept.forEach((vertex, i) => {
    const next = kept[(i + 1) % kept.length]!;
    if (!isOpposite(vertices, vertex, next)) return;
    const edge = `(${lonDeg[vertex]}, ${latDeg[vertex]}) to (${lonDeg[next]}, ${latDeg[next]})`;
    throw ringError(
      where,
      `has the edge ${edge} between opposite points`,
      "could run along any great circle",
    );
  });
  return {
    lonDeg: Float64Array.from(kept, (i) => lonDeg[i]!),
    latDeg: Float64Array.from(kept, (i) => latDeg[i]!),
  };
}

/** Whether the loops of {@link ringFromArrays} would keep every vertex. */
function isClean(vertices: Ring): boolean {
  const n = vertices.lonDeg.length;
  if (n < 3) return false;
  for (let i = 0, j = n - 1, k = n - 2; i < n; k = j, j = i++) {
    if (isSame(vertices, i, j) || isSame(vertices, i, k) || isOpposite(vertices, j, i)) return false;
  }
  return true;
}

function isSame({ lonDeg, latDeg }: Ring, i: number, j: number): boolean {
  if (latDeg[i] !== latDeg[j]) return false;
  return lonDeg[i] === lonDeg[j] || Math.abs(latDeg[i]!) === 90 || Math.abs(lonDeg[i]! - lonDeg[j]!) === 360;
}

/** The same from either end. */
function isOpposite({ lonDeg, latDeg }: Ring, i: number, j: number): boolean {
  if (!(Math.abs(latDeg[i]! + latDeg[j]!) < OPPOSITE_TOLERANCE_DEG)) return false;
  const apart = Math.abs(foldedLongitude(lonDeg[i]! - lonDeg[j]!));
  const poleward = Math.max(Math.abs(latDeg[i]!), Math.abs(latDeg[j]!));
  return 180 - apart < OPPOSITE_TOLERANCE_DEG || 90 - poleward < OPPOSITE_TOLERANCE_DEG;
}

/** Removes the closing vertex and what is walked to and fro across it. */
function trimSeam(kept: number[], vertices: Ring): void {
  for (;;) {
    if (kept.length > 1 && isSame(vertices, kept[0]!, kept.at(-1)!)) kept.pop();
    else if (kept.length > 2 && isSame(vertices, kept[1]!, kept.at(-1)!)) kept.shift();
    else if (kept.length > 2 && isSame(vertices, kept[0]!, kept.at(-2)!)) kept.pop();
    else return;
  }
}

function ringError(where: string, what: string, why: string): GeometryError {
  return new GeometryError("REGION_RING", {
    path: where,
    what: `${where} ${what}`,
    why: `edges are great circles, the short way round, so it ${why}`,
    mend: "add corners between those far apart; for a band or cap around the globe give a bounding box instead",
  });
}
