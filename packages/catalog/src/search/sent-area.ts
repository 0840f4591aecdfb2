/** A region as GeoJSON that every API reads alike, whether it draws edges on the sphere or on a flat map. */
import type { JsonObject, Region, Ring } from "@zagg/core";
import {
  hemisphereOf,
  lonLatOf,
  pointsBetween,
  ringVectors,
  type HalvedEdge,
  type LonLat,
} from "@zagg/sphere";

/** An edge that strays farther from its straight line on the map gets vertices in between; degrees, 11 m. */
const MOST_BULGE_DEG = 1e-4;
/** Halvings of an edge; next to a pole many are needed. */
const MAX_DEPTH = 30;

/**
 * One geometry: rings closed, outer ones counter-clockwise and holes clockwise, great circles followed closely.
 * @returns null when a flat map cannot show it: a ring crosses the antimeridian, goes around a pole, or encloses what is outside of it on the map
 */
export function areaForApi(region: Region): JsonObject | null {
  const polygons: LonLat[][][] = [];
  for (const polygon of region) {
    const rings = polygon.map((ring, i) => flatRing(ring, i === 0));
    if (rings.some((ring) => ring === null)) return null;
    polygons.push(rings as LonLat[][]);
  }
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0]! }
    : { type: "MultiPolygon", coordinates: polygons };
}

function flatRing(ring: Ring, isOuter: boolean): LonLat[] | null {
  const count = ring.lonDeg.length;
  const positions: LonLat[] = [];
  let doubleArea = 0;
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count;
    const from: LonLat = [ring.lonDeg[i]!, ring.latDeg[i]!];
    const to: LonLat = [ring.lonDeg[j]!, ring.latDeg[j]!];
    if (Math.abs(from[0] - to[0]) >= 180 || Math.abs(from[1]) === 90) return null;
    positions.push(from, ...pointsBetween(from, to, isStraight, MAX_DEPTH));
    doubleArea += from[0] * to[1] - to[0] * from[1];
  }
  positions.push(positions[0]!);
  // A ring that fits in no hemisphere encloses what is left of it, which a flat map shows only when it goes counter-clockwise.
  if (doubleArea <= 0 && hemisphereOf(ringVectors(ring), 0, count) === undefined) return null;
  return doubleArea > 0 === isOuter ? positions : positions.reverse();
}

/** Whether the straight line between two places follows the great circle. */
function isStraight({ from, to, middle }: HalvedEdge): boolean {
  const [lon, lat] = lonLatOf(middle);
  const width = to[0] - from[0];
  if (width === 0) return true;
  return Math.abs(lat - (from[1] + ((lon - from[0]) / width) * (to[1] - from[1]))) < MOST_BULGE_DEG;
}
