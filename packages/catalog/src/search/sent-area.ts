/** A region as GeoJSON that every API reads alike, whether it draws edges on the sphere or on a flat map. */
import type { JsonObject, Region, Ring } from "@zagg/core";
import { ringVectors } from "./ring-vectors.js";

const DEG = 180 / Math.PI;
/** An edge that strays farther from its straight line on the map gets vertices in between; degrees, 11 m. */
const MOST_BULGE_DEG = 1e-4;

type Position = readonly [lon: number, lat: number];

/**
 * One geometry: rings closed, outer ones counter-clockwise and holes clockwise, great circles followed closely.
 * @returns null when a flat map cannot show it: a ring crosses the antimeridian or goes around a pole
 */
export function areaForApi(region: Region): JsonObject | null {
  const polygons: Position[][][] = [];
  for (const polygon of region) {
    const rings = polygon.map((ring, i) => flatRing(ring, i === 0));
    if (rings.some((ring) => ring === null)) return null;
    polygons.push(rings as Position[][]);
  }
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0]! }
    : { type: "MultiPolygon", coordinates: polygons };
}

function flatRing(ring: Ring, isOuter: boolean): Position[] | null {
  const vectors = ringVectors(ring);
  const count = ring.lonDeg.length;
  const positions: Position[] = [];
  let doubleArea = 0;
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count;
    const from: Position = [ring.lonDeg[i]!, ring.latDeg[i]!];
    const to: Position = [ring.lonDeg[j]!, ring.latDeg[j]!];
    if (Math.abs(from[0] - to[0]) >= 180 || Math.abs(from[1]) === 90) return null;
    positions.push(from);
    addBetween(positions, from, vectors.subarray(3 * i, 3 * i + 3), to, vectors.subarray(3 * j, 3 * j + 3));
    doubleArea += from[0] * to[1] - to[0] * from[1];
  }
  positions.push(positions[0]!);
  return doubleArea > 0 === isOuter ? positions : positions.reverse();
}

/** Halves an edge until its pieces lie along their straight lines. */
function addBetween(
  positions: Position[],
  from: Position,
  fromVector: Float64Array,
  to: Position,
  toVector: Float64Array,
): void {
  const [x, y, z] = [0, 1, 2].map((k) => fromVector[k]! + toVector[k]!) as [number, number, number];
  const middle: Position = [Math.atan2(y, x) * DEG, Math.atan2(z, Math.hypot(x, y)) * DEG];
  const width = to[0] - from[0];
  const share = width === 0 ? 0.5 : (middle[0] - from[0]) / width;
  const straight = from[1] + share * (to[1] - from[1]);
  if (width === 0 || Math.abs(middle[1] - straight) < MOST_BULGE_DEG) return;
  const norm = Math.hypot(x, y, z);
  const vector = Float64Array.of(x / norm, y / norm, z / norm);
  addBetween(positions, from, fromVector, middle, vector);
  positions.push(middle);
  addBetween(positions, middle, vector, to, toVector);
}
