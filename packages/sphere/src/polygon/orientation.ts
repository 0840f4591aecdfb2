/**
 * Orientation of three unit vectors: floating point with an error bound, then the same with differences (which keeps
 * points that lie close together apart), then exact arithmetic.
 */
import { exactProbeProbeVertex, exactProbeVertexVertex } from "./exact-orientation.js";

/** Largest error of a determinant of three unit vectors: 18 roundings of products at most 1, each at most 2^-53. */
const DETERMINANT_ERROR = 2e-15;

/** The same relative to the two shorter sides of the triangle, which the difference form multiplies. */
const DIFFERENCE_ERROR = 2e-15;

/** Sign of det(p, q, v) for probes p and q and a vertex v: 1 when v is left of the arc p→q, -1 right; 0 only if p = ±q. */
export function probeProbeVertex(
  px: number,
  py: number,
  pz: number,
  qx: number,
  qy: number,
  qz: number,
  vx: number,
  vy: number,
  vz: number,
): number {
  return (
    floatSign(px, py, pz, qx, qy, qz, vx, vy, vz) || exactProbeProbeVertex(px, py, pz, qx, qy, qz, vx, vy, vz)
  );
}

/**
 * Sign of det(p, v, w) for a probe p and vertices v and w: 1 when p is left of the edge v→w, -1 right.
 * @param vFirst whether v has the lower number
 */
export function probeVertexVertex(
  px: number,
  py: number,
  pz: number,
  vx: number,
  vy: number,
  vz: number,
  wx: number,
  wy: number,
  wz: number,
  vFirst: boolean,
): number {
  const sign = floatSign(px, py, pz, vx, vy, vz, wx, wy, wz);
  if (sign !== 0) return sign;
  return vFirst
    ? exactProbeVertexVertex(px, py, pz, vx, vy, vz, wx, wy, wz)
    : -exactProbeVertexVertex(px, py, pz, wx, wy, wz, vx, vy, vz);
}

/** Sign of det(a, b, c), or 0 when rounding leaves it open. */
function floatSign(
  ax: number,
  ay: number,
  az: number,
  bx: number,
  by: number,
  bz: number,
  cx: number,
  cy: number,
  cz: number,
): number {
  const determinant = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  if (determinant > DETERMINANT_ERROR) return 1;
  if (determinant < -DETERMINANT_ERROR) return -1;
  const ab = squaredDistance(ax, ay, az, bx, by, bz);
  const bc = squaredDistance(bx, by, bz, cx, cy, cz);
  const ca = squaredDistance(cx, cy, cz, ax, ay, az);
  // The corner opposite the longest side becomes the origin of the differences.
  if (ab >= bc && ab >= ca) return differenceSign(ax, ay, az, bx, by, bz, cx, cy, cz);
  if (bc >= ca) return differenceSign(bx, by, bz, cx, cy, cz, ax, ay, az);
  return differenceSign(cx, cy, cz, ax, ay, az, bx, by, bz);
}

/** Sign of det(a − c, b − c, c), which equals det(a, b, c), or 0 when rounding leaves it open. */
function differenceSign(
  ax: number,
  ay: number,
  az: number,
  bx: number,
  by: number,
  bz: number,
  cx: number,
  cy: number,
  cz: number,
): number {
  const ux = ax - cx;
  const uy = ay - cy;
  const uz = az - cz;
  const vx = bx - cx;
  const vy = by - cy;
  const vz = bz - cz;
  const determinant = cx * (uy * vz - uz * vy) + cy * (uz * vx - ux * vz) + cz * (ux * vy - uy * vx);
  const error = DIFFERENCE_ERROR * Math.sqrt((ux * ux + uy * uy + uz * uz) * (vx * vx + vy * vy + vz * vz));
  if (determinant > error) return 1;
  return determinant < -error ? -1 : 0;
}

function squaredDistance(ax: number, ay: number, az: number, bx: number, by: number, bz: number): number {
  return (ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2;
}
