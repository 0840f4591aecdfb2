/** A polygon as the flat arrays that coverage tests run over. */
import { GeometryError, type Polygon } from "@zagg/core";
import { faceCellsOfPoints, MAX_ORDER } from "../kernels/face-cells.js";
import type { LatitudeConvention } from "../latitude.js";
import { createPolygonArrays, reserveVertices, type PolygonArrays } from "./polygon-arrays.js";
import { listNearEdges, oppositeEdge, writeEdge, type Cap } from "./polygon-edges.js";
import { readRing } from "./ring-vertices.js";
import { ringSide, type RingSide } from "./ring-side.js";

/** A polygon in its arrays, which it shares with the next one that is prepared in them; rings follow one another. */
export interface PreparedPolygon extends Readonly<PolygonArrays> {
  readonly edges: number;
  /** How many edges are listed in `near`: normals, middles, chords and cells are those of these edges only. */
  readonly nearEdges: number;
  readonly rings: readonly PreparedRing[];
}

/** One ring within the arrays of its polygon. */
export interface PreparedRing {
  /** Its edges: start … stop−1. */
  readonly start: number;
  readonly stop: number;
  readonly side: RingSide;
}

/** Holds every point of the sphere. */
const EVERYWHERE: Cap = { x: 0, y: 0, z: 1, chord: 2 };

/**
 * @param arrays of which the polygon becomes a view; changed
 * @param cap    the part of the sphere that matters
 * @throws GeometryError for a ring that {@link readRing} refuses, and `GEOMETRY_EDGE`
 */
export function preparePolygon(
  polygon: Polygon,
  latitude: LatitudeConvention,
  arrays: PolygonArrays = createPolygonArrays(0),
  cap: Cap = EVERYWHERE,
): PreparedPolygon {
  reserveVertices(
    arrays,
    polygon.reduce((total, { lonDeg }) => total + lonDeg.length, 0),
  );
  let edges = 0;
  const bounds = polygon.map((ring) => {
    const start = edges;
    edges += readRing(ring, latitude, arrays, start);
    for (let i = start; i < edges; i++) arrays.next[i] = i + 1 < edges ? i + 1 : start;
    return start;
  });
  const opposite = oppositeEdge(arrays, edges);
  if (opposite >= 0) throw antipodal(arrays, opposite);
  const nearEdges = listNearEdges(arrays, edges, cap);
  for (let i = 0; i < nearEdges; i++) writeEdge(arrays, arrays.near[i]!);
  writeCells(arrays, nearEdges, latitude);
  const rings = bounds.map((start, r) => {
    const stop = bounds[r + 1] ?? edges;
    return { start, stop, side: ringSide(arrays, start, stop) };
  });
  return { ...arrays, edges, nearEdges, rings };
}

/** Where the near edges start. */
function writeCells(arrays: PolygonArrays, nearEdges: number, latitude: LatitudeConvention): void {
  const { near, nearLonDeg, nearLatDeg, nearFace, nearIx, nearIy, lonDeg, latDeg, face, ix, iy } = arrays;
  for (let i = 0; i < nearEdges; i++) {
    const edge = near[i]!;
    nearLonDeg[i] = lonDeg[edge]!;
    nearLatDeg[i] = latDeg[edge]!;
  }
  faceCellsOfPoints(MAX_ORDER, nearLonDeg, nearLatDeg, 0, nearEdges, latitude, nearFace, nearIx, nearIy);
  for (let i = 0; i < nearEdges; i++) {
    const edge = near[i]!;
    face[edge] = nearFace[i]!;
    ix[edge] = nearIx[i]!;
    iy[edge] = nearIy[i]!;
  }
}

function antipodal({ lonDeg, latDeg, next }: PolygonArrays, edge: number): GeometryError {
  const place = (vertex: number): string => `longitude ${lonDeg[vertex]}, latitude ${latDeg[vertex]}`;
  return new GeometryError("GEOMETRY_EDGE", {
    what: `an edge joins opposite points of the sphere, ${place(edge)} and ${place(next[edge]!)}`,
    why: "every great circle through one of them passes through the other, so that the edge has no direction",
    mend: "add a vertex between them",
  });
}
