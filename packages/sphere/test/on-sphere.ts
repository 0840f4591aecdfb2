/** Whether a point is in a region: even-odd in the gnomonic plane, where great circles are straight lines. */
import type { Region, Ring } from "@zagg/core";

type Vector = readonly [number, number, number];

export function isInRegion(region: Region, lonDeg: number, latDeg: number): boolean {
  const point = vector(lonDeg, latDeg);
  return region.some((polygon) => polygon.filter((ring) => isInRing(ring, point)).length % 2 === 1);
}

/** Whether every vertex has a positive dot product with the sum of all: the hemisphere rule of regions. */
export function fitsHemisphere(ring: Ring): boolean {
  const { vertices, centre } = spread(ring);
  return vertices.every((vertex) => dot(vertex, centre) > 0);
}

function isInRing(ring: Ring, point: Vector): boolean {
  const { vertices, centre } = spread(ring);
  if (dot(point, centre) <= 0) return false;
  const length = Math.hypot(...centre);
  const axis = scaled(centre, 1 / length);
  const seed: Vector = Math.abs(axis[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const right = cross(seed, axis);
  const up = cross(axis, right);
  const project = (v: Vector) => [dot(v, right) / dot(v, axis), dot(v, up) / dot(v, axis)] as const;
  const [x, y] = project(point);
  const plane = vertices.map(project);
  let isInside = false;
  plane.forEach(([x1, y1], i) => {
    const [x2, y2] = plane[(i + 1) % plane.length]!;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) isInside = !isInside;
  });
  return isInside;
}

function spread(ring: Ring): { vertices: Vector[]; centre: Vector } {
  const vertices = Array.from(ring.lonDeg, (lon, i) => vector(lon, ring.latDeg[i]!));
  const centre = vertices.reduce<Vector>(([x, y, z], [a, b, c]) => [x + a, y + b, z + c], [0, 0, 0]);
  return { vertices, centre };
}

function vector(lonDeg: number, latDeg: number): Vector {
  const [lon, lat] = [(lonDeg * Math.PI) / 180, (latDeg * Math.PI) / 180];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const scaled = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
