/** Rings on the sphere from listed vertices. */
import { GeometryError, isCodedError, type Ring } from "@zagg/core";
import { alongMeridians } from "../polygon/pole-to-pole.js";
import { preparePolygon, type PreparedRing } from "../polygon/prepared-polygon.js";
import { areOpposite, hasThreePlaces, oppositeEdge } from "../polygon/ring-checks.js";
import { hemisphereOf } from "../vector/hemisphere.js";
import { foldedLongitude } from "../vector/longitude.js";
import { ringVectors } from "../vector/unit-vectors.js";
import { isSamePlace, ringWithoutSeams } from "./seams.js";

/** Places that are less apart in longitude and latitude together are surely less than 90 degrees apart. */
const NEAR_DEG = 89;
/** Latitudes beyond this clear the equator by more than the rim of a hemisphere has to be cleared by. */
const CLEAR_DEG = 1e-6;

/**
 * The ring of these vertices without what encloses nothing: repeated vertices, the closing one, and in a ring that fits in a hemisphere
 * edges that are walked to and fro, such as those along the antimeridian to a pole in polygons drawn for a flat map. A larger ring keeps
 * such a seam, because without it the ring might enclose its other side; seams of larger rings are no edges for any grid.
 * @param where names the ring in messages
 * @throws GeometryError `REGION_RING`, `REGION_CROSSING`
 */
export function createRing(lonDeg: readonly number[], latDeg: readonly number[], where: string): Ring {
  return ringFromArrays(Float64Array.from(lonDeg, foldedLongitude), Float64Array.from(latDeg), where);
}

/**
 * As {@link createRing}, of longitudes that are folded. The arrays become the ring's own where nothing has to be left out between
 * their ends.
 * @throws GeometryError `REGION_RING`, `REGION_CROSSING`
 */
export function ringFromArrays(lonDeg: Float64Array, latDeg: Float64Array, where: string): Ring {
  const last = lonDeg.length - 1;
  const isClosed = last > 0 && lonDeg[0] === lonDeg[last] && latDeg[0] === latDeg[last];
  const vertices = isClosed
    ? { lonDeg: lonDeg.subarray(0, last), latDeg: latDeg.subarray(0, last) }
    : { lonDeg, latDeg };
  if (isClean(vertices)) {
    if (!isSmall(vertices)) assertSide(vertices, where);
    return vertices;
  }
  const { whole, trimmed } = ringWithoutSeams(alongMeridians(vertices));
  const isLarge = !isSmall(whole);
  const ring = isLarge ? whole : trimmed;
  if (!hasThreePlaces(ring)) {
    throw ringError(where, "has fewer than three distinct corners on the globe", "encloses nothing");
  }
  const from = oppositeEdge(ring);
  if (from >= 0) {
    const to = (from + 1) % ring.lonDeg.length;
    const place = (i: number): string => `(${ring.lonDeg[i]}, ${ring.latDeg[i]})`;
    const edge = `${place(from)} to ${place(to)}`;
    throw ringError(
      where,
      `has the edge ${edge} between opposite points`,
      "could run along any great circle",
    );
  }
  if (isLarge) assertSide(ring, where);
  return ring;
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

/** Whether a ring fits in a hemisphere. Most do around their first vertex, or around a pole, which is told without vectors. */
function isSmall(ring: Ring): boolean {
  const { lonDeg, latDeg } = ring;
  const [lon, lat] = [lonDeg[0]!, latDeg[0]!];
  let [isNear, isNorth, isSouth] = [true, true, true];
  for (let i = 0; i < lonDeg.length; i++) {
    const here = latDeg[i]!;
    isNear &&= Math.abs(here - lat) + Math.abs(lonDeg[i]! - lon) < NEAR_DEG;
    isNorth &&= here > CLEAR_DEG;
    isSouth &&= here < -CLEAR_DEG;
  }
  return isNear || isNorth || isSouth || hemisphereOf(ringVectors(ring), 0, lonDeg.length) !== undefined;
}

/** Refuses a ring larger than a hemisphere that has no side, or no area. */
function assertSide(ring: Ring, where: string): void {
  try {
    const { edges, rings } = preparePolygon([ring]);
    const [{ side }] = rings as readonly [PreparedRing];
    if (edges === 0 && side.kind === "large" && !side.inside) {
      throw ringError(where, "goes to and fro along a line", "encloses nothing");
    }
  } catch (error) {
    if (!isCodedError(error, "GEOMETRY_CROSSING")) throw error;
    const { what, why, mend } = error;
    throw new GeometryError("REGION_CROSSING", { path: where, what: `${where}: ${what}`, why, mend });
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
