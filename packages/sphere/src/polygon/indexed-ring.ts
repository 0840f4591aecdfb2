/** Point in ring on the sphere, by counting edges between the point and a fixed pole. */
import type { RingSide } from "./ring-side.js";

/** Answers whether a point of the unit sphere is inside; points on the edge may go either way. */
export interface RingIndex {
  contains(x: number, y: number, z: number): boolean;
}

/*
 * Points are taken to a turned frame, so that the pole to which edges are counted, and the half-circle where longitudes
 * wrap, are nowhere special. The rows are orthonormal: a quarter of a turn and more about an oblique axis.
 */
const TURN = [
  0.36,
  0.48,
  -0.8, //
  -0.8,
  0.6,
  0, //
  0.48,
  0.64,
  0.6,
] as const;

const TWO_PI = 2 * Math.PI;
const MAX_BINS = 2048;

/** Indexes the ring of these vertices, of which the side is known. Cost n log n once, then the edges that share a longitude bin with the point. */
export function indexRing(ring: Float64Array, side: RingSide): RingIndex {
  const edges = createEdges(ring);
  const parity = (x: number, y: number, z: number) => countCrossings(edges, x, y, z) % 2 === 1;
  // What is opposite to the middle of the cap around a small ring is outside.
  const flip =
    side.kind === "small"
      ? parity(-side.x, -side.y, -side.z)
      : parity(side.x, side.y, side.z) !== side.inside;
  return { contains: (x, y, z) => parity(x, y, z) !== flip };
}

/** Edges in the turned frame: longitude of both ends, normal of the great circle, and which edges each bin holds. */
interface Edges {
  readonly startLon: Float64Array;
  readonly endLon: Float64Array;
  readonly normals: Float64Array;
  readonly bins: number;
  readonly offsets: Int32Array;
  readonly members: Int32Array;
}

function createEdges(ring: Float64Array): Edges {
  const n = ring.length / 3;
  const turned = new Float64Array(ring.length);
  const startLon = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [x, y, z] = turn(ring[3 * i]!, ring[3 * i + 1]!, ring[3 * i + 2]!);
    turned.set([x, y, z], 3 * i);
    startLon[i] = Math.atan2(y, x);
  }
  const endLon = startLon.map((_, i) => startLon[(i + 1) % n]!);
  const normals = new Float64Array(ring.length);
  for (let i = 0; i < n; i++) writeCross(turned, 3 * i, turned, 3 * ((i + 1) % n), normals, 3 * i);
  const bins = Math.max(8, Math.min(MAX_BINS, 2 * n));
  const counts = new Int32Array(bins + 1);
  for (let i = 0; i < n; i++) forEachBin(startLon, endLon, i, bins, (bin) => counts[bin + 1]!++);
  for (let bin = 0; bin < bins; bin++) counts[bin + 1]! += counts[bin]!;
  const offsets = counts.slice();
  const members = new Int32Array(offsets[bins]!);
  for (let i = 0; i < n; i++) forEachBin(startLon, endLon, i, bins, (bin) => (members[counts[bin]!++] = i));
  return { startLon, endLon, normals, bins, offsets, members };
}

/** Bins from the western end of an edge to its eastern end, with one to spare on both sides. */
function forEachBin(
  startLon: Float64Array,
  endLon: Float64Array,
  edge: number,
  bins: number,
  visit: (bin: number) => void,
): void {
  const start = startLon[edge]!;
  const span = wrap(endLon[edge]! - start);
  const west = span >= 0 ? start : start + span;
  const first = Math.floor(((west + Math.PI) / TWO_PI) * bins) - 1;
  const last = Math.floor(((west + Math.abs(span) + Math.PI) / TWO_PI) * bins) + 1;
  const count = Math.min(bins, last - first + 1);
  for (let k = 0; k < count; k++) visit((((first + k) % bins) + bins) % bins);
}

/** Edges that cross the meridian of a point between it and the pole of the turned frame. */
function countCrossings(edges: Edges, x: number, y: number, z: number): number {
  const { startLon, endLon, normals, bins, offsets, members } = edges;
  const [px, py, pz] = turn(x, y, z);
  const lon = Math.atan2(py, px);
  const bin = Math.min(bins - 1, Math.max(0, Math.floor(((lon + Math.PI) / TWO_PI) * bins)));
  let crossings = 0;
  for (let k = offsets[bin]!; k < offsets[bin + 1]!; k++) {
    const edge = members[k]!;
    const start = wrap(startLon[edge]! - lon);
    const end = wrap(endLon[edge]! - lon);
    if (start >= 0 === end >= 0 || Math.abs(start - end) >= Math.PI) continue;
    const nx = normals[3 * edge]!;
    const ny = normals[3 * edge + 1]!;
    const nz = normals[3 * edge + 2]!;
    if (nx * px + ny * py + nz * pz > 0 !== nz > 0) crossings++;
  }
  return crossings;
}

function turn(x: number, y: number, z: number): [number, number, number] {
  return [
    TURN[0] * x + TURN[1] * y + TURN[2] * z,
    TURN[3] * x + TURN[4] * y + TURN[5] * z,
    TURN[6] * x + TURN[7] * y + TURN[8] * z,
  ];
}

/** To [-π, π). */
function wrap(angle: number): number {
  if (angle >= Math.PI) return angle - TWO_PI;
  return angle < -Math.PI ? angle + TWO_PI : angle;
}

function writeCross(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  out: Float64Array,
  at: number,
): void {
  const [ax, ay, az] = [a[i]!, a[i + 1]!, a[i + 2]!];
  const [bx, by, bz] = [b[j]!, b[j + 1]!, b[j + 2]!];
  out[at] = ay * bz - az * by;
  out[at + 1] = az * bx - ax * bz;
  out[at + 2] = ax * by - ay * bx;
}
