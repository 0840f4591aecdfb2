/** Point in region, ready for many questions: a polygon is an outer ring and its holes, a region any number of polygons. */
import type { Region } from "@zagg/core";
import { indexRing } from "./indexed-ring.js";
import { preparePolygon } from "./prepared-polygon.js";

/** A region ready for many questions. */
export interface RegionIndex {
  /** Unit vectors of the vertices of every ring, three numbers each; none equals the next. A ring that is nothing but a seam has none. */
  readonly rings: readonly Float64Array[];
  /** Whether a point of the unit sphere is inside; points on an edge may go either way. */
  contains(x: number, y: number, z: number): boolean;
}

/** @throws GeometryError `GEOMETRY_COORDINATE`, `GEOMETRY_RING`, `GEOMETRY_EDGE`, `GEOMETRY_CROSSING` */
export function indexRegion(region: Region): RegionIndex {
  const polygons = region.map((polygon) => {
    const { rings, vertices } = preparePolygon(polygon);
    return rings.map(({ start, stop, side }) => {
      const ring = vertices.slice(3 * start, 3 * stop);
      return { ring, index: indexRing(ring, side) };
    });
  });
  return {
    rings: polygons.flatMap((rings) => rings.map(({ ring }) => ring)),
    contains: (x, y, z) =>
      polygons.some((rings) => {
        let holding = 0;
        for (const { index } of rings) if (index.contains(x, y, z)) holding++;
        return holding % 2 === 1;
      }),
  };
}
