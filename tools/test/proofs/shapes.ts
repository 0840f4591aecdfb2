/** A region together with its inner points and distances, for proofs of coverage. */
import type { Region } from "@zagg/core";
import type { LatitudeConvention } from "@zagg/grid-healpix";
import { edgeDistance } from "./edge-distance.js";
import { planarPolygon } from "./planar-polygon.js";
import { fractions, ringVectors, sphereOf, type Vector } from "./sphere.js";

export interface Shape {
  readonly region: Region;
  /** Random inner points, the same in every run. */
  points(count: number): Vector[];
  holds(p: Vector): boolean;
  /** Distance of a point from the region: 0 inside, and something greater than the reach when it is farther. */
  distances(reach: number): (p: Vector) => number;
}

/** A shape of polygons that each fit in a hemisphere. */
export function planarShape(region: Region, latitude: LatitudeConvention): Shape {
  const sphere = sphereOf(latitude);
  const polygons = region.map((polygon) => planarPolygon(polygon, sphere));
  const holds = (p: Vector): boolean => polygons.some((polygon) => polygon.holds(p));
  return {
    region,
    holds,
    points: (count) => {
      const next = fractions(20261125);
      return Array.from({ length: count }, (_, k) => polygons[k % polygons.length]!.draw(next));
    },
    distances: (reach) => distancesOf(region, latitude, reach, holds),
  };
}

/** A shape whose inside is told by a function, with inner points found by trial. */
export function toldShape(
  region: Region,
  latitude: LatitudeConvention,
  holds: (p: Vector) => boolean,
): Shape {
  return {
    region,
    holds,
    points: (count) => {
      const next = fractions(20261125);
      const found: Vector[] = [];
      while (found.length < count) {
        const z = 2 * next() - 1;
        const lon = 2 * Math.PI * next();
        const p: Vector = [Math.sqrt(1 - z * z) * Math.cos(lon), Math.sqrt(1 - z * z) * Math.sin(lon), z];
        if (holds(p)) found.push(p);
      }
      return found;
    },
    distances: (reach) => distancesOf(region, latitude, reach, holds),
  };
}

function distancesOf(
  region: Region,
  latitude: LatitudeConvention,
  reach: number,
  holds: (p: Vector) => boolean,
): (p: Vector) => number {
  const sphere = sphereOf(latitude);
  const edges = edgeDistance(
    region.flatMap((polygon) => polygon.map((ring) => ringVectors(ring, sphere))),
    reach,
  );
  return (p) => (holds(p) ? 0 : edges.from(p));
}
