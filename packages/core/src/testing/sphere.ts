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
/** A ring fits in a hemisphere when every vertex is farther than this from its rim; sine, 6 mm on the Earth. */
const CLEARANCE = 1e-9;
/** Vectors shorter than this have no direction, as far as rounding can tell. */
const NO_LENGTH = 1e-12;
/** Places nearer to each other than this are one; a chord, 0.1 mm on the Earth. */
const ROUNDING = 2e-11;
/** How far beside an edge places are at which its sides are told apart, in radians; 6 m on the Earth. */
const BESIDE = 1e-6;

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
  if (Math.hypot(...sum) < NO_LENGTH) return { centre: [0, 0, 1], radiusDeg: 180 };
  const centre = unit(sum);
  return { centre, radiusDeg: Math.max(...vertices.map((vertex) => angleDeg(centre, vertex))) };
}

/**
 * Whether a place is in a region, or within `marginDeg` degrees of one of its edges (those that are walked to and fro are none), by the
 * plain geometry that the kit judges grids by. Slow: a pass over all edges for each place.
 */
export function regionHolds(region: Region, place: LonLat, marginDeg = 0): boolean {
  return holds(region, vectorOf(place), marginDeg);
}

/** As {@link regionHolds}, of a unit vector. */
export function holds(region: Region, point: Vector, marginDeg: number): boolean {
  return region.some(
    (polygon) =>
      polygon.filter((ring, i) => encloses(traced(ring), i > 0, point)).length % 2 === 1 ||
      (marginDeg > 0 && polygon.some((ring) => edgeDistanceDeg(traced(ring), point) <= marginDeg)),
  );
}

/** A ring as it is looked at again and again. */
interface TracedRing {
  readonly vertices: readonly Vector[];
  /** Of some length, the longest first. */
  readonly edges: readonly Edge[];
  /** What a distance is measured from. */
  readonly outline: readonly Edge[];
  /** The middle of a hemisphere that holds the ring. */
  readonly centre: Vector | undefined;
  readonly passesPoles: boolean;
}

type Edge = readonly [from: Vector, to: Vector];

const tracedRings = new WeakMap<Ring, TracedRing>();

function traced(ring: Ring): TracedRing {
  const known = tracedRings.get(ring);
  if (known !== undefined) return known;
  const vertices = verticesOf(ring);
  const centre = hemisphereAround(vertices);
  const all = vertices.map((vertex, i): Edge => [vertex, vertices[(i + 1) % vertices.length]!]);
  const edges = all.filter((edge) => !isNear(...edge)).sort((a, b) => angleDeg(...b) - angleDeg(...a));
  const made: TracedRing = {
    vertices,
    edges,
    outline: centre === undefined ? walkedOnce(edges) : all,
    centre,
    passesPoles: ring.latDeg.includes(90) && ring.latDeg.includes(-90),
  };
  tracedRings.set(ring, made);
  return made;
}

/** A place that every vertex is nearer to than 90 degrees: the mean of them, or else the middle of all such places. */
function hemisphereAround(vertices: readonly Vector[]): Vector | undefined {
  const clears = (centre: Vector, by: number): boolean =>
    vertices.every((vertex) => dot(centre, vertex) > by);
  const mean = unit(vertices.reduce(add, [0, 0, 0]));
  if (clears(mean, CLEARANCE)) return mean;
  // Such places lie between the great circles whose poles the vertices are; their corners are normals of two vertices.
  const corners = vertices.flatMap((a, i) =>
    vertices.slice(i + 1).flatMap((b) => {
      const normal = unit(cross(a, b));
      return [normal, scale(normal, -1)].filter((corner) => clears(corner, -NO_LENGTH));
    }),
  );
  const centre = unit(corners.reduce(add, [0, 0, 0]));
  return clears(centre, CLEARANCE) ? centre : undefined;
}

/** Without those that are walked back as well. */
function walkedOnce(edges: readonly Edge[]): readonly Edge[] {
  const once: Edge[] = [];
  for (const edge of edges) {
    const back = once.findIndex(([from, to]) => isNear(from, edge[1]) && isNear(to, edge[0]));
    if (back < 0) once.push(edge);
    else once.splice(back, 1);
  }
  return once;
}

/**
 * A ring that fits in a hemisphere encloses its smaller side. A larger one has the polygon to the left of its edges: an outer ring
 * encloses that side, a hole the other. One without any area is the globe, as an outer ring that passes both poles, or nothing.
 */
function encloses(
  { vertices, edges, centre, passesPoles }: TracedRing,
  isHole: boolean,
  point: Vector,
): boolean {
  if (centre !== undefined) return insideSmallRing(vertices, centre, point);
  const isLeft = isLeftOf(edges, point);
  return isLeft === undefined ? passesPoles && !isHole : isLeft !== isHole;
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
  return Math.round(turned / (2 * Math.PI)) % 2 !== 0;
}

/**
 * Whether a point is to the left of a ring that does not cross itself. The way to a place beside an edge that leads from one side to
 * the other crosses the ring once more to its left than to its right, or once less, and so tells both sides apart.
 * @returns undefined when no way does: the ring has no area
 */
function isLeftOf(edges: readonly Edge[], point: Vector): boolean | undefined {
  for (const [from, to] of edges) {
    const off = scale(unit(cross(from, to)), BESIDE);
    const on = unit(add(scale(from, 0.62), scale(to, 0.38)));
    for (const place of [unit(add(on, off)), unit(add(on, scale(off, -1)))]) {
      const leftward = crossingsToTheLeft(edges, point, place);
      if (leftward !== 0) return leftward < 0;
    }
  }
  return undefined;
}

/** How often the arc between two points crosses edges from their right to their left, less how often the other way. */
function crossingsToTheLeft(edges: readonly Edge[], from: Vector, to: Vector): number {
  const normal = cross(from, to);
  let crossings = 0;
  for (const [a, b] of edges) {
    const [before, after] = [dot(normal, a), dot(normal, b)];
    if (before >= 0 === after >= 0) continue;
    const place = add(scale(a, Math.abs(after)), scale(b, Math.abs(before)));
    const isBetween = dot(cross(normal, from), place) > 0 && dot(cross(to, normal), place) > 0;
    if (isBetween) crossings += before >= 0 ? 1 : -1;
  }
  return crossings;
}

function isNear(a: Vector, b: Vector): boolean {
  return Math.hypot(...add(a, scale(b, -1))) <= ROUNDING;
}

function edgeDistanceDeg({ outline }: TracedRing, point: Vector): number {
  return outline.reduce((least, edge) => Math.min(least, segmentDistanceDeg(...edge, point)), Infinity);
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

/** With one at the equator of an edge from pole to pole, which follows the meridian of its start. */
function verticesOf({ lonDeg, latDeg }: Ring): Vector[] {
  return Array.from(lonDeg).flatMap((lon, i) => {
    const lat = latDeg[i]!;
    const isPoleToPole = Math.abs(lat) === 90 && latDeg[(i + 1) % latDeg.length] === -lat;
    return [lat, ...(isPoleToPole ? [0] : [])].map((at) => vectorOf({ lonDeg: lon, latDeg: at }));
  });
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
