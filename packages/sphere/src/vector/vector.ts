/** Vectors of three numbers, for what is done a few times; long lists of places are flat arrays, see `unitVectors`. */

export type Vector = readonly [x: number, y: number, z: number];

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** a + factor · b */
export function add(a: Vector, b: Vector, factor = 1): Vector {
  return [a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]];
}

/** The vector of length 1 in the same direction; NaN for the vector of length 0. */
export function unit([x, y, z]: Vector): Vector {
  const norm = Math.hypot(x, y, z);
  return [x / norm, y / norm, z / norm];
}

/** The length of the straight line between two vectors: for unit vectors, the chord, 0 to 2. */
export function chord(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** The angle between two unit vectors, radians; accurate for small ones. */
export function angle(a: Vector, b: Vector): number {
  return 2 * Math.asin(Math.min(1, chord(a, b) / 2));
}

/** The point that lies `rad` away from a unit vector in the direction of another one at a right angle to it. */
export function moved(from: Vector, direction: Vector, rad: number): Vector {
  const c = Math.cos(rad);
  const s = Math.sin(rad);
  return [c * from[0] + s * direction[0], c * from[1] + s * direction[1], c * from[2] + s * direction[2]];
}

/** A unit vector at a right angle to another one. */
export function perpendicular([x, y, z]: Vector): Vector {
  return unit(Math.abs(z) < 0.9 ? [-y, x, 0] : [0, -z, y]);
}
