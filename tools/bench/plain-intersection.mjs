// Which cells a footprint meets, the plain way and knowing nothing of our kernels: every footprint against every cell,
// vertices of one in the other and edges that cross, on the authalic sphere. Cells of the southern polar cap only.

const RADIANS = Math.PI / 180;
const E2 = (2 - 1 / 298.257223563) / 298.257223563;
const E = Math.sqrt(E2);

/** Great circles that a side of a cell is drawn with; it strays from them by 4e-9 of a radian at order 9 near -88. */
const PIECES_A_SIDE = 32;

/** @typedef {[number, number, number]} Vector */
/** @typedef {{ points: Vector[], center: Vector, radius: number }} Cell */
/** @typedef {{ a: Vector, b: Vector, middle: Vector, radius: number }} Edge */

/**
 * Sine of the authalic latitude (Snyder 1987, USGS Professional Paper 1395, equation 3-12).
 * @param {number} latDeg
 */
function authalicSine(latDeg) {
  const q = (/** @type {number} */ sine) =>
    (1 - E2) * (sine / (1 - E2 * sine * sine) - Math.log((1 - E * sine) / (1 + E * sine)) / (2 * E));
  return q(Math.sin(latDeg * RADIANS)) / q(1);
}

/**
 * Unit vectors of a ring of geodetic coordinates.
 * @param {import("@zagg/core").Ring} ring
 * @returns {Vector[]}
 */
function ringVectors({ lonDeg, latDeg }) {
  return Array.from(lonDeg, (lon, i) => {
    const z = authalicSine(latDeg[i]);
    const r = Math.sqrt((1 - z) * (1 + z));
    return [r * Math.cos(lon * RADIANS), r * Math.sin(lon * RADIANS), z];
  });
}

/**
 * Outline of a nested cell of the southern polar cap (Górski et al. 2005, ApJ 622:759, equations 4 and 5).
 * @param {number} order
 * @param {bigint} nested
 * @returns {Cell}
 */
function capCell(order, nested) {
  const perFace = 4n ** BigInt(order);
  const face = Number(nested / perFace);
  let [ix, iy] = [0, 0];
  for (let bit = 0, rest = nested % perFace; rest > 0n; bit++, rest >>= 2n) {
    ix += Number(rest & 1n) * 2 ** bit;
    iy += Number((rest >> 1n) & 1n) * 2 ** bit;
  }
  const corners = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const points = corners.flatMap(([x, y], side) => {
    const [toX, toY] = corners[(side + 1) % 4];
    return Array.from({ length: PIECES_A_SIDE }, (_, k) => {
      const t = k / PIECES_A_SIDE;
      return capPoint(face, (ix + x + t * (toX - x)) / 2 ** order, (iy + y + t * (toY - y)) / 2 ** order);
    });
  });
  const center = capPoint(face, (ix + 0.5) / 2 ** order, (iy + 0.5) / 2 ** order);
  return { points, center, radius: Math.max(...points.map((p) => chord(p, center))) };
}

/**
 * @param {number} face
 * @param {number} x
 * @param {number} y
 * @returns {Vector}
 */
function capPoint(face, x, y) {
  const rows = x + y;
  if (face < 8 || rows > 1) throw new RangeError("the cell is not in the southern polar cap");
  const z = (rows * rows) / 3 - 1;
  const r = Math.sqrt((1 - z) * (1 + z));
  const lon = rows === 0 ? 0 : (Math.PI / 2) * (face - 8 + x / rows);
  return [r * Math.cos(lon), r * Math.sin(lon), z];
}

/**
 * Cells of nested ids, ready to be intersected.
 * @param {number} order
 * @param {Iterable<bigint>} ids
 */
export function capCells(order, ids) {
  return Array.from(ids, (id) => capCell(order, id));
}

/**
 * Ascending indices of the cells that a footprint of one ring meets.
 * @param {import("@zagg/core").Region} footprint
 * @param {readonly Cell[]} cells
 */
export function plainlyMet(footprint, cells) {
  const ring = ringVectors(footprint[0][0]);
  const edges = ring.map((a, i) => {
    const b = ring[(i + 1) % ring.length];
    const middle = unit([a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
    return { a, b, middle, radius: chord(a, middle) };
  });
  return cells.flatMap((cell, index) => (meets(ring, edges, cell) ? [index] : []));
}

/**
 * @param {readonly Vector[]} ring
 * @param {readonly Edge[]} edges
 * @param {Cell} cell
 */
function meets(ring, edges, { points, center, radius }) {
  const near = edges.filter((edge) => chord(edge.middle, center) <= edge.radius + radius);
  for (const { a, b } of near) {
    for (let i = 0; i < points.length; i++) {
      if (cross(a, b, points[i], points[(i + 1) % points.length])) return true;
    }
  }
  return holds(ring, center) || (near.length > 0 && holds(points, near[0].a));
}

/**
 * Whether arcs a→b and c→d cross.
 * @type {(a: Vector, b: Vector, c: Vector, d: Vector) => boolean}
 */
function cross(a, b, c, d) {
  const abc = side(a, b, c);
  const abd = side(a, b, d);
  const cda = side(c, d, a);
  const cdb = side(c, d, b);
  return abc * abd < 0 && cda * cdb < 0 && abc * cdb > 0;
}

/**
 * Whether a small ring winds around a point.
 * @type {(ring: readonly Vector[], p: Vector) => boolean}
 */
function holds(ring, p) {
  let turned = 0;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length];
    turned += Math.atan2(side(p, a, b), dot(a, b) - dot(a, p) * dot(b, p));
  });
  return Math.abs(turned) > Math.PI;
}

/** @type {(a: Vector, b: Vector) => number} */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
/** @type {(a: Vector, b: Vector, c: Vector) => number} */
const side = (a, b, c) =>
  a[0] * (b[1] * c[2] - b[2] * c[1]) +
  a[1] * (b[2] * c[0] - b[0] * c[2]) +
  a[2] * (b[0] * c[1] - b[1] * c[0]);
/** @type {(a: Vector, b: Vector) => number} */
const chord = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** @type {(v: Vector) => Vector} */
function unit(v) {
  const norm = Math.hypot(...v);
  return v.map((x) => x / norm);
}
