/** Longitudes as the index compares them: exactly. */

/** The same longitude in [-180, 180); those that are there already stay as they are to the last bit. */
export function wrapLongitude(lonDeg: number): number {
  if (lonDeg >= -180 && lonDeg < 180) return lonDeg;
  // The remainder is exact, for longitudes of any size.
  const rest = lonDeg % 360;
  if (rest >= 180) return rest - 360;
  return rest < -180 ? rest + 360 : rest;
}
