/** A polygon ready to be asked which points it holds and which of its edges come near a cap. */
import { type Polygon } from "@zagg/core";
import { hemisphereOf } from "@zagg/sphere";
import { s2 } from "s2js";
import type { Cap } from "../cell-cap.js";
import { readRing } from "./ring-vertices.js";

/** Edge e runs from vertex e to vertex next[e]; the rings follow one another. */
export interface PreparedPolygon {
  readonly edges: number;
  /** Unit vectors, three numbers a vertex. */
  readonly vertices: Float64Array;
  readonly next: Int32Array;
  /** Unit normals of the edges; the left side is positive. */
  readonly normals: Float64Array;
  readonly rings: readonly PreparedRing[];
}

interface PreparedRing {
  readonly loop: s2.Loop;
  /** Whether the inside of the ring is the outside of the loop. */
  readonly reversed: boolean;
}

/** @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE` */
export function preparePolygon(polygon: Polygon): PreparedPolygon {
  const rings = polygon.map(readRing);
  const edges = rings.reduce((total, ring) => total + ring.length / 3, 0);
  const vertices = new Float64Array(3 * edges);
  const next = new Int32Array(edges);
  let start = 0;
  for (const ring of rings) {
    const stop = start + ring.length / 3;
    vertices.set(ring, 3 * start);
    for (let i = start; i < stop; i++) next[i] = i + 1 < stop ? i + 1 : start;
    start = stop;
  }
  return { edges, vertices, next, normals: edgeNormals(vertices, next), rings: rings.map(prepareRing) };
}

/** Whether a point is inside an odd number of the rings. Only asked of points that are away from every edge. */
export function polygonHolds({ rings }: PreparedPolygon, x: number, y: number, z: number): boolean {
  const point = new s2.Point(x, y, z);
  let inside = false;
  for (const { loop, reversed } of rings) if (loop.containsPoint(point) !== reversed) inside = !inside;
  return inside;
}

/**
 * Appends to a list those of its edges (from … to−1) that meet a cap.
 * @returns the end of the appended part, which begins at `to`
 */
export function keepNearEdges(
  { vertices, next, normals }: PreparedPolygon,
  list: Int32Array,
  from: number,
  to: number,
  { x, y, z, chord, sine }: Cap,
): number {
  const reach = chord * chord;
  let end = to;
  for (let i = from; i < to; i++) {
    const edge = list[i]!;
    const a = 3 * edge;
    const nx = normals[a]!;
    const ny = normals[a + 1]!;
    const nz = normals[a + 2]!;
    const height = nx * x + ny * y + nz * z;
    if (height > sine || height < -sine) continue;
    const b = 3 * next[edge]!;
    const ax = vertices[a]!;
    const ay = vertices[a + 1]!;
    const az = vertices[a + 2]!;
    const bx = vertices[b]!;
    const by = vertices[b + 1]!;
    const bz = vertices[b + 2]!;
    const near =
      (ax - x) ** 2 + (ay - y) ** 2 + (az - z) ** 2 <= reach ||
      (bx - x) ** 2 + (by - y) ** 2 + (bz - z) ** 2 <= reach ||
      // Between the ends: ahead of the first and not yet past the second, along the edge.
      ((ny * az - nz * ay) * x + (nz * ax - nx * az) * y + (nx * ay - ny * ax) * z >= 0 &&
        (ny * bz - nz * by) * x + (nz * bx - nx * bz) * y + (nx * by - ny * bx) * z <= 0);
    if (near) list[end++] = edge;
  }
  return end;
}

/**
 * A loop's inside is left of its edges. A ring that fits in a hemisphere does not hold the middle of the other one, which
 * settles its side whatever its direction, and also when it crosses itself.
 */
function prepareRing(vectors: Float64Array): PreparedRing {
  const points: s2.Point[] = [];
  for (let k = 0; k < vectors.length; k += 3) {
    points.push(new s2.Point(vectors[k]!, vectors[k + 1]!, vectors[k + 2]!));
  }
  const loop = new s2.Loop(points);
  const cap = hemisphereOf(vectors, 0, points.length);
  const reversed = cap !== undefined && loop.bruteForceContainsPoint(new s2.Point(-cap.x, -cap.y, -cap.z));
  return { loop, reversed };
}

function edgeNormals(vertices: Float64Array, next: Int32Array): Float64Array {
  const normals = new Float64Array(vertices.length);
  for (let edge = 0; edge < next.length; edge++) {
    const a = 3 * edge;
    const b = 3 * next[edge]!;
    const sx = vertices[a]! + vertices[b]!;
    const sy = vertices[a + 1]! + vertices[b + 1]!;
    const sz = vertices[a + 2]! + vertices[b + 2]!;
    const dx = vertices[b]! - vertices[a]!;
    const dy = vertices[b + 1]! - vertices[a + 1]!;
    const dz = vertices[b + 2]! - vertices[a + 2]!;
    // (a + b) × (b − a) = 2 a × b, and precise for short and for long edges alike.
    const nx = sy * dz - sz * dy;
    const ny = sz * dx - sx * dz;
    const nz = sx * dy - sy * dx;
    const norm = Math.hypot(nx, ny, nz);
    normals[a] = nx / norm;
    normals[a + 1] = ny / norm;
    normals[a + 2] = nz / norm;
  }
  return normals;
}
