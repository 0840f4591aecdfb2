/** The box in longitude and latitude around a region. */
import type { BoundingBox, Region, Ring } from "@zagg/core";
import { preparePolygon } from "../polygon/prepared-polygon.js";
import { tracedRing, type Poles } from "../polygon/traced-ring.js";
import { hemisphereOf } from "../vector/hemisphere.js";
import { foldedLongitude } from "../vector/longitude.js";
import { plainVectorOf, ringVectors } from "../vector/unit-vectors.js";
import { cross, dot, type Vector } from "../vector/vector.js";

const DEG = 180 / Math.PI;
/** Great circles stray from parallels; less than this, 11 m, is below what footprints are accurate to. Degrees. */
const LEAST_BULGE_DEG = 1e-4;

/** Extents that lie nearer to each other, 0.1 mm, have no gap between them: sums of longitudes are rounded. */
const LEAST_GAP_DEG = 1e-9;

/** Degrees; longitudes are those of vertices, `width` goes east from the west one. */
interface Extent {
  readonly west: number;
  readonly east: number;
  readonly width: number;
  readonly south: number;
  readonly north: number;
}

/** The smallest box around a region's outer rings; west greater than east across the antimeridian. */
export function boxOfRegion(region: Region): BoundingBox {
  const extents = region.map(([outer]) => extentOf(outer as Ring));
  const south = extents.reduce((least, extent) => Math.min(least, extent.south), 90);
  const north = extents.reduce((most, extent) => Math.max(most, extent.north), -90);
  const [west, east] = unionOfLongitudes(extents);
  return [west, south, east, north];
}

function extentOf(outer: Ring): Extent {
  const cap = hemisphereOf(ringVectors(outer), 0, outer.lonDeg.length);
  if (cap !== undefined) return extentOfEdges(outer, { north: cap.z > 0, south: cap.z <= 0 }, true);
  const polygon = preparePolygon([outer]);
  const { ring, poles } = tracedRing(polygon, polygon.rings[0]!);
  return extentOfEdges(ring, poles, false);
}

/** @param poles which it holds; of a ring that fits in a hemisphere, which one it holds if it goes around one */
function extentOfEdges({ lonDeg, latDeg }: Ring, poles: Poles, isSmall: boolean): Extent {
  const vectors = Array.from(lonDeg, (lon, i) => plainVectorOf(lon, latDeg[i]!));
  const count = lonDeg.length;
  let [south, north] = [90, -90];
  let [turned, least, most] = [0, 0, 0];
  let [westmost, eastmost] = [0, 0];
  for (let i = 0; i < count; i++) {
    const next = (i + 1) % count;
    const apex = apexDeg(vectors[i]!, vectors[next]!);
    const [lat, nextLat] = [latDeg[i]!, latDeg[next]!];
    north = Math.max(north, lat, apex - Math.max(lat, nextLat) > LEAST_BULGE_DEG ? apex : lat);
    south = Math.min(south, lat, Math.min(lat, nextLat) - apex > LEAST_BULGE_DEG ? apex : lat);
    turned += foldedLongitude(lonDeg[next]! - lonDeg[i]!);
    if (next !== 0 && turned < least) [least, westmost] = [turned, next];
    if (next !== 0 && turned > most) [most, eastmost] = [turned, next];
  }
  const winding = Math.round(turned / 360);
  if (winding === 0 && (isSmall || (!poles.north && !poles.south))) {
    return { west: lonDeg[westmost]!, east: lonDeg[eastmost]!, width: most - least, south, north };
  }
  return {
    west: -180,
    east: 180,
    width: 360,
    south: poles.south ? -90 : south,
    north: poles.north ? 90 : north,
  };
}

/** The latitude of the edge's point farthest from the equator when it lies between the ends; else NaN. */
function apexDeg(from: Vector, to: Vector): number {
  const normal = cross(from, to);
  const [nx, ny, nz] = normal;
  // Toward the northmost point of the circle, and how far the ends lie before it.
  const north: Vector = [-nx * nz, -ny * nz, nx * nx + ny * ny];
  const afterFrom = dot(north, cross(normal, from));
  const afterTo = dot(north, cross(normal, to));
  if (afterFrom * afterTo >= 0) return NaN;
  return Math.sign(afterFrom) * Math.atan2(Math.hypot(nx, ny), Math.abs(nz)) * DEG;
}

/** The shortest stretch of longitudes that holds all: what remains beside the widest gap. */
function unionOfLongitudes(extents: readonly Extent[]): readonly [west: number, east: number] {
  if (extents.some(({ width }) => width >= 360)) return [-180, 180];
  const sorted = extents.toSorted((a, b) => a.west - b.west);
  let reached = -Infinity;
  let reachedEast = 0;
  let widest = { gap: 0, west: -180, east: 180 };
  // Each extent twice, a turn apart, so that the gap across the antimeridian is seen too.
  for (const turn of [0, 360]) {
    for (const { west, east, width } of sorted) {
      const from = west + turn;
      const gap = from - reached;
      if (Number.isFinite(gap) && gap > LEAST_GAP_DEG && gap > widest.gap)
        widest = { gap, west, east: reachedEast };
      if (from + width > reached) [reached, reachedEast] = [from + width, east];
    }
  }
  return [widest.west, widest.east];
}
