/** Whether a ring crosses itself: bow-ties, loops, rings that go around twice. Where it only touches itself it does not. */
import { cross, dot, unit, type Vector } from "../vector/vector.js";
import { edgeTree, firstPair, type EdgeTree, type Search } from "./edge-tree.js";

/**
 * Ends of edges that are nearer than this to the great circle of the other, radians, cross by rounding, if at all: 0.6 m on the Earth, which
 * is what six digits of a degree say.
 */
const DEPTH = 1e-7;

/** Pairs of caps that are compared at most; coastlines of any number of vertices take a dozen a vertex. */
const STEPS_PER_VERTEX = 20;
const LEAST_STEPS = 100_000;

/**
 * The places where edges of a ring begin of which one crosses the other; undefined when none does.
 *
 * Takes n log n steps for rings whose edges are short beside the ring. Where thousands of long edges lie side by side every pair of them
 * would be looked at, and the search ends early: such a crossing may stay unseen.
 * @param vectors three numbers a vertex
 */
export function crossingOf(vectors: Float64Array): readonly [number, number] | undefined {
  if (vectors.length < 12) return undefined;
  const search: Search = { left: STEPS_PER_VERTEX * vectors.length + LEAST_STEPS };
  return crossingWithin(edgeTree(vectors), search) ?? crossingAtVertex(vectors);
}

function crossingWithin(
  { halves, vectors }: EdgeTree,
  search: Search,
): readonly [number, number] | undefined {
  if (halves === null) return undefined;
  const [first, second] = halves;
  return (
    firstPair(first, second, (edge, other) => edgesCross(vectors, edge, other), search) ??
    crossingWithin(first, search) ??
    crossingWithin(second, search)
  );
}

/** Whether the ends of each of two edges lie well on both sides of the other, where both are. */
function edgesCross(vectors: Float64Array, i: number, j: number): boolean {
  const [a, b] = edgeAt(vectors, i);
  const [c, d] = edgeAt(vectors, j);
  const [ab, cd] = [unit(cross(a, b)), unit(cross(c, d))];
  const [cSide, dSide, aSide, bSide] = [dot(ab, c), dot(ab, d), dot(cd, a), dot(cd, b)];
  const areBeside = (p: number, q: number): boolean => (p > DEPTH && q < -DEPTH) || (p < -DEPTH && q > DEPTH);
  // Of the two points where the circles meet, both arcs hold the same one when they turn opposite ways.
  return areBeside(cSide, dSide) && areBeside(aSide, bSide) && cSide > 0 !== aSide > 0;
}

/** Whether two visits of one place cross each other: the second comes from one side of the first and leaves to the other. */
function crossingAtVertex(vectors: Float64Array): readonly [number, number] | undefined {
  const count = vectors.length / 3;
  /** The last visit of a place, by a number that other places hardly share. */
  const visits = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const [x, y, z] = vectorAt(vectors, i);
    const place = x + 1.37 * y + 1.91 * z;
    const before = visits.get(place);
    if (before !== undefined && isOne(vectors, before, i) && visitsCross(vectors, before, i))
      return [before, i];
    visits.set(place, i);
  }
  return undefined;
}

function isOne(vectors: Float64Array, i: number, j: number): boolean {
  return [0, 1, 2].every((k) => vectors[3 * i + k] === vectors[3 * j + k]);
}

function visitsCross(vectors: Float64Array, i: number, j: number): boolean {
  const count = vectors.length / 3;
  const at = vectorAt(vectors, i);
  const east: Vector = Math.abs(at[2]) < 0.9 ? unit([-at[1], at[0], 0]) : unit([0, -at[2], at[1]]);
  const north = cross(at, east);
  const wayTo = (k: number): Way => {
    const to = vectorAt(vectors, (k + count) % count);
    const [x, y] = [dot(east, to), dot(north, to)];
    return { bearing: Math.atan2(y, x), length: Math.hypot(x, y) };
  };
  const [out, back, from, to] = [i + 1, i - 1, j - 1, j + 1].map(wayTo) as [Way, Way, Way, Way];
  const isClear = [from, to].every((way) => isApart(way, out) && isApart(way, back));
  return isClear && turn(out, from) < turn(out, back) !== turn(out, to) < turn(out, back);
}

/** From a place to the next one, or to the one before. */
interface Way {
  readonly bearing: number;
  readonly length: number;
}

/** Whether the end of the shorter of two ways lies well beside the longer. */
function isApart(a: Way, b: Way): boolean {
  const angle = Math.abs(Math.atan2(Math.sin(a.bearing - b.bearing), Math.cos(a.bearing - b.bearing)));
  return Math.min(a.length, b.length) * Math.sin(Math.min(angle, Math.PI / 2)) > DEPTH;
}

/** Counter-clockwise from one way to another, 0 to 2π. */
function turn(from: Way, to: Way): number {
  return (to.bearing - from.bearing + 4 * Math.PI) % (2 * Math.PI);
}

function edgeAt(vectors: Float64Array, i: number): readonly [Vector, Vector] {
  return [vectorAt(vectors, i), vectorAt(vectors, (i + 1) % (vectors.length / 3))];
}

function vectorAt(vectors: Float64Array, i: number): Vector {
  return [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
}
