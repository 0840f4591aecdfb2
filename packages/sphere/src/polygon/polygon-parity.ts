/** Whether a probe point is inside a polygon: the parity of the edges between it and a point that is known. */
import { probeProbeVertex, probeVertexVertex } from "./orientation.js";
import type { PreparedPolygon, PreparedRing } from "./prepared-polygon.js";

/** A probe that is farther than this from an edge's plane is surely on that side; normals are good to a few 1e-16. */
export const PLANE_ERROR = 4e-15;

/** So near to the middle of a cap, radians, the direction of a probe is too uncertain to find the rim by it. */
const NEAR_MIDDLE = 1e-3;

/** Below this cosine an arc is too near to half a turn to be walked in one step. */
const LONG_ARC_COS = -0.99;

/** Whether a point of the sphere is inside: in an odd number of the rings. */
export function polygonHolds(polygon: PreparedPolygon, x: number, y: number, z: number): boolean {
  let inside = false;
  for (const ring of polygon.rings) if (ringHolds(polygon, ring, x, y, z)) inside = !inside;
  return inside;
}

/** Whether an odd number of listed edges (from … to−1 of `list`) crosses the arc p→q, which is shorter than half a turn. */
export function crossesOddly(
  polygon: PreparedPolygon,
  list: Int32Array,
  from: number,
  to: number,
  px: number,
  py: number,
  pz: number,
  qx: number,
  qy: number,
  qz: number,
): boolean {
  const { normals } = polygon;
  let odd = false;
  for (let i = from; i < to; i++) {
    const edge = list[i]!;
    const v = 3 * edge;
    const nx = normals[v]!;
    const ny = normals[v + 1]!;
    const nz = normals[v + 2]!;
    const pHeight = nx * px + ny * py + nz * pz;
    const qHeight = nx * qx + ny * qy + nz * qz;
    if (pHeight > PLANE_ERROR && qHeight > PLANE_ERROR) continue;
    if (pHeight < -PLANE_ERROR && qHeight < -PLANE_ERROR) continue;
    if (edgeCrosses(polygon, edge, px, py, pz, qx, qy, qz)) odd = !odd;
  }
  return odd;
}

/**
 * Whether an edge crosses the arc between two points, three numbers each in `points`; the arc is shorter than half a
 * turn. Heights are those of the points over the edge's plane.
 */
export function edgeCrossesBetween(
  polygon: PreparedPolygon,
  edge: number,
  points: Float64Array,
  p: number,
  q: number,
  pHeight: number,
  qHeight: number,
): boolean {
  const px = points[p]!;
  const py = points[p + 1]!;
  const pz = points[p + 2]!;
  const qx = points[q]!;
  const qy = points[q + 1]!;
  const qz = points[q + 2]!;
  const { vertices, next } = polygon;
  const v = 3 * edge;
  const w = 3 * next[edge]!;
  const nx = py * qz - pz * qy;
  const ny = pz * qx - px * qz;
  const nz = px * qy - py * qx;
  const vHeight = nx * vertices[v]! + ny * vertices[v + 1]! + nz * vertices[v + 2]!;
  const wHeight = nx * vertices[w]! + ny * vertices[w + 1]! + nz * vertices[w + 2]!;
  if (vHeight > PLANE_ERROR && wHeight > PLANE_ERROR) return false;
  if (vHeight < -PLANE_ERROR && wHeight < -PLANE_ERROR) return false;
  const isClear =
    Math.abs(vHeight) > PLANE_ERROR &&
    Math.abs(wHeight) > PLANE_ERROR &&
    Math.abs(pHeight) > PLANE_ERROR &&
    Math.abs(qHeight) > PLANE_ERROR;
  if (isClear) return pHeight > 0 !== qHeight > 0 && vHeight > 0 === qHeight > 0;
  return edgeCrosses(polygon, edge, px, py, pz, qx, qy, qz);
}

function ringHolds(polygon: PreparedPolygon, ring: PreparedRing, x: number, y: number, z: number): boolean {
  const { side } = ring;
  const cosine = side.x * x + side.y * y + side.z * z;
  if (side.kind === "large") {
    const { inside } = side;
    if (cosine > LONG_ARC_COS)
      return inside !== ringCrossesOddly(polygon, ring, side.x, side.y, side.z, x, y, z);
    const [mx, my, mz] = square(side.x, side.y, side.z);
    const first = ringCrossesOddly(polygon, ring, side.x, side.y, side.z, mx, my, mz);
    return inside !== (first !== ringCrossesOddly(polygon, ring, mx, my, mz, x, y, z));
  }
  if (cosine < side.cosRadius - PLANE_ERROR) return false;
  // The rim of the hemisphere is outside; walk in from the rim point that lies in the direction of the probe.
  let rx = x - cosine * side.x;
  let ry = y - cosine * side.y;
  let rz = z - cosine * side.z;
  const norm = Math.hypot(rx, ry, rz);
  if (norm < NEAR_MIDDLE) [rx, ry, rz] = square(side.x, side.y, side.z);
  else [rx, ry, rz] = [rx / norm, ry / norm, rz / norm];
  return ringCrossesOddly(polygon, ring, rx, ry, rz, x, y, z);
}

/** Whether an odd number of a ring's edges crosses the arc p→q; only vertices are looked at, not what edges have. */
function ringCrossesOddly(
  polygon: PreparedPolygon,
  ring: PreparedRing,
  px: number,
  py: number,
  pz: number,
  qx: number,
  qy: number,
  qz: number,
): boolean {
  const { vertices } = polygon;
  const nx = py * qz - pz * qy;
  const ny = pz * qx - px * qz;
  const nz = px * qy - py * qx;
  const last = 3 * (ring.stop - 1);
  let odd = false;
  let height = nx * vertices[last]! + ny * vertices[last + 1]! + nz * vertices[last + 2]!;
  // Edge by edge from the one before the first vertex; an edge on one side of the arc's plane does not cross it.
  for (let end = ring.start, edge = ring.stop - 1; end < ring.stop; edge = end++) {
    const before = height;
    const at = 3 * end;
    height = nx * vertices[at]! + ny * vertices[at + 1]! + nz * vertices[at + 2]!;
    if (before > PLANE_ERROR && height > PLANE_ERROR) continue;
    if (before < -PLANE_ERROR && height < -PLANE_ERROR) continue;
    if (edgeCrosses(polygon, edge, px, py, pz, qx, qy, qz)) odd = !odd;
  }
  return odd;
}

/** Whether an edge v→w crosses the arc p→q. */
function edgeCrosses(
  { vertices, next }: PreparedPolygon,
  edge: number,
  px: number,
  py: number,
  pz: number,
  qx: number,
  qy: number,
  qz: number,
): boolean {
  const v = 3 * edge;
  const end = next[edge]!;
  const w = 3 * end;
  const vx = vertices[v]!;
  const vy = vertices[v + 1]!;
  const vz = vertices[v + 2]!;
  const wx = vertices[w]!;
  const wy = vertices[w + 1]!;
  const wz = vertices[w + 2]!;
  const vSide = probeProbeVertex(px, py, pz, qx, qy, qz, vx, vy, vz);
  const wSide = probeProbeVertex(px, py, pz, qx, qy, qz, wx, wy, wz);
  if (vSide === wSide) return false;
  const pSide = probeVertexVertex(px, py, pz, vx, vy, vz, wx, wy, wz, edge < end);
  const qSide = probeVertexVertex(qx, qy, qz, vx, vy, vz, wx, wy, wz, edge < end);
  // Both great circles are crossed; when v is on the left, q is on the left too, or they cross at the far side.
  return pSide !== qSide && vSide === qSide;
}

/** A unit vector at a right angle to another. */
function square(x: number, y: number, z: number): [number, number, number] {
  const norm = Math.hypot(x, y);
  return norm > 0.5 ? [-y / norm, x / norm, 0] : [0, z / Math.hypot(y, z), -y / Math.hypot(y, z)];
}
