/** Regions to test with, and membership in them by hand: caps as many-sided rings. */
import type { Ring } from "@zagg/core";

export type Vector = readonly [number, number, number];

const RADIANS = Math.PI / 180;

export function vectorOf(lonDeg: number, latDeg: number): Vector {
  const lon = lonDeg * RADIANS;
  const lat = latDeg * RADIANS;
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

export function lonLatOf([x, y, z]: Vector): [lonDeg: number, latDeg: number] {
  return [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
}

export function ringOf(...lonLat: readonly (readonly [number, number])[]): Ring {
  return {
    lonDeg: Float64Array.from(lonLat, ([lon]) => lon),
    latDeg: Float64Array.from(lonLat, ([, lat]) => lat),
  };
}

/** The point at a distance and a bearing (anticlockwise from east, or from x beside a pole) from another. */
export function pointAt(centre: Vector, distanceRad: number, bearingRad: number): Vector {
  const across: Vector = Math.abs(centre[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const east = unit(cross(across, centre));
  const north = cross(centre, east);
  const along = (i: 0 | 1 | 2): number =>
    Math.cos(distanceRad) * centre[i] +
    Math.sin(distanceRad) * (Math.cos(bearingRad) * east[i] + Math.sin(bearingRad) * north[i]);
  return [along(0), along(1), along(2)];
}

/** A ring of n vertices at one distance from a point, anticlockwise as seen from outside. */
export function circle(centre: Vector, radiusRad: number, n: number): Ring {
  return ringOf(
    ...Array.from({ length: n }, (_, k) => lonLatOf(pointAt(centre, radiusRad, (2 * Math.PI * k) / n))),
  );
}

/** The distance from the middle of a circle of n vertices within which every point is inside. */
export function inradius(radiusRad: number, n: number): number {
  return Math.atan(Math.tan(radiusRad) * Math.cos(Math.PI / n));
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(v: Vector): Vector {
  const norm = Math.hypot(...v);
  return [v[0] / norm, v[1] / norm, v[2] / norm];
}
