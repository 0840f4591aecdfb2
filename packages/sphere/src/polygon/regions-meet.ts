/** Whether two regions have a point in common, for regions of any number of edges. In doubt they have. */
import type { Region } from "@zagg/core";
import { edgeTree, firstPair, type EdgeTree } from "./edge-tree.js";
import { edgesMeet } from "./edges-meet.js";
import { polygonHolds } from "./polygon-parity.js";
import { preparePolygon, type PreparedPolygon } from "./prepared-polygon.js";
import type { Vector } from "../vector/vector.js";

/** A region that many others are compared with. */
export interface PreparedRegion {
  readonly polygons: readonly PreparedPolygon[];
  readonly rings: readonly RingEdges[];
}

/** The edges of a ring of a polygon; those of the tree are counted from `start`. */
interface RingEdges {
  readonly polygon: PreparedPolygon;
  readonly start: number;
  readonly tree: EdgeTree;
}

/** @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`, `GEOMETRY_CROSSING` */
export function prepareRegion(region: Region): PreparedRegion {
  const polygons = region.map((polygon) => preparePolygon(polygon));
  const rings = polygons.flatMap((polygon) =>
    polygon.rings
      .filter(({ start, stop }) => start < stop)
      .map(({ start, stop }) => ({
        polygon,
        start,
        tree: edgeTree(polygon.vertices.subarray(3 * start, 3 * stop)),
      })),
  );
  return { polygons, rings };
}

/** They share a point when edges meet, or when one holds a vertex of the other. */
export function regionsMeet(a: PreparedRegion, b: PreparedRegion): boolean {
  return (
    a.rings.some((ring) => b.rings.some((other) => ringsMeet(ring, other))) ||
    holdsVertexOf(a, b) ||
    holdsVertexOf(b, a)
  );
}

function ringsMeet(a: RingEdges, b: RingEdges): boolean {
  const meet = (i: number, j: number): boolean => edgesMeet(a.polygon, a.start + i, b.polygon, b.start + j);
  return firstPair(a.tree, b.tree, meet) !== undefined;
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
