/** Geometry on the unit sphere that the kit judges grids by: plain, slow, and independent of any of them. */
import type { Region, Ring } from "../geometry.js";

/** A place in degrees, longitude before latitude. */
export interface LonLat {
  readonly lonDeg: number;
  readonly latDeg: number;
}

export type Vector = readonly [number, number, number];

/** A footprint seen from outside: the circle that holds it. */
export interface BoundingCap {
  readonly centre: Vector;
  readonly radiusDeg: number;
}

const DEGREES = 180 / Math.PI;
/** A ring fits in a hemisphere when no vertex is farther than this beyond its edge; sine, for rounding at poles. */
const HEMISPHERE_TOLERANCE = 1e-6;
/** Places nearer to each other than this, in degrees, are one. */
const ROUNDING_DEG = 1e-9;
/** How far to the left of an edge a place is that counts as inside, in radians. */
const LEFT = 1e-6;

export function vectorOf({ lonDeg, latDeg }: LonLat): Vector {
  const radius = Math.cos(latDeg / DEGREES);
  const lon = lonDeg / DEGREES;
  return [radius * Math.cos(lon), radius * Math.sin(lon), Math.sin(latDeg / DEGREES)];
}

export function lonLatOf([x, y, z]: Vector): LonLat {
  return { lonDeg: Math.atan2(y, x) * DEGREES, latDeg: Math.atan2(z, Math.hypot(x, y)) * DEGREES };
}

export function angleDeg(a: Vector, b: Vector): number {
  return Math.atan2(Math.hypot(...cross(a, b)), dot(a, b)) * DEGREES;
}

/** The point at an angle from another, in a direction counted counter-clockwise from some fixed one. */
export function pointAround(centre: Vector, awayDeg: number, directionDeg: number): Vector {
  const [u, v] = tangents(centre);
  const away = awayDeg / DEGREES;
  const direction = directionDeg / DEGREES;
  const along = Math.sin(away);
  return unit(
    add(
      scale(centre, Math.cos(away)),
      add(scale(u, along * Math.cos(direction)), scale(v, along * Math.sin(direction))),
    ),
  );
}

/** The point halfway; the first of the two when they are opposite. */
export function middle(a: Vector, b: Vector): Vector {
  const sum = add(a, b);
  return Math.hypot(...sum) === 0 ? a : unit(sum);
}

/** The circle around the mean of a region's vertices that holds them all; undefined for an empty region. */
export function boundingCap(region: Region): BoundingCap | undefined {
  const vertices = region.flatMap((polygon) => polygon.flatMap(verticesOf));
  const sum = vertices.reduce(add, [0, 0, 0]);
  if (vertices.length === 0) return undefined;
  if (Math.hypot(...sum) < HEMISPHERE_TOLERANCE) return { centre: [0, 0, 1], radiusDeg: 180 };
  const centre = unit(sum);
  return { centre, radiusDeg: Math.max(...vertices.map((vertex) => angleDeg(centre, vertex))) };
}

/** Whether a point is in a region, or within `marginDeg` of one of its edges. */
export function holds(region: Region, point: Vector, marginDeg: number): boolean {
  return region.some(
    (polygon) =>
      polygon.filter((ring) => insideRing(ring, point)).length % 2 === 1 ||
      polygon.some((ring) => edgeDistanceDeg(ring, point) <= marginDeg),
  );
}

/** A ring that fits in a hemisphere holds its smaller side, a larger one what is to the left of its edges. */
function insideRing(ring: Ring, point: Vector): boolean {
  const vertices = verticesOf(ring);
  const sum = vertices.reduce(add, [0, 0, 0]);
  const centre = unit(sum);
  const fits =
    Math.hypot(...sum) > HEMISPHERE_TOLERANCE &&
    vertices.every((vertex) => dot(centre, vertex) >= -HEMISPHERE_TOLERANCE);
  return fits ? insideSmallRing(vertices, centre, point) : insideLargeRing(vertices, point);
}

function insideSmallRing(vertices: readonly Vector[], centre: Vector, point: Vector): boolean {
  if (dot(centre, point) < 0) return false;
  const [u, v] = tangents(point);
  const azimuths = vertices.map((vertex) => Math.atan2(dot(vertex, v), dot(vertex, u)));
  let turned = 0;
  azimuths.forEach((azimuth, i) => {
    const step = azimuths[(i + 1) % azimuths.length]! - azimuth;
    turned += step - 2 * Math.PI * Math.round(step / (2 * Math.PI));
  });
  return Math.abs(turned) > Math.PI;
}

/** By the edges between the point and a place just to the left of the longest edge that is walked once. */
function insideLargeRing(vertices: readonly Vector[], point: Vector): boolean {
  const edges = edgesOf(vertices).filter(([a, b]) => angleDeg(a, b) > ROUNDING_DEG);
  const once = edges.filter(([a, b]) => !edges.some(([c, d]) => near(a, d) && near(b, c)));
  const [from, to] = once.reduce((longest, edge) =>
    angleDeg(...edge) > angleDeg(...longest) ? edge : longest,
  );
  const left = unit(add(middle(from, to), scale(unit(cross(from, to)), LEFT)));
  return once.filter(([a, b]) => arcsCross(left, point, a, b)).length % 2 === 0;
}

/** Whether two arcs shorter than half a turn have a point in common, ends aside. */
function arcsCross(p: Vector, q: Vector, a: Vector, b: Vector): boolean {
  const [first, second] = [cross(p, q), cross(a, b)];
  const line = cross(first, second);
  const isOn = (at: Vector, normal: Vector, from: Vector, to: Vector): boolean =>
    dot(cross(normal, from), at) > 0 && dot(cross(to, normal), at) > 0;
  return [line, scale(line, -1)].some((at) => isOn(at, first, p, q) && isOn(at, second, a, b));
}

function edgesOf(vertices: readonly Vector[]): (readonly [Vector, Vector])[] {
  return vertices.map((vertex, i) => [vertex, vertices[(i + 1) % vertices.length]!] as const);
}

function near(a: Vector, b: Vector): boolean {
  return angleDeg(a, b) <= ROUNDING_DEG;
}

function edgeDistanceDeg(ring: Ring, point: Vector): number {
  const vertices = verticesOf(ring);
  return Math.min(
    ...vertices.map((from, i) => segmentDistanceDeg(from, vertices[(i + 1) % vertices.length]!, point)),
  );
}

function segmentDistanceDeg(from: Vector, to: Vector, point: Vector): number {
  const normal = cross(from, to);
  const length = Math.hypot(...normal);
  const ends = Math.min(angleDeg(from, point), angleDeg(to, point));
  if (length === 0) return ends;
  const beside = dot(cross(normal, from), point) >= 0 && dot(cross(to, normal), point) >= 0;
  return beside
    ? Math.abs(Math.asin(Math.max(-1, Math.min(1, dot(normal, point) / length)))) * DEGREES
    : ends;
}

function verticesOf({ lonDeg, latDeg }: Ring): Vector[] {
  return Array.from(lonDeg, (lon, i) => vectorOf({ lonDeg: lon, latDeg: latDeg[i]! }));
}

/** Two directions at right angles to a point and to each other, the second a quarter turn counter-clockwise. */
function tangents(point: Vector): readonly [Vector, Vector] {
  const axis: Vector = Math.abs(point[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const u = unit(cross(axis, point));
  return [u, cross(point, u)];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function add(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function scale(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

function unit(a: Vector): Vector {
  const length = Math.hypot(...a);
  return length === 0 ? a : scale(a, 1 / length);
}
