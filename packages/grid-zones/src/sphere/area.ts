/** Areas of polygons on the sphere. */
import type { Piece } from "./walk-ring.js";

const RADIANS = Math.PI / 180;

/**
 * The solid angle inside a ring, steradians: the area between its pieces and the equator (Karney 2013, Journal of
 * Geodesy 87:43, section 6, on the sphere), counted from the lower rim of the cylinder.
 * @param holdsRim whether what lies just above the lower rim is inside, at longitudes without a seam there
 */
export function solidAngleOf(pieces: readonly Piece[], holdsRim: boolean): number {
  let overEquator = 0;
  let turns = 0;
  for (const { from, to, turn } of pieces) {
    const a = Math.tan((from.lat * RADIANS) / 2);
    const b = Math.tan((to.lat * RADIANS) / 2);
    overEquator += 2 * Math.atan2(Math.tan((turn * RADIANS) / 2) * (a + b), 1 + a * b);
    turns += turn / 360;
  }
  const winding = Math.round(turns);
  const fromRim = Math.abs(overEquator + 2 * Math.PI * winding);
  const notRim = winding === 0 ? fromRim : 4 * Math.PI - fromRim;
  return holdsRim ? 4 * Math.PI - notRim : notRim;
}
