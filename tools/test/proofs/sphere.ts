/** Points of the unit sphere for proofs, by nothing but their definitions. */
import type { Ring } from "@zagg/core";
import { authalicFromGeodetic, geodeticFromAuthalic, type LatitudeConvention } from "@zagg/grid-healpix";

export type Vector = readonly [x: number, y: number, z: number];
export type LonLat = readonly [lonDeg: number, latDeg: number];

const DEGREE = Math.PI / 180;

/** The sphere on which a grid's edges are great circles. */
export interface Sphere {
  toVector(lonDeg: number, latDeg: number): Vector;
  toLonLat(v: Vector): LonLat;
}

/** The sphere of geodetic latitudes, or of authalic ones. */
export function sphereOf(latitude: LatitudeConvention): Sphere {
  const toSphere = latitude === "authalic" ? authalicFromGeodetic : (lat: number) => lat;
  const fromSphere = latitude === "authalic" ? geodeticFromAuthalic : (lat: number) => lat;
  return {
    toVector: (lonDeg, latDeg) => {
      const lon = lonDeg * DEGREE;
      const lat = toSphere(latDeg) * DEGREE;
      return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
    },
    toLonLat: ([x, y, z]) => [
      Math.atan2(y, x) / DEGREE,
      fromSphere(Math.atan2(z, Math.hypot(x, y)) / DEGREE),
    ],
  };
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** p·a + q·b + … as a unit vector. */
export function mix(...terms: readonly (readonly [number, Vector])[]): Vector {
  const sum = [0, 0, 0];
  for (const [weight, v] of terms) for (let i = 0; i < 3; i++) sum[i]! += weight * v[i]!;
  const norm = Math.hypot(...sum);
  return [sum[0]! / norm, sum[1]! / norm, sum[2]! / norm];
}

/** Two unit vectors at right angles to a third and to each other. */
export function frameAround(centre: Vector): readonly [Vector, Vector] {
  const east = mix([1, cross(Math.abs(centre[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], centre)]);
  return [east, cross(centre, east)];
}

export function angleBetween(a: Vector, b: Vector): number {
  return 2 * Math.asin(Math.min(1, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / 2));
}

export function ringVectors(ring: Ring, sphere: Sphere): Vector[] {
  return Array.from(ring.lonDeg, (lon, i) => sphere.toVector(lon, ring.latDeg[i]!));
}

export function ringOf(...places: readonly LonLat[]): Ring {
  return {
    lonDeg: Float64Array.from(places, ([lon]) => lon),
    latDeg: Float64Array.from(places, ([, lat]) => lat),
  };
}

/** Fractions in [0, 1), the same in every run (Park and Miller 1988, with Schrage's constants not needed in doubles). */
export function fractions(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
