/** Whether two regions have a point in common, for regions of any number of edges. In doubt they have. */
import type { Region } from "@zagg/core";
import { edgesMeet, edgeTree, type EdgeTree } from "./edge-tree.js";
import { polygonHolds } from "./polygon-parity.js";
import { preparePolygon, type PreparedPolygon } from "./prepared-polygon.js";
import type { Vector } from "../vector/vector.js";

/** A region that many others are compared with. */
export interface PreparedRegion {
  readonly polygons: readonly PreparedPolygon[];
  /** The edges of each ring of each polygon. */
  readonly edges: readonly EdgeTree[];
}

/** @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`, `GEOMETRY_CROSSING` */
export function prepareRegion(region: Region): PreparedRegion {
  const polygons = region.map((polygon) => preparePolygon(polygon));
  const edges = polygons.flatMap(({ rings, vertices }) =>
    rings
      .filter(({ start, stop }) => start < stop)
      .map(({ start, stop }) => edgeTree(vertices.subarray(3 * start, 3 * stop))),
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

/** Whether a place of a polygon of the other is held; when no edges meet, any vertex tells. The whole globe has none, and is everywhere. */
function holdsVertexOf({ polygons }: PreparedRegion, other: PreparedRegion): boolean {
  return other.polygons.some(({ edges, vertices, rings }) => {
    const known = rings[0]?.side;
    const [x, y, z] =
      edges > 0 || known === undefined ? (vertices as unknown as Vector) : [known.x, known.y, known.z];
    return rings.length > 0 && polygons.some((polygon) => polygonHolds(polygon, x, y, z));
  });
}
