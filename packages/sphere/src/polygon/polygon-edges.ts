/** The edges of a polygon, computed where they matter. */
import type { PolygonArrays } from "./polygon-arrays.js";

/** Covers the rounding of a middle whose edge is as near to half a turn as is admitted. */
const HALF_CHORD_SLACK = 1 + 1e-9;

/** Covers the rounding of chords that are computed from products of unit vectors. */
const CHORD_SLACK = 1e-7;

/** A part of the sphere: the cap around a unit vector that is this chord wide, from the middle to the rim. */
export interface Cap {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly chord: number;
}

/**
 * Lists in `near` the edges that may come into a cap, ascending, leaving out none that do.
 * @returns how many
 */
export function listNearEdges({ vertices, next, near }: PolygonArrays, edges: number, cap: Cap): number {
  const { x, y, z, chord } = cap;
  let count = 0;
  for (let edge = 0; edge < edges; edge++) {
    const a = 3 * edge;
    const b = 3 * next[edge]!;
    const ax = vertices[a]!;
    const ay = vertices[a + 1]!;
    const az = vertices[a + 2]!;
    const away = (ax - x) ** 2 + (ay - y) ** 2 + (az - z) ** 2;
    const length = (vertices[b]! - ax) ** 2 + (vertices[b + 1]! - ay) ** 2 + (vertices[b + 2]! - az) ** 2;
    // No point of an edge is farther from its start than its end is.
    if (Math.sqrt(away) <= chord + Math.sqrt(length) + CHORD_SLACK) near[count++] = edge;
  }
  return count;
}

/** Writes normal, middle and half chord of an edge whose ends are not opposite. */
export function writeEdge(arrays: PolygonArrays, edge: number): void {
  const { vertices, next, normals, middles, halfChords } = arrays;
  const a = 3 * edge;
  const b = 3 * next[edge]!;
  const ax = vertices[a]!;
  const ay = vertices[a + 1]!;
  const az = vertices[a + 2]!;
  const bx = vertices[b]!;
  const by = vertices[b + 1]!;
  const bz = vertices[b + 2]!;
  const sx = ax + bx;
  const sy = ay + by;
  const sz = az + bz;
  const sum = Math.sqrt(sx * sx + sy * sy + sz * sz);
  // (b − a) and (a + b) are exact or nearly so for short and for long edges alike; (a + b) × (b − a) = 2 a × b.
  const dx = bx - ax;
  const dy = by - ay;
  const dz = bz - az;
  const nx = sy * dz - sz * dy;
  const ny = sz * dx - sx * dz;
  const nz = sx * dy - sy * dx;
  const norm = Math.sqrt(nx * nx + ny * ny + nz * nz);
  normals[a] = nx / norm;
  normals[a + 1] = ny / norm;
  normals[a + 2] = nz / norm;
  const mx = sx / sum;
  const my = sy / sum;
  const mz = sz / sum;
  middles[a] = mx;
  middles[a + 1] = my;
  middles[a + 2] = mz;
  halfChords[edge] = HALF_CHORD_SLACK * Math.sqrt((ax - mx) ** 2 + (ay - my) ** 2 + (az - mz) ** 2);
}
