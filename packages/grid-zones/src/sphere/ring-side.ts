/** A point of the sphere that is known to be inside a ring, or outside. */
import { hemisphereOf } from "./hemisphere.js";
import type { Vertex } from "./ring-vertices.js";
import { add, cross, dot, lonLatOf, unit, vectorOf, type Vector } from "./unit-vector.js";

export interface KnownPoint {
  readonly lon: number;
  readonly lat: number;
  readonly vector: Vector;
  readonly inside: boolean;
}

/** How far left of an edge the known point of a large ring lies at most, radians. */
const LARGEST_STEP_RAD = 1e-3;

/**
 * A ring that fits in a hemisphere does not hold what is opposite to its middle; a larger one holds what lies just left
 * of its longest edge.
 */
export function knownPointOf(vertices: readonly Vertex[]): KnownPoint {
  const vectors = vertices.map(({ lon, lat }) => vectorOf(lon, lat));
  const middle = hemisphereOf(vectors);
  return middle === undefined
    ? knownPoint(leftOfLongestEdge(vectors), true)
    : knownPoint([-middle[0], -middle[1], -middle[2]], false);
}

function knownPoint(place: Vector, inside: boolean): KnownPoint {
  const [lon, lat] = lonLatOf(place);
  return { lon, lat, vector: vectorOf(lon, lat), inside };
}

function leftOfLongestEdge(vectors: readonly Vector[]): Vector {
  const edges = vectors.map((from, i) => {
    const to = vectors[(i + 1) % vectors.length]!;
    const middle = unit(add(from, to));
    return {
      middle,
      normal: unit(cross(add(from, to), add(to, from, -1))),
      half: Math.acos(Math.min(1, dot(from, middle))),
    };
  });
  const longest = edges.reduce((best, edge) => (edge.half > best.half ? edge : best));
  const clearance = edges.reduce((least, edge) => {
    if (edge === longest) return least;
    const plane = Math.abs(dot(edge.normal, longest.middle));
    const apart = Math.acos(Math.max(-1, Math.min(1, dot(edge.middle, longest.middle)))) - edge.half;
    return Math.min(least, Math.max(plane, apart));
  }, 2 * LARGEST_STEP_RAD);
  return unit(add(longest.middle, longest.normal, clearance / 2));
}
