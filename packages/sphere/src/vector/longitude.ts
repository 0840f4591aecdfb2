/** Longitudes, degrees. */

/** The longitude within ±180; one that is there already stays as it is. */
export function foldedLongitude(lonDeg: number): number {
  return Math.abs(lonDeg) <= 180 ? lonDeg : lonDeg - 360 * Math.round(lonDeg / 360);
}
