/** A polygon as the flat arrays that coverage tests run over. */
import { GeometryError, type Polygon } from "@zagg/core";
import { faceCellsOfPoints, MAX_ORDER } from "../kernels/face-cells.js";
import type { LatitudeConvention } from "../latitude.js";
import { readRing, type RingVertices } from "./ring-vertices.js";
import { ringSide, type RingSide } from "./ring-side.js";

/** Vertex e is the start of edge e; the rings follow one another. */
export interface PreparedPolygon {
  readonly edges: number;
  /** Unit vectors, three numbers a vertex. */
  readonly vertices: Float64Array;
  /** The vertex at which edge e ends. */
  readonly next: Int32Array;
  /** Unit normals of the edges; the left side is positive. */
  readonly normals: Float64Array;
  /** Middles of the edges, unit vectors. */
  readonly middles: Float64Array;
  /** Chord from the middle of an edge to either end. */
  readonly halfChords: Float64Array;
  /** Where the vertices lie at order 29. */
  readonly face: Int32Array;
  readonly ix: Int32Array;
  readonly iy: Int32Array;
  readonly rings: readonly PreparedRing[];
}

/** One ring within the arrays of its polygon. */
export interface PreparedRing {
  /** Its edges: start … stop−1. */
  readonly start: number;
  readonly stop: number;
  readonly side: RingSide;
}

/** Edges whose ends are nearer to opposite than this chord, 6 m on the Earth, have no certain direction. */
const OPPOSITE_CHORD = 1e-6;

/** Covers the rounding of a middle whose edge is as near to half a turn as is admitted. */
const HALF_CHORD_SLACK = 1 + 1e-9;

/** @throws GeometryError for a ring that {@link readRing} refuses, and `GEOMETRY_EDGE` */
export function preparePolygon(polygon: Polygon, latitude: LatitudeConvention): PreparedPolygon {
  const rings = polygon.map((ring) => readRing(ring, latitude));
  const edges = rings.reduce((total, ring) => total + ring.count, 0);
  const vertices = new Float64Array(3 * edges);
  const next = new Int32Array(edges);
  const lonDeg = new Float64Array(edges);
  const latDeg = new Float64Array(edges);
  const bounds: number[] = [0];
  for (const ring of rings) bounds.push(append(ring, bounds.at(-1) ?? 0, vertices, next, lonDeg, latDeg));
  const polygonArrays = {
    edges,
    vertices,
    next,
    normals: new Float64Array(3 * edges),
    middles: new Float64Array(3 * edges),
    halfChords: new Float64Array(edges),
    face: new Int32Array(edges),
    ix: new Int32Array(edges),
    iy: new Int32Array(edges),
  };
  const { normals, middles, halfChords, face, ix, iy } = polygonArrays;
  for (let edge = 0; edge < edges; edge++) {
    const directed = writeEdge(edge, vertices, next, normals, middles, halfChords);
    if (!directed) throw antipodal(lonDeg, latDeg, edge, next[edge] as number);
  }
  faceCellsOfPoints(MAX_ORDER, lonDeg, latDeg, 0, edges, latitude, face, ix, iy);
  return {
    ...polygonArrays,
    rings: rings.map((_, r) => {
      const start = bounds[r] as number;
      const stop = bounds[r + 1] as number;
      return { start, stop, side: ringSide(vertices, normals, middles, start, stop) };
    }),
  };
}

function append(
  ring: RingVertices,
  start: number,
  vertices: Float64Array,
  next: Int32Array,
  lonDeg: Float64Array,
  latDeg: Float64Array,
): number {
  const stop = start + ring.count;
  vertices.set(ring.vectors, 3 * start);
  lonDeg.set(ring.lonDeg, start);
  latDeg.set(ring.latDeg, start);
  for (let i = start; i < stop; i++) next[i] = i + 1 < stop ? i + 1 : start;
  return stop;
}

/** @returns false, with nothing written, when the ends are opposite */
function writeEdge(
  edge: number,
  vertices: Float64Array,
  next: Int32Array,
  normals: Float64Array,
  middles: Float64Array,
  halfChords: Float64Array,
): boolean {
  const a = 3 * edge;
  const b = 3 * (next[edge] as number);
  const ax = vertices[a] as number;
  const ay = vertices[a + 1] as number;
  const az = vertices[a + 2] as number;
  const bx = vertices[b] as number;
  const by = vertices[b + 1] as number;
  const bz = vertices[b + 2] as number;
  const sx = ax + bx;
  const sy = ay + by;
  const sz = az + bz;
  const sum = Math.hypot(sx, sy, sz);
  if (sum < OPPOSITE_CHORD) return false;
  // (b − a) and (a + b) are exact or nearly so for short and for long edges alike; (a + b) × (b − a) = 2 a × b.
  const dx = bx - ax;
  const dy = by - ay;
  const dz = bz - az;
  const nx = sy * dz - sz * dy;
  const ny = sz * dx - sx * dz;
  const nz = sx * dy - sy * dx;
  const norm = Math.hypot(nx, ny, nz);
  normals[a] = nx / norm;
  normals[a + 1] = ny / norm;
  normals[a + 2] = nz / norm;
  const mx = sx / sum;
  const my = sy / sum;
  const mz = sz / sum;
  middles[a] = mx;
  middles[a + 1] = my;
  middles[a + 2] = mz;
  halfChords[edge] = HALF_CHORD_SLACK * Math.hypot(ax - mx, ay - my, az - mz);
  return true;
}

function antipodal(lonDeg: Float64Array, latDeg: Float64Array, start: number, end: number): GeometryError {
  const place = (vertex: number): string => `longitude ${lonDeg[vertex]}, latitude ${latDeg[vertex]}`;
  return new GeometryError("GEOMETRY_EDGE", {
    what: `an edge joins opposite points of the sphere, ${place(start)} and ${place(end)}`,
    why: "every great circle through one of them passes through the other, so that the edge has no direction",
    mend: "add a vertex between them",
  });
}
