/** Places on the sphere. Latitudes are taken as spherical: longitude and latitude place a point, as in every GIS. */

export type Vector = readonly [number, number, number];

const RADIANS = Math.PI / 180;

export function vectorOf(lonDeg: number, latDeg: number): Vector {
  const radius = Math.cos(latDeg * RADIANS);
  return [
    radius * Math.cos(lonDeg * RADIANS),
    radius * Math.sin(lonDeg * RADIANS),
    Math.sin(latDeg * RADIANS),
  ];
}

/** Longitude in [-180, 180) and latitude, degrees. */
export function lonLatOf([x, y, z]: Vector): readonly [lonDeg: number, latDeg: number] {
  return [wrapLongitude(Math.atan2(y, x) / RADIANS), Math.atan2(z, Math.hypot(x, y)) / RADIANS];
}

/** The same longitude in [-180, 180); those that are there already stay as they are to the last bit. */
export function wrapLongitude(lonDeg: number): number {
  if (lonDeg >= -180 && lonDeg < 180) return lonDeg;
  // The remainder is exact, for longitudes of any size.
  const rest = lonDeg % 360;
  if (rest >= 180) return rest - 360;
  return rest < -180 ? rest + 360 : rest;
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function add(a: Vector, b: Vector, factor = 1): Vector {
  return [a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]];
}

export function unit(a: Vector): Vector {
  const norm = Math.hypot(...a);
  return [a[0] / norm, a[1] / norm, a[2] / norm];
}
