/**
 * A hemisphere that holds a ring, if there is one: the search for the smallest cap around its vertices, which two or
 * three of them determine (Welzl 1991, LNCS 555:359, as a basis exchange). Each exchange widens the cap, and the search
 * stops at the first one whose middle has every vertex within 90°.
 */
import { dot, unit, type Vector } from "./vector.js";

/** A cap narrower than a hemisphere. */
export interface HemisphereCap {
  /** Its middle, a unit vector. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Cosine of the angle from the middle to the farthest vertex. */
  readonly cosRadius: number;
}

/** Exchanges beyond the few that rings take; every one costs a pass over the vertices. */
const MAX_EXCHANGES = 200;

/** A ring that clears the rim of its hemisphere by less, 6 mm on the Earth, is a great circle as far as rounding can tell. */
const LEAST_CLEARANCE = 1e-9;

/** A cap narrower than a hemisphere around vertices start … stop−1, three numbers each; undefined when there is none. */
export function hemisphereOf(vertices: Float64Array, start: number, stop: number): HemisphereCap | undefined {
  const vertexAt = (i: number): Vector => [vertices[3 * i]!, vertices[3 * i + 1]!, vertices[3 * i + 2]!];
  let middle = meanOf(vertices, start, stop);
  let basis: readonly Vector[] = [];
  for (let exchange = 0; exchange < MAX_EXCHANGES; exchange++) {
    const farthest = vertexAt(farthestFrom(middle, vertices, start, stop));
    const cosRadius = dot(middle, farthest);
    if (cosRadius > LEAST_CLEARANCE) return { x: middle[0], y: middle[1], z: middle[2], cosRadius };
    const wider = smallestCap(basis, farthest);
    if (wider === undefined) return undefined;
    [middle, basis] = wider;
  }
  return undefined;
}

/** The smallest cap with a vertex on its rim and the basis in it, and the vertices that hold it; undefined for none. */
function smallestCap(basis: readonly Vector[], vertex: Vector): [Vector, readonly Vector[]] | undefined {
  const pairsAndTriples = basis.flatMap((held, i) => [
    [vertex, held],
    ...basis.slice(i + 1).map((other) => [vertex, held, other]),
  ]);
  let smallest: [Vector, readonly Vector[]] | undefined;
  let largestCosine = 0;
  for (const candidate of basis.length === 0 ? [[vertex]] : pairsAndTriples) {
    const middle = middleOf(candidate);
    const cosine = dot(middle, vertex);
    const left = basis.filter((held) => !candidate.includes(held));
    if (!(cosine > largestCosine) || left.some((held) => dot(middle, held) < cosine)) continue;
    largestCosine = cosine;
    smallest = [middle, candidate];
  }
  return smallest;
}

/** The unit vector at one angle below 90° from one, two or three others; NaN when they are opposite or one. */
function middleOf([a, b, c]: readonly Vector[]): Vector {
  if (a === undefined || b === undefined) return a ?? [NaN, NaN, NaN];
  if (c === undefined) return unit([a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
  const u: Vector = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const v: Vector = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const normal = unit([u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]);
  return dot(normal, a) < 0 ? [-normal[0], -normal[1], -normal[2]] : normal;
}

function meanOf(vertices: Float64Array, start: number, stop: number): Vector {
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 3 * start; i < 3 * stop; i += 3) {
    x += vertices[i]!;
    y += vertices[i + 1]!;
    z += vertices[i + 2]!;
  }
  return x === 0 && y === 0 && z === 0 ? [0, 0, 1] : unit([x, y, z]);
}

function farthestFrom([x, y, z]: Vector, vertices: Float64Array, start: number, stop: number): number {
  let farthest = start;
  let least = Infinity;
  for (let i = start; i < stop; i++) {
    const cosine = x * vertices[3 * i]! + y * vertices[3 * i + 1]! + z * vertices[3 * i + 2]!;
    if (cosine < least) {
      least = cosine;
      farthest = i;
    }
  }
  return farthest;
}
