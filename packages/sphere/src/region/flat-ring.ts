/** Rings of the sphere drawn in the plane of longitude and latitude, without a jump at the antimeridian. */
import type { Polygon, Ring } from "@zagg/core";
import { preparePolygon } from "../polygon/prepared-polygon.js";
import { tracedRing } from "../polygon/traced-ring.js";
import { plainVectorOf } from "../vector/unit-vectors.js";
import { chord } from "../vector/vector.js";
import { pointsBetween, type HalvedEdge, type LonLat } from "./follow-edge.js";

/** A closed ring in the plane, degrees; the last point does not repeat the first. Longitudes may pass ±180. */
export type FlatRing = readonly LonLat[];

/** A straight line in the plane strays from the great circle by at most this part of the edge. */
const STRAY = 1 / 1000;
/** Nearer to a pole, 6 µm on the Earth, a longitude says nothing. */
const POLE_DEG = 90 - 5e-11;

/** The whole map, around a middle. */
const world = (middle: number): FlatRing => [
  [middle - 180, -90],
  [middle + 180, -90],
  [middle + 180, 90],
  [middle - 180, 90],
];

/**
 * The rings of a polygon with their great circles followed, a corner at a pole drawn as a line along ±90, and a ring around a pole
 * closed along ±90 from one side of the map to the other. A ring that holds both poles is the whole map, and a second ring around
 * what it leaves out. Inside is what lies in an odd number of the rings.
 */
export function flatRings(polygon: Polygon): readonly FlatRing[] {
  const prepared = preparePolygon(polygon);
  return prepared.rings.flatMap((part, i) => {
    const { side } = part;
    if (side.kind === "small") return [flatRing(polygon[i]!, side.z > 0 ? 90 : -90)];
    const { ring, poles } = tracedRing(prepared, part);
    const flat = ring.lonDeg.length === 0 ? [] : flatRing(ring, poles.north ? 90 : -90);
    if (!poles.north || !poles.south) return [flat];
    const [west, east] = rangeOf(flat);
    return [world(flat.length === 0 ? 0 : (west + east) / 2), flat];
  });
}

/** The least and the greatest longitude. */
export function rangeOf(ring: FlatRing): readonly [west: number, east: number] {
  let [west, east] = [Infinity, -Infinity];
  for (const [lon] of ring) [west, east] = [Math.min(west, lon), Math.max(east, lon)];
  return [west, east];
}

/** @param pole the one that the ring holds when it goes around one */
function flatRing(ring: Ring, pole: 90 | -90): FlatRing {
  const vertices = distinctVertices(ring);
  const dense = vertices.flatMap((vertex, i) => [
    vertex,
    ...pointsBetween(vertex, vertices[(i + 1) % vertices.length]!, isStraight),
  ]);
  // Begin where the map is not cut, so that points on the antimeridian find their side.
  const start = dense.reduce(
    (best, [lon, lat], i) =>
      Math.abs(lat) < POLE_DEG && Math.abs(lon) < Math.abs(dense[best]![0]) ? i : best,
    dense.findIndex(([, lat]) => Math.abs(lat) < POLE_DEG),
  );
  // A ring around a pole that is a few micrometres wide has no place on a map.
  if (start < 0) return [];
  const flat: [number, number][] = [];
  let previous = dense[start]![0];
  for (let i = 0; i <= dense.length; i++) {
    const [lon, lat] = dense[(start + i) % dense.length]!;
    if (Math.abs(lat) >= POLE_DEG) {
      const corner = Math.sign(lat) * 90;
      const [next] = dense[(start + i + 1) % dense.length]!;
      flat.push([previous, corner], [(previous = near(next, previous)), corner]);
    } else {
      flat.push([(previous = near(lon, previous)), lat]);
    }
  }
  const turn = flat.at(-1)![0] - flat[0]![0];
  return Math.abs(turn) < 180 ? flat.slice(0, -1) : aroundPole(flat, pole);
}

/** The ring without repeated vertices. */
function distinctVertices({ lonDeg, latDeg }: Ring): LonLat[] {
  const all = Array.from(lonDeg, (lon, i) => [lon, latDeg[i]!] as const);
  return all.filter(([lon, lat], i) => {
    const [nextLon, nextLat] = all[(i + 1) % all.length]!;
    return lat !== nextLat || (lon - nextLon) % 360 !== 0;
  });
}

/** The longitude, whole turns away, that is nearest to another. */
function near(lon: number, other: number): number {
  return lon + 360 * Math.round((other - lon) / 360);
}

/** Whether the straight line between two points follows the great circle. */
function isStraight({ from, to, fromVector, toVector, middle }: HalvedEdge): boolean {
  // A corner at a pole has no longitude of its own: the edge is a meridian, and straight.
  if (Math.abs(from[1]) >= POLE_DEG || Math.abs(to[1]) >= POLE_DEG) return true;
  const straight = plainVectorOf((from[0] + near(to[0], from[0])) / 2, (from[1] + to[1]) / 2);
  return chord(middle, straight) <= STRAY * chord(fromVector, toVector);
}

/**
 * A ring that goes once around, cut at the antimeridian and closed along a pole. Where it meets the antimeridian several times, it is cut
 * at the place nearest to the pole, as nothing of it lies between.
 */
function aroundPole(flat: readonly [number, number][], pole: number): FlatRing {
  const eastward = flat.at(-1)![0] > flat[0]![0];
  const ring = flat.slice(0, -1);
  const west = eastward ? ring : [...ring].reverse();
  const turned = [...west, ...west.map(([lon, lat]): LonLat => [lon + 360, lat])];
  let cut: { at: number; seam: number; lat: number } | undefined;
  for (let i = 0; i < west.length; i++) {
    const [from, to] = [turned[i]!, turned[i + 1]!];
    // The last antimeridian that the line comes to, if it goes east.
    const seam = 180 + 360 * Math.floor((to[0] - 180) / 360);
    if (!(from[0] < seam)) continue;
    const lat = to[0] === seam ? to[1] : crossing(from, to, seam);
    if (cut === undefined || Math.abs(pole - lat) < Math.abs(pole - cut.lat)) cut = { at: i + 1, seam, lat };
  }
  if (cut === undefined) return [];
  const { at, seam, lat } = cut;
  const inner = turned.slice(at, at + west.length);
  const isAt = (point: LonLat | undefined, lon: number): boolean => point?.[0] === lon && point[1] === lat;
  while (isAt(inner[0], seam)) inner.shift();
  while (isAt(inner.at(-1), seam + 360)) inner.pop();
  return [
    [seam, lat] as const,
    ...inner,
    [seam + 360, lat] as const,
    [seam + 360, pole] as const,
    [seam, pole] as const,
  ].map(([lon, y]) => [lon - seam - 180, y] as const);
}

/** Latitude of the line between two points at a longitude. */
export function crossing(a: LonLat, b: LonLat, lon: number): number {
  return a[0] === b[0] ? b[1] : a[1] + ((b[1] - a[1]) * (lon - a[0])) / (b[0] - a[0]);
}
