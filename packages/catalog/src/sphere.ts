/** Unit vectors of places, and what footprints are made of: points beside a great circle. */

export type Vector = readonly [number, number, number];

const DEGREE = Math.PI / 180;

export function vectorOf(lonDeg: number, latDeg: number): Vector {
  const lat = latDeg * DEGREE;
  const lon = lonDeg * DEGREE;
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** Longitude within ±180 and latitude, degrees. */
export function placeOf([x, y, z]: Vector): readonly [number, number] {
  return [Math.atan2(y, x) / DEGREE, Math.atan2(z, Math.hypot(x, y)) / DEGREE];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function unit(a: Vector): Vector {
  const length = Math.hypot(a[0], a[1], a[2]);
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** The point that lies `rad` away from `from` in the direction of a unit vector at a right angle to it. */
export function moved(from: Vector, direction: Vector, rad: number): Vector {
  const c = Math.cos(rad);
  const s = Math.sin(rad);
  return [c * from[0] + s * direction[0], c * from[1] + s * direction[1], c * from[2] + s * direction[2]];
}
