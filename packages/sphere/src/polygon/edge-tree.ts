/** The edges of rings on the sphere, in a tree of caps, so that those near each other are found. */

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

/** How many pairs of caps may still be compared. */
export interface Search {
  left: number;
}

/**
 * The first pair of edges, one of each tree, that are near each other and pass a test; undefined when there is none, or the search has
 * come to its end.
 */
export function firstPair(
  a: EdgeTree,
  b: EdgeTree,
  isWanted: (edge: number, other: number) => boolean,
  search: Search = { left: Infinity },
): readonly [edge: number, other: number] | undefined {
  if (search.left-- <= 0 || !capsMeet(a, b)) return undefined;
  // The wider cap is opened first.
  if (a.halves !== null && (b.halves === null || a.cosine < b.cosine)) {
    return firstPair(a.halves[0], b, isWanted, search) ?? firstPair(a.halves[1], b, isWanted, search);
  }
  if (b.halves !== null) {
    return firstPair(a, b.halves[0], isWanted, search) ?? firstPair(a, b.halves[1], isWanted, search);
  }
  return isWanted(a.edge, b.edge) ? [a.edge, b.edge] : undefined;
}

/** The cosine of the distance against that of the sum of the radii; caps that together span half a turn may meet. */
function capsMeet(a: EdgeTree, b: EdgeTree): boolean {
  const sumSine = a.sine * b.cosine + a.cosine * b.sine;
  const isWide = a.cosine === -1 || b.cosine === -1 || sumSine <= 0;
  return isWide || !(dot(a.middle, 0, b.middle, 0) < a.cosine * b.cosine - a.sine * b.sine);
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return a[3 * i]! * b[3 * j]! + a[3 * i + 1]! * b[3 * j + 1]! + a[3 * i + 2]! * b[3 * j + 2]!;
}
