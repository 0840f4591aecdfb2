/** Rings on the sphere from listed vertices. */
import { GeometryError } from "../errors.js";
import type { Ring } from "../geometry.js";

/** Edges this close to joining opposite points of the globe have no great circle of their own; degrees. */
const OPPOSITE_TOLERANCE_DEG = 1e-9;

/** The longitude within ±180 degrees. */
export function foldedLongitude(lonDeg: number): number {
  return Math.abs(lonDeg) <= 180 ? lonDeg : lonDeg - 360 * Math.round(lonDeg / 360);
}

/**
 * The ring of these vertices without what encloses nothing: repeated vertices, the closing one, and edges that are
 * walked to and fro, such as those along the antimeridian to a pole in polygons drawn for a flat map.
 * @param where names the ring in messages
 * @throws GeometryError `REGION_RING`
 */
export function createRing(lonDeg: readonly number[], latDeg: readonly number[], where: string): Ring {
  const lon = lonDeg.map(foldedLongitude);
  const isSame = (i: number, j: number): boolean =>
    latDeg[i] === latDeg[j] &&
    (lon[i] === lon[j] || Math.abs(latDeg[i]!) === 90 || Math.abs(lon[i]! - lon[j]!) === 360);

  const kept: number[] = [];
  for (let i = 0; i < lon.length; i++) {
    if (kept.length > 0 && isSame(kept.at(-1)!, i)) continue;
    if (kept.length > 1 && isSame(kept.at(-2)!, i)) kept.pop();
    else kept.push(i);
  }
  trimSeam(kept, isSame);
  if (kept.length < 3) {
    throw ringError(where, "has fewer than three distinct corners on the globe", "encloses nothing");
  }
  kept.forEach((vertex, i) => {
    const next = kept[(i + 1) % kept.length]!;
    const apart = Math.abs(foldedLongitude(lon[vertex]! - lon[next]!));
    const isOpposite =
      Math.abs(latDeg[vertex]! + latDeg[next]!) < OPPOSITE_TOLERANCE_DEG &&
      (180 - apart < OPPOSITE_TOLERANCE_DEG || 90 - Math.abs(latDeg[vertex]!) < OPPOSITE_TOLERANCE_DEG);
    if (isOpposite) {
      const edge = `(${lon[vertex]}, ${latDeg[vertex]}) to (${lon[next]}, ${latDeg[next]})`;
      throw ringError(
        where,
        `has the edge ${edge} between opposite points`,
        "could run along any great circle",
      );
    }
  });
  return {
    lonDeg: Float64Array.from(kept, (i) => lon[i]!),
    latDeg: Float64Array.from(kept, (i) => latDeg[i]!),
  };
}

/** Removes the closing vertex and what is walked to and fro across it. */
function trimSeam(kept: number[], isSame: (i: number, j: number) => boolean): void {
  for (;;) {
    if (kept.length > 1 && isSame(kept[0]!, kept.at(-1)!)) kept.pop();
    else if (kept.length > 2 && isSame(kept[1]!, kept.at(-1)!)) kept.shift();
    else if (kept.length > 2 && isSame(kept[0]!, kept.at(-2)!)) kept.pop();
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
