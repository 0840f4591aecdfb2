/** Which side of a ring is its inside, as one point of the sphere whose side is known. */

/** A ring that fits in a hemisphere: everything at 90° or more from `centre` is outside. */
export interface SmallRing {
  readonly kind: "small";
  /** Unit vector; every vertex is at less than 90° from it. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Cosine of the angle from the centre to the farthest vertex: the ring encloses nothing farther out. */
  readonly cosRadius: number;
}

/** A ring that does not: a point just left of one of its edges is inside. */
export interface LargeRing {
  readonly kind: "large";
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export type RingSide = SmallRing | LargeRing;

/** Passes over the vertices in search of a hemisphere; enough for rings that clear its rim by about a degree. */
const HEMISPHERE_PASSES = 1000;

/** A ring that clears the rim of its hemisphere by less, 6 mm on the Earth, is a great circle as far as rounding can tell. */
const LEAST_CLEARANCE = 1e-9;

/** How far left of an edge the known point of a large ring lies at most, radians. */
const LARGEST_STEP_RAD = 1e-3;

/** The side of a ring whose edges are start … stop−1 of these arrays. */
export function ringSide(
  vertices: Float64Array,
  normals: Float64Array,
  middles: Float64Array,
  start: number,
  stop: number,
): RingSide {
  return hemisphereOf(vertices, start, stop) ?? leftOfLongestEdge(vertices, normals, middles, start, stop);
}

/** The perceptron: starts at the mean vertex and leans towards the vertex that is farthest outside. */
function hemisphereOf(vertices: Float64Array, start: number, stop: number): SmallRing | undefined {
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 3 * start; i < 3 * stop; i += 3) {
    x += vertices[i] as number;
    y += vertices[i + 1] as number;
    z += vertices[i + 2] as number;
  }
  for (let pass = 0; pass < HEMISPHERE_PASSES; pass++) {
    const norm = Math.hypot(x, y, z);
    if (norm > 0) {
      x /= norm;
      y /= norm;
      z /= norm;
    }
    let farthest = start;
    let cosRadius = Infinity;
    for (let i = start; i < stop; i++) {
      const cosine =
        x * (vertices[3 * i] as number) +
        y * (vertices[3 * i + 1] as number) +
        z * (vertices[3 * i + 2] as number);
      if (cosine < cosRadius) {
        cosRadius = cosine;
        farthest = i;
      }
    }
    if (norm > 0 && cosRadius > LEAST_CLEARANCE) return { kind: "small", x, y, z, cosRadius };
    const lean = 1 / Math.sqrt(pass + 1);
    x += lean * (vertices[3 * farthest] as number);
    y += lean * (vertices[3 * farthest + 1] as number);
    z += lean * (vertices[3 * farthest + 2] as number);
  }
  return undefined;
}

function leftOfLongestEdge(
  vertices: Float64Array,
  normals: Float64Array,
  middles: Float64Array,
  start: number,
  stop: number,
): LargeRing {
  let edge = start;
  let longest = -1;
  for (let i = start; i < stop; i++) {
    const length = 1 - dot(vertices, i, middles, i);
    if (length > longest) {
      longest = length;
      edge = i;
    }
  }
  const step = Math.min(LARGEST_STEP_RAD, clearance(vertices, normals, middles, start, stop, edge) / 2);
  const x = (middles[3 * edge] as number) + step * (normals[3 * edge] as number);
  const y = (middles[3 * edge + 1] as number) + step * (normals[3 * edge + 1] as number);
  const z = (middles[3 * edge + 2] as number) + step * (normals[3 * edge + 2] as number);
  const norm = Math.hypot(x, y, z);
  return { kind: "large", x: x / norm, y: y / norm, z: z / norm };
}

/** A lower bound of the distance from the middle of an edge to every other edge of the ring, radians. */
function clearance(
  vertices: Float64Array,
  normals: Float64Array,
  middles: Float64Array,
  start: number,
  stop: number,
  edge: number,
): number {
  let least = Infinity;
  for (let i = start; i < stop; i++) {
    if (i === edge) continue;
    const plane = Math.abs(dot(normals, i, middles, edge));
    const halfLength = Math.acos(Math.min(1, dot(vertices, i, middles, i)));
    const apart = Math.acos(Math.max(-1, Math.min(1, dot(middles, i, middles, edge)))) - halfLength;
    least = Math.min(least, Math.max(plane, apart));
  }
  return least;
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return (
    (a[3 * i] as number) * (b[3 * j] as number) +
    (a[3 * i + 1] as number) * (b[3 * j + 1] as number) +
    (a[3 * i + 2] as number) * (b[3 * j + 2] as number)
  );
}
