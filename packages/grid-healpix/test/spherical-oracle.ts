/** Slow, plain answers on the sphere to compare with: angles summed and distances sampled. */
import type { Ring } from "@zagg/core";

export type Vector = readonly [number, number, number];

export function vectorOf(lonDeg: number, latDeg: number): Vector {
  const lon = (lonDeg * Math.PI) / 180;
  const lat = (latDeg * Math.PI) / 180;
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

export function lonLatOf([x, y, z]: Vector): [lonDeg: number, latDeg: number] {
  return [(Math.atan2(y, x) * 180) / Math.PI, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI];
}

export function ringOf(...lonLat: readonly (readonly [number, number])[]): Ring {
  return {
    lonDeg: Float64Array.from(lonLat, ([lon]) => lon),
    latDeg: Float64Array.from(lonLat, ([, lat]) => lat),
  };
}

export function ringVectors(ring: Ring): Vector[] {
  return Array.from(ring.lonDeg, (lon, i) => vectorOf(lon, ring.latDeg[i]!));
}

export function angleBetween(a: Vector, b: Vector): number {
  return 2 * Math.asin(Math.min(1, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / 2));
}

/** Whether a ring that fits in a hemisphere winds around a point: bearings from the point to its vertices, summed. */
export function windsAround(ring: readonly Vector[], p: Vector): boolean {
  const mean = ring.reduce<Vector>((sum, v) => [sum[0] + v[0], sum[1] + v[1], sum[2] + v[2]], [0, 0, 0]);
  if (dot(mean, p) <= 0) return false;
  let turned = 0;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!;
    const fromA = cross(p, a);
    const fromB = cross(p, b);
    turned += Math.atan2(dot(cross(fromA, fromB), p), dot(fromA, fromB));
  });
  return Math.abs(turned) > Math.PI;
}

/** Distance from a point to the nearest edge of a ring, radians. */
export function distanceToRing(ring: readonly Vector[], p: Vector): number {
  return Math.min(...ring.map((a, i) => distanceToEdge(a, ring[(i + 1) % ring.length]!, p)));
}

function distanceToEdge(a: Vector, b: Vector, p: Vector): number {
  const n = cross(a, b);
  const norm = Math.hypot(...n);
  const ends = Math.min(angleBetween(a, p), angleBetween(b, p));
  if (norm === 0) return ends;
  const between = dot(cross(n, a), p) >= 0 && dot(cross(n, b), p) <= 0;
  return between ? Math.asin(Math.min(1, Math.abs(dot(n, p)) / norm)) : ends;
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** A ring of n vertices at one angular distance from a point, anticlockwise as seen from outside. */
export function circle(centre: Vector, radiusRad: number, n: number): Ring {
  const across: Vector = Math.abs(centre[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const east = unit(cross(across, centre));
  const north = cross(centre, east);
  return ringOf(
    ...Array.from({ length: n }, (_, k) => {
      const angle = (2 * Math.PI * k) / n;
      return lonLatOf(
        [0, 1, 2].map(
          (i) =>
            Math.cos(radiusRad) * centre[i]! +
            Math.sin(radiusRad) * (Math.cos(angle) * east[i]! + Math.sin(angle) * north[i]!),
        ) as unknown as Vector,
      );
    }),
  );
}

export function unit(v: Vector): Vector {
  const norm = Math.hypot(...v);
  return [v[0] / norm, v[1] / norm, v[2] / norm];
}
