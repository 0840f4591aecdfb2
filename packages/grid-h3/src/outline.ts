/** The outline of a shard as a polygon for people and for catalogues: it holds all cells of the shard. */
import type { Region } from "@zagg/core";
import { cellToBoundary, cellToChildren } from "h3-js";
import { PLACE_ERROR, cellCap, vectorsOf } from "./cell-cap.js";

/** Levels below the shard whose cells are enclosed one by one. */
const LEVELS = 2;

/** How far cells farther down reach beyond the hull of those, from its middle: 1.0235 was measured. */
const REACH_BELOW = 1.03;

/** Covers the rounding of the hull's corners. */
const ROUNDING = 1e-9;

const DEGREES = 180 / Math.PI;

type PlanePoint = readonly [number, number];

/**
 * Convex hull of the cells two levels below a shard (or of its own cells, when they are no finer), grown by 3 % for
 * cells farther down: one closed ring, anticlockwise, the first point repeated. Great circles are its edges. Longitudes
 * lie in [-180, 180]; an outline across the antimeridian is not split.
 */
export function shardOutline(index: string, parentRes: number, childRes: number): Region {
  const cap = cellCap(index, childRes > parentRes);
  const [east, north] = axesAt(cap.x, cap.y, cap.z);
  const res = Math.min(childRes, parentRes + LEVELS);
  const corners: PlanePoint[] = [];
  for (const cell of cellToChildren(index, res)) {
    const vectors = vectorsOf(cellToBoundary(cell));
    for (let k = 0; k < vectors.length; k += 3) {
      const v: Vector = [vectors[k]!, vectors[k + 1]!, vectors[k + 2]!];
      const depth = v[0] * cap.x + v[1] * cap.y + v[2] * cap.z;
      corners.push([dot(v, east) / depth, dot(v, north) / depth]);
    }
  }
  const growth = (childRes > res ? REACH_BELOW : 1 + ROUNDING) + (2 * PLACE_ERROR) / cap.chord;
  const hull = convexHull(corners);
  const ring = [...hull, hull[0]!].map(([u, v]) => {
    const x = cap.x + growth * (u * east[0] + v * north[0]);
    const y = cap.y + growth * (u * east[1] + v * north[1]);
    const z = cap.z + growth * (u * east[2] + v * north[2]);
    return [Math.atan2(y, x) * DEGREES, Math.atan2(z, Math.hypot(x, y)) * DEGREES] as const;
  });
  return [
    [
      {
        lonDeg: Float64Array.from(ring, ([lon]) => lon),
        latDeg: Float64Array.from(ring, ([, lat]) => lat),
      },
    ],
  ];
}

type Vector = readonly [number, number, number];

/** Two axes at right angles to a unit vector and to each other: in the tangent plane, the second left of the first. */
function axesAt(x: number, y: number, z: number): [Vector, Vector] {
  const norm = Math.hypot(x, y);
  const east: Vector = norm > 1e-9 ? [-y / norm, x / norm, 0] : [0, 1, 0];
  const north: Vector = [y * east[2] - z * east[1], z * east[0] - x * east[2], x * east[1] - y * east[0]];
  return [east, north];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Corners of the hull, anticlockwise (Andrew 1979, Information Processing Letters 9:216). */
function convexHull(points: readonly PlanePoint[]): PlanePoint[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...halfHull(sorted), ...halfHull(sorted.reverse())];
}

function halfHull(sorted: readonly PlanePoint[]): PlanePoint[] {
  const hull: PlanePoint[] = [];
  for (const point of sorted) {
    while (hull.length > 1 && !turnsLeft(hull.at(-2)!, hull.at(-1)!, point)) hull.pop();
    hull.push(point);
  }
  hull.pop();
  return hull;
}

function turnsLeft(a: PlanePoint, b: PlanePoint, c: PlanePoint): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
}
