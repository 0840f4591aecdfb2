/** Point in region: a polygon is an outer ring and its holes, a region any number of polygons. */
import type { Region } from "@zagg/core";
import { indexRing, type RingIndex } from "./ring-index.js";
import { regionVectors, type RingVectors } from "./sphere.js";

/** A region ready for many questions. */
export interface RegionIndex {
  readonly rings: readonly RingVectors[];
  /** Whether a point of the unit sphere is inside; points on an edge may go either way. */
  contains(x: number, y: number, z: number): boolean;
}

/** @throws GeometryError `GEOMETRY_COORDINATE`, `GEOMETRY_RING`, `GEOMETRY_EDGE` */
export function indexRegion(region: Region): RegionIndex {
  const polygons = regionVectors(region);
  const indices: readonly (readonly RingIndex[])[] = polygons.map((rings) => rings.map(indexRing));
  return {
    rings: polygons.flat(),
    contains: (x, y, z) =>
      indices.some((rings) => {
        let holding = 0;
        for (const ring of rings) if (ring.contains(x, y, z)) holding++;
        return holding % 2 === 1;
      }),
  };
}
