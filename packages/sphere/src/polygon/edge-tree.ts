/** The edges of rings on the sphere, in a tree of caps, and whether those of two regions meet. */

/** A determinant of three unit vectors this small may have either sign. */
const UNSURE = 1e-14;
/** Of a cap's radius, for what rounding leaves out. */
const MARGIN = 1e-7;

/** A cap around edges that follow one another in a ring: two halves of them, or one. */
export interface EdgeTree {
  /** Vertices of the whole ring, three numbers each. */
  readonly vectors: Float64Array;
  readonly middle: Float64Array;
  readonly cosine: number;
  readonly sine: number;
  readonly halves: readonly [EdgeTree, EdgeTree] | null;
  /** The edge from this vertex to the next, where there are no halves. */
  readonly edge: number;
}

/** A tree of edges start … stop−1. */
export function edgeTree(vectors: Float64Array, start = 0, stop = vectors.length / 3): EdgeTree {
  const count = vectors.length / 3;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = start; i <= stop; i++) {
    const k = 3 * (i % count);
    x += vectors[k]!;
    y += vectors[k + 1]!;
    z += vectors[k + 2]!;
  }
  const norm = Math.hypot(x, y, z);
  const middle = Float64Array.of(x / norm, y / norm, z / norm);
  let least = 1;
  for (let i = start; i <= stop; i++) least = Math.min(least, dot(middle, 0, vectors, i % count));
  // A cap narrower than a hemisphere holds the edges between its points; a wider one may not.
  const radius = least > MARGIN ? Math.acos(Math.min(1, least)) + MARGIN : Math.PI;
  const half = (start + stop) >> 1;
  const isEdge = stop - start === 1;
  return {
    vectors,
    middle,
    cosine: Math.cos(radius),
    sine: Math.sin(radius),
    halves: isEdge ? null : [edgeTree(vectors, start, half), edgeTree(vectors, half, stop)],
    edge: start,
  };
}

/** Whether an edge of one ring shares a point with an edge of the other. In doubt they do. */
export function edgesMeet(a: EdgeTree, b: EdgeTree): boolean {
  if (!capsMeet(a, b)) return false;
  // The wider cap is opened first.
  if (a.halves !== null && (b.halves === null || a.cosine < b.cosine)) {
    return edgesMeet(a.halves[0], b) || edgesMeet(a.halves[1], b);
  }
  if (b.halves !== null) return edgesMeet(a, b.halves[0]) || edgesMeet(a, b.halves[1]);
  const [s, t] = [a.vectors, b.vectors];
  return arcsMeet(s, a.edge, (a.edge + 1) % (s.length / 3), t, b.edge, (b.edge + 1) % (t.length / 3));
}

/** The cosine of the distance against that of the sum of the radii; caps that together span half a turn may meet. */
export function capsMeet(a: EdgeTree, b: EdgeTree): boolean {
  const sumSine = a.sine * b.cosine + a.cosine * b.sine;
  const isWide = a.cosine === -1 || b.cosine === -1 || sumSine <= 0;
  return isWide || !(dot(a.middle, 0, b.middle, 0) < a.cosine * b.cosine - a.sine * b.sine);
}

/** Whether two arcs shorter than half a circle share a point: each one's ends lie on both sides of the other. */
function arcsMeet(s: Float64Array, a: number, b: number, t: Float64Array, c: number, d: number): boolean {
  const abc = determinant(s, a, s, b, t, c);
  const abd = determinant(s, a, s, b, t, d);
  if (isOneSign(abc, abd)) return false;
  const cda = determinant(t, c, t, d, s, a);
  const cdb = determinant(t, c, t, d, s, b);
  const largest = Math.max(Math.abs(abc), Math.abs(abd), Math.abs(cda), Math.abs(cdb));
  // On one great circle: their caps, which are no wider than they are long, meet.
  if (largest <= UNSURE) return true;
  // Of the two points where the circles meet, both arcs hold the same one when they turn opposite ways.
  return !isOneSign(cda, cdb) && !isOneSign(abc, cda) && !isOneSign(-abd, cda);
}

function isOneSign(p: number, q: number): boolean {
  return (p > UNSURE && q > UNSURE) || (p < -UNSURE && q < -UNSURE);
}

function determinant(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  c: Float64Array,
  k: number,
): number {
  const ax = a[3 * i]!;
  const ay = a[3 * i + 1]!;
  const az = a[3 * i + 2]!;
  const bx = b[3 * j]!;
  const by = b[3 * j + 1]!;
  const bz = b[3 * j + 2]!;
  return (
    (ay * bz - az * by) * c[3 * k]! +
    (az * bx - ax * bz) * c[3 * k + 1]! +
    (ax * by - ay * bx) * c[3 * k + 2]!
  );
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return a[3 * i]! * b[3 * j]! + a[3 * i + 1]! * b[3 * j + 1]! + a[3 * i + 2]! * b[3 * j + 2]!;
}
