/** Longitudes and places, degrees. */

/** The longitude within ±180; one that is there already stays as it is. */
export function foldedLongitude(lonDeg: number): number {
  return Math.abs(lonDeg) <= 180 ? lonDeg : lonDeg - 360 * Math.round(lonDeg / 360);
}

/** Longitudes of files: a turn that begins anywhere within ±180 ends within this. Degrees. */
const MOST_LON_DEG = 540;

/** Whether a file may have this as a place: longitude within ±540 and latitude within ±90 degrees. */
export function isPlace(lonDeg: number, latDeg: number): boolean {
  return Math.abs(lonDeg) <= MOST_LON_DEG && Math.abs(latDeg) <= 90;
}
