/** Whether two regions have a point in common, for regions of any number of edges. In doubt they have. */
import type { Region } from "@zagg/core";
import { edgesMeet, edgeTree, type EdgeTree } from "./edge-tree.js";
import { polygonHolds } from "./polygon-parity.js";
import { preparePolygon, type PreparedPolygon } from "./prepared-polygon.js";

/** A region that many others are compared with. */
export interface PreparedRegion {
  readonly polygons: readonly PreparedPolygon[];
  /** The edges of each ring of each polygon. */
  readonly edges: readonly EdgeTree[];
}

/** @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE` */
export function prepareRegion(region: Region): PreparedRegion {
  const polygons = region.map((polygon) => preparePolygon(polygon));
  const edges = polygons.flatMap(({ rings, vertices }) =>
    rings.map(({ start, stop }) => edgeTree(vertices.subarray(3 * start, 3 * stop))),
  );
  return { polygons, edges };
}

/** They share a point when edges meet, or when one holds a vertex of the other. */
export function regionsMeet(a: PreparedRegion, b: PreparedRegion): boolean {
  return (
    a.edges.some((edges) => b.edges.some((others) => edgesMeet(edges, others))) ||
    holdsVertexOf(a, b) ||
    holdsVertexOf(b, a)
  );
}

/** Whether the first vertex of a polygon of the other is held; when no edges meet, any vertex of its outer ring tells. */
function holdsVertexOf({ polygons }: PreparedRegion, other: PreparedRegion): boolean {
  return other.polygons.some(({ vertices }) => {
    const [x, y, z] = vertices as unknown as [number, number, number];
    return polygons.some((polygon) => polygonHolds(polygon, x, y, z));
  });
}
