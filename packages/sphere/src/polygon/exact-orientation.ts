/**
 * Which side a point lies on, when floating point cannot tell: exact integers, then simulation of simplicity
 * (Edelsbrunner and Mücke 1990, ACM Transactions on Graphics 9:66). Slow, and reached by a few tests in a million.
 *
 * Vertices of a polygon are thought to be moved by vanishing amounts, those of lower number by far the most and along
 * x the most; probe points stay. So no vertex ever lies on an arc between probes, nor a probe on an edge, and every
 * test of a polygon agrees with every other.
 */

type Exact = readonly [bigint, bigint, bigint];

/** Sign of det(p, q, v) for probes p ≠ ±q and a vertex v: -1 or 1; 0 when p = ±q. */
export function exactProbeProbeVertex(
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
  const normal = cross(exact(px, py, pz), exact(qx, qy, qz));
  return firstSign([dot(normal, exact(vx, vy, vz)), ...normal]);
}

/** Sign of det(p, v, w) for a probe p and vertices v and w, v being the one of lower number: -1 or 1. */
export function exactProbeVertexVertex(
  px: number,
  py: number,
  pz: number,
  vx: number,
  vy: number,
  vz: number,
  wx: number,
  wy: number,
  wz: number,
): number {
  const p = exact(px, py, pz);
  const v = exact(vx, vy, vz);
  const w = exact(wx, wy, wz);
  const movingV = cross(w, p);
  const movingW = cross(p, v);
  // Coefficients of det(p, v + e, w + f) in falling order of the terms 1, ex, ey, ez, fx, ey·fx, ez·fx, fy, ex·fy, ez·fy.
  return firstSign([dot(p, cross(v, w)), ...movingV, movingW[0], -p[2], p[1], movingW[1], p[2], -p[0]]);
}

function firstSign(coefficients: readonly bigint[]): number {
  for (const coefficient of coefficients) {
    if (coefficient > 0n) return 1;
    if (coefficient < 0n) return -1;
  }
  return 0;
}

function cross(a: Exact, b: Exact): Exact {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Exact, b: Exact): bigint {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** A vector of integers in the same direction, scaled by a power of two. */
function exact(x: number, y: number, z: number): Exact {
  const parts = [x, y, z].map(mantissaAndExponent);
  const lowest = Math.min(...parts.map((part) => (part.mantissa === 0n ? Infinity : part.exponent)));
  const [ex, ey, ez] = parts.map(({ mantissa, exponent }) =>
    mantissa === 0n ? 0n : mantissa << BigInt(exponent - lowest),
  );
  return [ex as bigint, ey as bigint, ez as bigint];
}

function mantissaAndExponent(value: number): { mantissa: bigint; exponent: number } {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: Math.max(biased, 1) - 1075 };
}
