/** The cells of the finest order that the vertices of a polygon lie in. */
import type { PreparedPolygon } from "@zagg/sphere";
import { faceCellsOfPoints, MAX_ORDER } from "../kernels/face-cells.js";
import type { LatitudeConvention } from "../latitude.js";

/** By vertex; only those at which a near edge starts are told. Grows, and serves one polygon after another. */
export interface VertexCells {
  face: Int32Array;
  ix: Int32Array;
  iy: Int32Array;
  /** Of the near edges, one after another: where they start, and in which cells. */
  near: {
    readonly lonDeg: Float64Array;
    readonly latDeg: Float64Array;
    readonly face: Int32Array;
    readonly ix: Int32Array;
    readonly iy: Int32Array;
  };
}

/** Room for so many vertices. */
export function createVertexCells(capacity: number): VertexCells {
  const integers = (): Int32Array => new Int32Array(capacity);
  const doubles = (): Float64Array => new Float64Array(capacity);
  const near = { lonDeg: doubles(), latDeg: doubles(), face: integers(), ix: integers(), iy: integers() };
  return { face: integers(), ix: integers(), iy: integers(), near };
}

/** Writes where the near edges of a polygon start. */
export function locateVertices(
  { lonDeg, latDeg, near: edges, nearEdges, capacity }: PreparedPolygon,
  latitude: LatitudeConvention,
  cells: VertexCells,
): void {
  if (cells.face.length < capacity) Object.assign(cells, createVertexCells(capacity));
  const { near, face, ix, iy } = cells;
  for (let i = 0; i < nearEdges; i++) {
    const edge = edges[i]!;
    near.lonDeg[i] = lonDeg[edge]!;
    near.latDeg[i] = latDeg[edge]!;
  }
  faceCellsOfPoints(MAX_ORDER, near.lonDeg, near.latDeg, 0, nearEdges, latitude, near.face, near.ix, near.iy);
  for (let i = 0; i < nearEdges; i++) {
    const edge = edges[i]!;
    face[edge] = near.face[i]!;
    ix[edge] = near.ix[i]!;
    iy[edge] = near.iy[i]!;
  }
}
