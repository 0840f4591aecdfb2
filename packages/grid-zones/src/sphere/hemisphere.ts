/**
 * The widest hemisphere around points: its middle points to the point of their convex hull that is nearest to the
 * centre of the sphere, which Gilbert, Johnson and Keerthi (1988, IEEE Journal of Robotics and Automation 4:193) find by
 * keeping the few points that hold it.
 */
import { add, cross, dot, unit, type Vector } from "./unit-vector.js";

/** Rounds beyond the few that rings take; every one costs a pass over the points. */
const MAX_ROUNDS = 200;

/** Points within this of a great circle, 6 mm on the Earth, have no hemisphere as far as rounding can tell. */
const LEAST_CLEARANCE = 1e-9;

/** A point that is nearer than the nearest one found so far by less than this part is not nearer. */
const ROUNDING = 1e-14;

/** The middle of a hemisphere that holds all points; undefined when there is none. */
export function hemisphereOf(points: readonly Vector[]): Vector | undefined {
  let held: readonly Vector[] = [];
  let nearest = points.reduce((sum, point) => add(sum, point), [0, 0, 0]);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const farthest = points.reduce((least, point) =>
      dot(point, nearest) < dot(least, nearest) ? point : least,
    );
    const norm = Math.hypot(...nearest);
    if (dot(farthest, nearest) > LEAST_CLEARANCE * norm) return unit(nearest);
    if (held.length > 0 && norm < LEAST_CLEARANCE) return undefined;
    if (held.some((point) => dot(point, nearest) <= dot(farthest, nearest) + ROUNDING * norm))
      return undefined;
    const found = nearestToCentre([...held, farthest]);
    if (found === undefined) return undefined;
    [nearest, held] = found;
  }
  return undefined;
}

/** The point of a simplex nearest to the centre and the corners that hold it; undefined when it holds the centre. */
function nearestToCentre(corners: readonly Vector[]): [Vector, readonly Vector[]] | undefined {
  if (corners.length === 4 && holdsCentre(corners as readonly [Vector, Vector, Vector, Vector]))
    return undefined;
  let best: [Vector, readonly Vector[]] | undefined;
  let least = Infinity;
  for (let choice = 1; choice < 2 ** corners.length; choice++) {
    const chosen = corners.filter((_, i) => ((choice >> i) & 1) === 1);
    const foot = footOf(chosen);
    if (foot === undefined) continue;
    const distance = Math.hypot(...foot);
    if (distance < least) [best, least] = [[foot, chosen], distance];
  }
  return best;
}

/** Where the perpendicular from the centre meets a corner, an edge or a triangle; undefined when it misses. */
function footOf([a, b, c, d]: readonly Vector[]): Vector | undefined {
  if (a === undefined || d !== undefined) return undefined;
  if (b === undefined) return a;
  const ab = add(b, a, -1);
  if (c === undefined) {
    const share = -dot(a, ab) / dot(ab, ab);
    return share >= 0 && share <= 1 ? add(a, ab, share) : undefined;
  }
  const normal = cross(ab, add(c, a, -1));
  const inside = [cross(a, b), cross(b, c), cross(c, a)].every((side) => dot(side, normal) >= 0);
  return inside ? scaled(normal, dot(a, normal) / dot(normal, normal)) : undefined;
}

function holdsCentre([a, b, c, d]: readonly [Vector, Vector, Vector, Vector]): boolean {
  const signs = [dot(cross(b, c), d), -dot(cross(a, c), d), dot(cross(a, b), d), -dot(cross(a, b), c)];
  return signs.every((sign) => sign > 0) || signs.every((sign) => sign < 0);
}

function scaled(a: Vector, factor: number): Vector {
  return [factor * a[0], factor * a[1], factor * a[2]];
}
